import { useMemo } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SearchHit } from '../../../shared/contract/search.ts';
import type { Category, Person, Source } from '../../../shared/model/index.ts';
import { useCall, useApi } from '../../api/index.ts';
import { matchCode, matchText, wantedOf, type Match } from '../../common/choices/match.ts';
import { type Command, canRun, useCommandList, type CommandGroup } from '../../common/commands/registry.ts';
import { usePins } from '../../common/passages/pins.ts';
import {
  useWorkbench,
  type Place,
  chooseCategory,
  openDialog,
  openPassage,
  openSource,
  showInSidebar,
} from '../../common/workbench/workbench.ts';

/** An entry of the palette: a command, or something in the project to go to. */
export type Entry =
  | { readonly kind: 'command'; readonly key: string; readonly command: Command }
  /** Tags the selection or the current passage. */
  | { readonly kind: 'tagWith'; readonly key: string; readonly category: Category; readonly pin: number | null }
  | { readonly kind: 'category'; readonly key: string; readonly category: Category }
  | { readonly kind: 'passage'; readonly key: string; readonly hit: SearchHit; readonly source: Source | null }
  | { readonly kind: 'source'; readonly key: string; readonly source: Source }
  | { readonly kind: 'person'; readonly key: string; readonly person: Person };

/** All entries, each kind in its own order. */
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
  /** The text that matched, and where in it; `from` equals `to` if nothing is to be marked. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}
interface FoundGroup {
  readonly kind: GroupKind;
  readonly found: readonly Found[];
}

/** A first character that restricts the palette to one kind. */
const PREFIXES = { '>': 'commands', '#': 'categories', '@': 'people' } as const;
type Only = (typeof PREFIXES)[keyof typeof PREFIXES];

interface Query {
  readonly only: Only | null;
  /** Folded. */
  readonly wanted: string;
  /** As typed, without the prefix. */
  readonly words: string;
}

/** A query without its prefix, and the kind that the prefix restricts it to. */
export function parseQuery(query: string): Query {
  const typed = query.trimStart();
  const only = Object.entries(PREFIXES).find(([sign]) => typed.startsWith(sign))?.[1] ?? null;
  const words = (only === null ? typed : typed.slice(1)).trim();
  return { only, words, wanted: wantedOf(words) };
}

const RECENT_SHOWN = 6;
/** How many entries of a group are shown beside other groups; `MOST_ALONE` if it is the only one. */
const MOST = { commands: 7, categories: 5, passages: 5, sources: 5, people: 3 } as const;
const MOST_ALONE = 60;
/** Breaks ties between groups with equal scores: groups that do something rank higher. */
const TIE_BREAK = { commands: 5, categories: 4, sources: 3, passages: 2, people: 1 } as const;

/**
 * The palette's groups, best first. Without a query: recent entries, then every available command. With one: a few of
 * each group. Passages were found by the engine, and are only marked here.
 */
export function findEntries(entries: Entries, query: string, recent: readonly string[]): FoundGroup[] {
  const { only, wanted } = parseQuery(query);
  if (wanted === '') return withoutQuery(entries, only, recent);
  const tagging = best(entries.tagWith, wanted, recent).slice(0, 3);
  const groups = (['commands', 'categories', 'sources', 'passages', 'people'] as const)
    .filter((kind) => only === null || kind === only)
    .map((kind) => {
      const own = kind === 'passages' ? entries.passages.flatMap(foundPassage) : best(entries[kind], wanted, recent);
      const all = kind === 'commands' ? [...tagging, ...own].sort(byScore) : own;
      return {
        kind,
        score: (all[0]?.score ?? 0) + TIE_BREAK[kind],
        found: all.slice(0, only === null ? MOST[kind] : MOST_ALONE),
      };
    });
  return groups.filter(({ found }) => found.length > 0).sort(byScore);
}

function withoutQuery(entries: Entries, only: Only | null, recent: readonly string[]): FoundGroup[] {
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

/** The matching entries, best first; equal ones by recent use, then by their own order. */
function best(entries: readonly Entry[], wanted: string, recent: readonly string[]): Scored[] {
  return entries
    .flatMap((entry) => scored(entry, wanted) ?? [])
    .map((one) => (recent.includes(one.entry.key) ? { ...one, score: one.score + 3 } : one))
    .sort(byScore);
}

type SearchText = readonly [text: string, match: (text: string, wanted: string) => Match | null, weight: number];

function scored(entry: Entry, wanted: string): Scored | null {
  let found: Scored | null = null;
  for (const [text, match, weight] of searchTextsOf(entry)) {
    const hit = match(text, wanted);
    if (hit === null) continue;
    const score = hit.quality + weight;
    if (found === null || score > found.score) found = { entry, text, from: hit.from, to: hit.to, score };
  }
  return found;
}

/** The engine found the passage and its match; its order is kept. */
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
/** The score of a match at the start of a word. */
const PASSAGE_SCORE = 20;

/** The texts by which an entry can be found. Its name counts more than other texts. */
function searchTextsOf(entry: Entry): readonly SearchText[] {
  switch (entry.kind) {
    case 'command':
      return [
        [entry.command.title, matchText, 4],
        ...(entry.command.also ?? []).map((words): SearchText => [words, matchText, 0]),
      ];
    case 'tagWith':
    case 'category':
      return categoryTexts(entry.category);
    case 'source': {
      const { title, fileName, publisher } = entry.source;
      return [title ?? fileName, ...(title === null ? [] : [fileName]), ...(publisher === null ? [] : [publisher])].map(
        // The title counts more than the file name.
        (text, at): SearchText => [text, matchText, at === 0 ? 4 : -15],
      );
    }
    case 'person':
      return [[entry.person.name, matchText, 4]];
    case 'passage':
      return [];
  }
}

const categoryTexts = ({ code, name, termsZh, termsEn }: Category): readonly SearchText[] => [
  [name, matchText, 4],
  [code, matchCode, 5],
  ...[...termsZh, ...termsEn].map(({ term }): SearchText => [term, matchText, 0]),
];

/** The command that opens the palette is not listed in it. */
const OPEN_PALETTE = 'commands';

/** Command groups of the current screen come first. */
const ORDER: Readonly<Record<Place, readonly CommandGroup[]>> = {
  library: ['library', 'anywhere', 'reading', 'tagging', 'selecting'],
  read: ['masking', 'selecting', 'tagging', 'reading', 'anywhere', 'library'],
  search: ['anywhere', 'reading', 'library', 'review', 'tagging'],
  evidence: ['library', 'anywhere', 'review', 'reading', 'tagging'],
  draft: ['review', 'anywhere', 'library', 'reading', 'tagging'],
  review: ['review', 'team', 'anywhere', 'reading', 'tagging', 'library'],
  team: ['team', 'review', 'anywhere', 'library'],
};

/** Every command available when the palette opens, each once. */
export function useCommandEntries(): readonly Entry[] {
  const commands = useCommandList((state) => state.commands);
  const place = useWorkbench((state) => state.place);
  return useMemo(() => {
    const byId = new Map<string, Command>();
    for (const command of commands) if (canRun(command)) byId.set(command.id, command);
    byId.delete(OPEN_PALETTE);
    // Commands with a key are used more often.
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

/** The entries of an open project. */
export function useProjectEntries(words: string): Entries {
  const commands = useCommandEntries();
  const categories = useCall('codebook.get', {}).data?.categories ?? NO_CATEGORIES;
  const sources = useCall('sources.list', { deleted: true }).data?.sources ?? NO_SOURCES;
  const people = useCall('project.info', {}).data?.people ?? NO_PEOPLE;
  const canTag = useWorkbench((state) => state.tagger !== null);
  const passages = usePassagesWith(words);
  const { pins } = usePins();
  const pinned = pins.join(' ');

  const active = useMemo(
    () =>
      categories
        .filter(({ deleted, archived }) => !deleted && !archived)
        .sort((a, b) => a.position - b.position || (a.code < b.code ? -1 : 1)),
    [categories],
  );
  const available = useMemo(() => sources.filter(({ deleted }) => !deleted), [sources]);
  return useMemo(() => {
    const keys = pinned.split(' ');
    return {
      commands,
      tagWith: canTag ? active.map((category) => tagEntry(category, keys)) : [],
      categories: active.map((category): Entry => ({ kind: 'category', key: `category ${category.id}`, category })),
      passages: passages.map((hit) => passageEntry(hit, sources.find(({ id }) => id === hit.source) ?? null)),
      sources: available.map((source): Entry => ({ kind: 'source', key: `source ${source.id}`, source })),
      people: people.map((person): Entry => ({ kind: 'person', key: `person ${person.id}`, person })),
    };
  }, [commands, canTag, active, pinned, passages, sources, available, people]);
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
/** More than the palette shows, since one passage can have several results. */
const MAX_RESULTS = 24;

/** The passages that contain these words, each once, found by the engine's search. */
function usePassagesWith(words: string): readonly SearchHit[] {
  const api = useApi();
  const input = { query: words, in: ['passages' as const], typing: true, limit: MAX_RESULTS };
  const isAsked = wantedOf(words) !== '';
  const { data } = useQuery({
    queryKey: ['search.query', input],
    queryFn: () => api.read('search.query', input),
    enabled: isAsked,
    // The previous results stay until the new ones arrive, so that the list does not jump.
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

/** Runs or opens an entry; `beside` opens it in the other pane of the reader. */
export function runEntry(entry: Entry, where: 'here' | 'beside'): void {
  switch (entry.kind) {
    case 'command':
      entry.command.run();
      return;
    case 'tagWith':
      useWorkbench.getState().tagger?.(entry.category.id);
      return;
    case 'category':
      showInSidebar('codebook');
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
