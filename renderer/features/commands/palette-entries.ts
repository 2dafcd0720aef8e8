import type { SearchHit } from '../../../shared/contract/search.ts';
import type { Category, Person, Source } from '../../../shared/model/index.ts';
import { type Command, canRun, useCommandList, type CommandGroup } from '../../common/commands/registry.ts';
import { matchCode, matchText, wantedOf, type Match } from '../../common/choices/match.ts';
import { useMemo } from 'react';
import { useCall, useApi } from '../../api/index.ts';
import { usePins } from '../../common/passages/pins.ts';
import {
  useWorkbench,
  type Place,
  chooseCategory,
  openDialog,
  openPassage,
  openSource,
  showShelf,
} from '../../common/workbench/workbench.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

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
type GroupKind = 'recent' | 'commands' | 'categories' | 'passages' | 'sources' | 'people';

export interface Found {
  readonly entry: Entry;
  /** The text that matched, and where in it; `from` equals `to` where nothing is to be marked. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}
interface FoundGroup {
  readonly kind: GroupKind;
  readonly found: readonly Found[];
}

/** What a first sign narrows the palette to. */
const PREFIXES = { '>': 'commands', '#': 'categories', '@': 'people' } as const;
type Only = (typeof PREFIXES)[keyof typeof PREFIXES];

interface Asked {
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

type MatchIn = readonly [text: string, match: (text: string, wanted: string) => Match | null, weight: number];

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
function placesOf(entry: Entry): readonly MatchIn[] {
  switch (entry.kind) {
    case 'command':
      return [
        [entry.command.title, matchText, 4],
        ...(entry.command.also ?? []).map((words): MatchIn => [words, matchText, 0]),
      ];
    case 'tagWith':
    case 'category':
      return categoryPlaces(entry.category);
    case 'source': {
      const { title, fileName, publisher } = entry.source;
      return [title ?? fileName, ...(title === null ? [] : [fileName]), ...(publisher === null ? [] : [publisher])].map(
        // What it is called says more than what its file is called.
        (text, at): MatchIn => [text, matchText, at === 0 ? 4 : -15],
      );
    }
    case 'person':
      return [[entry.person.name, matchText, 4]];
    case 'passage':
      return [];
  }
}

const categoryPlaces = ({ code, name, termsZh, termsEn }: Category): readonly MatchIn[] => [
  [name, matchText, 4],
  [code, matchCode, 5],
  ...[...termsZh, ...termsEn].map(({ term }): MatchIn => [term, matchText, 0]),
];

/** The command that opens the palette has no place in it. */
const OPEN_PALETTE = 'commands';

/** What one is at comes first; what can be done anywhere last. */
const ORDER: Readonly<Record<Place, readonly CommandGroup[]>> = {
  library: ['library', 'anywhere', 'reading', 'tagging', 'selecting'],
  read: ['selecting', 'tagging', 'reading', 'anywhere', 'library'],
  review: ['review', 'team', 'anywhere', 'reading', 'tagging', 'library'],
  team: ['team', 'review', 'anywhere', 'library'],
};

/** Every command that can be done as the palette opens, each once. */
export function useCommandEntries(): readonly Entry[] {
  const commands = useCommandList((state) => state.commands);
  const place = useWorkbench((state) => state.place);
  return useMemo(() => {
    const byId = new Map<string, Command>();
    for (const command of commands) if (canRun(command)) byId.set(command.id, command);
    byId.delete(OPEN_PALETTE);
    // What has a key is done more often than what has none.
    const keyless = ({ keys = [] }: Command): number => (keys.length === 0 ? 1 : 0);
    const rank = ({ group }: Command): number => ORDER[place].indexOf(group);
    return [...byId.values()]
      .sort((a, b) => rank(a) - rank(b) || keyless(a) - keyless(b) || a.title.localeCompare(b.title))
      .map((command): Entry => ({ kind: 'command', key: `command ${command.id}`, command }));
  }, [commands, place]);
}

const NO_CATEGORIES: readonly Category[] = [];
const NO_SOURCES: readonly Source[] = [];
const NO_PEOPLE: readonly Person[] = [];

/** What the palette reaches in an open project. */
export function useProjectEntries(words: string): Entries {
  const commands = useCommandEntries();
  const categories = useCall('codebook.get', {}).data?.categories ?? NO_CATEGORIES;
  const sources = useCall('sources.list', { deleted: true }).data?.sources ?? NO_SOURCES;
  const people = useCall('project.info', {}).data?.people ?? NO_PEOPLE;
  const canTag = useWorkbench((state) => state.tagger !== null);
  const passages = usePassagesSaying(words);
  const { pins } = usePins();
  const pinned = pins.join(' ');

  const living = useMemo(
    () =>
      categories
        .filter(({ deleted, archived }) => !deleted && !archived)
        .sort((a, b) => a.position - b.position || (a.code < b.code ? -1 : 1)),
    [categories],
  );
  const there = useMemo(() => sources.filter(({ deleted }) => !deleted), [sources]);
  return useMemo(() => {
    const keys = pinned.split(' ');
    return {
      commands,
      tagWith: canTag ? living.map((category) => tagEntry(category, keys)) : [],
      categories: living.map((category): Entry => ({ kind: 'category', key: `category ${category.id}`, category })),
      passages: passages.map((hit) => passageEntry(hit, sources.find(({ id }) => id === hit.source) ?? null)),
      sources: there.map((source): Entry => ({ kind: 'source', key: `source ${source.id}`, source })),
      people: people.map((person): Entry => ({ kind: 'person', key: `person ${person.id}`, person })),
    };
  }, [commands, canTag, living, pinned, passages, sources, there, people]);
}

function tagEntry(category: Category, pinned: readonly string[]): Entry {
  const at = pinned.indexOf(category.id);
  return { kind: 'tagWith', key: `tag ${category.id}`, category, pin: at < 0 ? null : at + 1 };
}

const passageEntry = (hit: SearchHit, source: Source | null): Entry => ({
  kind: 'passage',
  key: `passage ${hit.passage ?? ''}`,
  hit,
  source,
});

const NONE: readonly SearchHit[] = [];
/** More than the palette ever shows: a passage may say the words twice. */
const ASKED_FOR = 24;

/** The passages whose quotation says these words, each once: the engine's search, so that 100,000 of them are no burden here. */
function usePassagesSaying(words: string): readonly SearchHit[] {
  const api = useApi();
  const input = { query: words, in: ['passages' as const], typing: true, limit: ASKED_FOR };
  const isAsked = wantedOf(words) !== '';
  const { data } = useQuery({
    queryKey: ['search.query', input],
    queryFn: () => api.read('search.query', input),
    enabled: isAsked,
    // What was found for one letter less stays until the answer comes, so that the list does not jump.
    placeholderData: keepPreviousData,
  });
  const hits = isAsked ? data?.hits : undefined;
  return useMemo(() => {
    if (hits === undefined) return NONE;
    const byPassage = new Map<string, SearchHit>();
    for (const hit of hits) if (hit.passage !== null && !byPassage.has(hit.passage)) byPassage.set(hit.passage, hit);
    return [...byPassage.values()];
  }, [hits]);
}

/** Brings about what was chosen; what is opened is opened here, or beside what is open. */
export function doEntry(entry: Entry, where: 'here' | 'beside'): void {
  switch (entry.kind) {
    case 'command':
      entry.command.run();
      return;
    case 'tagWith':
      useWorkbench.getState().tagger?.(entry.category.id);
      return;
    case 'category':
      showShelf('codebook');
      chooseCategory(entry.category.id);
      return;
    case 'passage':
      if (entry.hit.source !== null && entry.hit.passage !== null)
        openPassage({ source: entry.hit.source, passage: entry.hit.passage }, where);
      return;
    case 'source':
      openSource(entry.source.id, where);
      return;
    case 'person':
      openDialog('project');
      return;
  }
}
