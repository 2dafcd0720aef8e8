import type { SearchHit } from '../../../shared/contract/search.ts';
import type { Category, Person, Source } from '../../../shared/model/index.ts';
import type { Command } from '../../common/commands/registry.ts';
import { matchCode, matchText, wantedOf, type Match } from '../../common/choices/match.ts';

/** Something the palette can bring about: a command, or something of the project to go to. */
export type Entry =
  | { readonly kind: 'command'; readonly key: string; readonly command: Command }
  /** Tags what is selected, or the passage one is on. */
  | { readonly kind: 'tagWith'; readonly key: string; readonly category: Category; readonly pin: number | null }
  | { readonly kind: 'category'; readonly key: string; readonly category: Category }
  | { readonly kind: 'passage'; readonly key: string; readonly hit: SearchHit; readonly source: Source | null }
  | { readonly kind: 'source'; readonly key: string; readonly source: Source }
  | { readonly kind: 'person'; readonly key: string; readonly person: Person };

/** Everything there is to choose from, in its own order. */
export interface Entries {
  readonly commands: readonly Entry[];
  /** Empty while there is nothing to tag. */
  readonly tagWith: readonly Entry[];
  readonly categories: readonly Entry[];
  readonly passages: readonly Entry[];
  readonly sources: readonly Entry[];
  readonly people: readonly Entry[];
}
export type GroupKind = 'recent' | 'commands' | 'categories' | 'passages' | 'sources' | 'people';

export interface Found {
  readonly entry: Entry;
  /** The text that matched, and where in it; `from` equals `to` where nothing is to be marked. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}
export interface FoundGroup {
  readonly kind: GroupKind;
  readonly found: readonly Found[];
}

/** What a first sign narrows the palette to. */
export const PREFIXES = { '>': 'commands', '#': 'categories', '@': 'people' } as const;
type Only = (typeof PREFIXES)[keyof typeof PREFIXES];

export interface Asked {
  readonly only: Only | null;
  /** Folded. */
  readonly wanted: string;
  /** As it was typed, without the sign. */
  readonly words: string;
}

/** What was typed, taken apart. */
export function askedOf(query: string): Asked {
  const typed = query.trimStart();
  const only = Object.entries(PREFIXES).find(([sign]) => typed.startsWith(sign))?.[1] ?? null;
  const words = (only === null ? typed : typed.slice(1)).trim();
  return { only, words, wanted: wantedOf(words) };
}

const RECENT_SHOWN = 6;
/** How many of a group are shown while other groups want room too, and how many where it is alone. */
const MOST = { commands: 7, categories: 5, passages: 5, sources: 5, people: 3 } as const;
const MOST_ALONE = 60;
/** Of two groups that answer equally well, the one that does something stands first. */
const LEAN = { commands: 5, categories: 4, sources: 3, passages: 2, people: 1 } as const;

/**
 * What the palette offers, best group first. Without a word: what was run last, then every command that can be run. With
 * one: at most a screenful in all, however much there is. The engine found the passages already: they are only marked.
 */
export function findEntries(entries: Entries, query: string, recent: readonly string[]): FoundGroup[] {
  const { only, wanted } = askedOf(query);
  if (wanted === '') return unasked(entries, only, recent);
  const tagging = best(entries.tagWith, wanted, recent).slice(0, 3);
  const groups = (['commands', 'categories', 'sources', 'passages', 'people'] as const)
    .filter((kind) => only === null || kind === only)
    .map((kind) => {
      const own = kind === 'passages' ? entries.passages.flatMap(foundPassage) : best(entries[kind], wanted, recent);
      const all = kind === 'commands' ? [...tagging, ...own].sort(byScore) : own;
      return {
        kind,
        score: (all[0]?.score ?? 0) + LEAN[kind],
        found: all.slice(0, only === null ? MOST[kind] : MOST_ALONE),
      };
    });
  return groups.filter(({ found }) => found.length > 0).sort(byScore);
}

function unasked(entries: Entries, only: Only | null, recent: readonly string[]): FoundGroup[] {
  const whole = (list: readonly Entry[]): Found[] => list.map((entry) => ({ entry, text: '', from: 0, to: 0 }));
  if (only !== null) return groupsOf([{ kind: only, found: whole(entries[only]).slice(0, MOST_ALONE) }]);
  const all = [...entries.commands, ...entries.categories, ...entries.sources];
  const last = recent.flatMap((key) => all.find((entry) => entry.key === key) ?? []).slice(0, RECENT_SHOWN);
  const shown = new Set(last.map(({ key }) => key));
  return groupsOf([
    { kind: 'recent', found: whole(last) },
    { kind: 'commands', found: whole(entries.commands.filter(({ key }) => !shown.has(key))) },
  ]);
}

const groupsOf = (groups: readonly FoundGroup[]): FoundGroup[] => groups.filter(({ found }) => found.length > 0);

interface Scored extends Found {
  readonly score: number;
}
const byScore = (a: { readonly score: number }, b: { readonly score: number }): number => b.score - a.score;

/** The entries that answer, best first; of two that answer equally well, the one used lately, then the order they have. */
function best(entries: readonly Entry[], wanted: string, recent: readonly string[]): Scored[] {
  return entries
    .flatMap((entry) => scored(entry, wanted) ?? [])
    .map((one) => (recent.includes(one.entry.key) ? { ...one, score: one.score + 3 } : one))
    .sort(byScore);
}

type Place = readonly [text: string, match: (text: string, wanted: string) => Match | null, weight: number];

function scored(entry: Entry, wanted: string): Scored | null {
  let found: Scored | null = null;
  for (const [text, match, weight] of placesOf(entry)) {
    const hit = match(text, wanted);
    if (hit === null) continue;
    const score = hit.quality + weight;
    if (found === null || score > found.score) found = { entry, text, from: hit.from, to: hit.to, score };
  }
  return found;
}

/** The engine found it already, and says where: the order is the engine's. */
function foundPassage(entry: Entry): readonly Scored[] {
  if (entry.kind !== 'passage') return [];
  const { before, match, after } = entry.hit.snippet;
  return [
    {
      entry,
      text: before + match + after,
      from: before.length,
      to: before.length + match.length,
      score: PASSAGE_SCORE,
    },
  ];
}
/** As good as the beginning of a word. */
const PASSAGE_SCORE = 20;

/** Where an entry can answer. What stands for it weighs more than what is only said about it. */
function placesOf(entry: Entry): readonly Place[] {
  switch (entry.kind) {
    case 'command':
      return [
        [entry.command.title, matchText, 4],
        ...(entry.command.also ?? []).map((words): Place => [words, matchText, 0]),
      ];
    case 'tagWith':
    case 'category':
      return categoryPlaces(entry.category);
    case 'source': {
      const { title, fileName, publisher } = entry.source;
      return [title ?? fileName, ...(title === null ? [] : [fileName]), ...(publisher === null ? [] : [publisher])].map(
        // What it is called says more than what its file is called.
        (text, at): Place => [text, matchText, at === 0 ? 4 : -15],
      );
    }
    case 'person':
      return [[entry.person.name, matchText, 4]];
    case 'passage':
      return [];
  }
}

const categoryPlaces = ({ code, name, termsZh, termsEn }: Category): readonly Place[] => [
  [name, matchText, 4],
  [code, matchCode, 5],
  ...[...termsZh, ...termsEn].map(({ term }): Place => [term, matchText, 0]),
];
