import { useCallback, useMemo, useState } from 'react';
import { create } from 'zustand';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQueries,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import {
  SEARCH_SCOPES,
  type HitsListed,
  type Indexed,
  type SearchHit,
  type SearchScope,
} from '../../../shared/contract/search.ts';
import type { SavedView } from '../../../shared/contract/views.ts';
import { type CategoryId, type PersonId, type SourceId, categoryId } from '../../../shared/model/index.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { QuerySpan } from '../../../shared/query/ast.ts';
import { markHits } from '../../common/reader/search-marks.ts';
import type { ApiError } from '../../api/api-error.ts';
import { useApi } from '../../api/index.ts';
import {
  chooseCategory,
  openDialog,
  openPassage,
  openSource,
  openRange,
  setPassage,
  showInSidebar,
  type Where,
} from '../../common/workbench/workbench.ts';

interface SearchFilters {
  readonly categories: readonly CategoryId[];
  readonly people: readonly PersonId[];
  readonly sources: readonly SourceId[];
}
export const NO_FILTERS: SearchFilters = { categories: [], people: [], sources: [] };

/** The state of the search. It is kept until the project is closed. */
interface SearchState extends SearchFilters {
  /** The text in the field. */
  readonly text: string;
  /** What is searched for: the field's text once typing pauses, never while an input method composes. */
  readonly query: string;
  readonly scopes: readonly SearchScope[];
  /** Whether matches in tables of contents are listed. */
  readonly contents: boolean;
  /** Whether only hits within passages are listed, or only those outside of all passages. */
  readonly passages: HitsListed;
  /** Whether only unread sources are searched. */
  readonly unread: boolean;
  /** Sources of which all results are listed, not only the first ones. */
  readonly whole: readonly SourceId[];
  /** The current result, by {@link keyOfResult}. */
  readonly current: string | null;
  /** The range of the query that the field selects as soon as it is rendered: the place of a fault. */
  readonly wantsSelection: QuerySpan | null;
  /** The field takes the focus as soon as it is rendered; then this is false again. */
  readonly wantsFocus: boolean;
  /** The list of results, or the field if there are none, takes the focus as soon as it is rendered; then this is false again. */
  readonly wantsList: boolean;
}

const EMPTY: SearchState = {
  ...NO_FILTERS,
  text: '',
  query: '',
  scopes: SEARCH_SCOPES,
  contents: false,
  passages: 'any',
  unread: false,
  whole: [],
  current: null,
  wantsSelection: null,
  wantsFocus: false,
  wantsList: false,
};

/** A changed search starts without a current result, and lists no source in full. */
const FROM_START = { current: null, whole: [] } as const;

export const useSearch = create<SearchState>()(() => EMPTY);
const { setState: set, getState: get } = useSearch;

export const resetSearch = (): void => set(EMPTY);
export const setText = (text: string): void => set({ text });
export const setCurrent = (current: string | null): void => set({ current });
export const setFilters = (filters: Partial<SearchFilters>): void => set({ ...filters, ...FROM_START });

export const showContents = (contents: boolean): void => set({ contents, ...FROM_START });

export const setPassages = (passages: HitsListed): void => set({ passages, ...FROM_START });

export const setUnread = (unread: boolean): void => set({ unread, ...FROM_START });

/** Searches for the text in the field. */
export function commitText(): void {
  const { text, query } = get();
  if (text.trim() !== query.trim()) set({ query: text, ...FROM_START });
}

/** Sets the field's text and searches at once. */
export const searchFor = (text: string): void => set({ text, query: text, ...FROM_START });

export const focusSearchField = (): void => set({ wantsFocus: true });
export const searchFieldFocused = (): void => set({ wantsFocus: false, wantsSelection: null });
export const focusResults = (): void => set({ wantsList: true });
export const resultsFocused = (): void => set({ wantsList: false });
/** Selects a part of the query in the field. */
export const selectInField = (span: QuerySpan): void => set({ wantsFocus: true, wantsSelection: span });

/** Switches a scope on or off; the last one stays on. */
export function toggleScope(scope: SearchScope): void {
  const { scopes } = get();
  const next = SEARCH_SCOPES.filter((one) => scopes.includes(one) !== (one === scope));
  if (next.length > 0) set({ scopes: next, ...FROM_START });
}

/** The parts of the search that are saved. */
type SavedSearch = Pick<SavedView, 'query' | 'scopes' | 'search'>;
type Kept = Pick<SearchState, 'query' | 'scopes' | 'passages' | 'unread'>;
const NOTHING_SAVED: SavedSearch = { query: '', scopes: [], search: {} };
/** What a saved search asks for. Missing parts mean all scopes and all hits. */
const askedBy = ({ query, scopes, search }: SavedSearch): Kept => ({
  query,
  scopes: scopes.length === 0 ? SEARCH_SCOPES : scopes,
  passages: search.passages ?? EMPTY.passages,
  unread: search.unread ?? EMPTY.unread,
});

/** Runs a saved search. */
export function openSaved(saved: SavedSearch): void {
  const asked = askedBy(saved);
  set({ ...asked, text: asked.query, ...FROM_START });
}

/**
 * The changes that saving the present search makes to a saved one. Only parts that differ are written, since a newer version may have
 * stored more than this version knows.
 */
export function changesOfSaved(
  now: Kept,
  saved: SavedSearch = NOTHING_SAVED,
): { query?: string; scopes?: SearchScope[]; search?: SavedSearch['search'] } {
  const before = askedBy(saved);
  const search = {
    ...(now.passages === before.passages ? {} : { passages: now.passages }),
    ...(now.unread === before.unread ? {} : { unread: now.unread }),
  };
  const isSameScope =
    before.scopes.length === now.scopes.length && before.scopes.every((one) => now.scopes.includes(one));
  return {
    ...(now.query === before.query ? {} : { query: now.query }),
    ...(isSameScope ? {} : { scopes: [...now.scopes] }),
    ...(Object.keys(search).length === 0 ? {} : { search }),
  };
}

/** Identifies a result, so that it stays current when the list is read again. */
export const keyOfResult = (hit: SearchHit): string =>
  [
    hit.kind,
    hit.memo ?? hit.category ?? hit.passage ?? hit.source ?? '',
    hit.language ?? hit.part ?? '',
    hit.start,
    hit.end,
    hit.kind === 'category' || hit.kind === 'comment' ? Object.values(hit.snippet).join(' ') : '',
  ].join(' ');

/** Results per page: about two screens, so that the next page is loaded before scrolling reaches it. */
const PAGE = 60;
/** Results listed of each source at first, so that the first pages show many sources. */
const FIRST = 5;
/** The most results listed of one source. */
const MOST = 10_000;

export interface SearchResults {
  readonly hits: readonly SearchHit[];
  /** The number of matches; `complete` is false if there may be more that were not counted. */
  readonly total: number;
  readonly complete: boolean;
  /** The number of matches by source. */
  readonly counts: ReadonlyMap<SourceId | null, Count>;
  /** The number of matches in tables of contents; a lower bound if not `complete`. */
  readonly contents: number;
  readonly indexed: Indexed | null;
  readonly error: ApiError | null;
  /** The query’s faults. If there are any, the results are those of the last query without faults. */
  readonly faults: readonly QueryFault[];
  /** The query in words; empty if it is only words to find. */
  readonly reading: string;
  /** The query that the results belong to. */
  readonly answered: string;
  /** False while the results of the previous query are still shown. */
  readonly isUpToDate: boolean;
  readonly hasMore: boolean;
  readonly more: () => void;
  /** Lists all results of a source, and returns them. */
  readonly showWhole: (source: SourceId) => Promise<readonly SearchHit[]>;
  readonly again: () => void;
}

const NO_RESULTS: readonly SearchHit[] = [];
const NO_FAULTS: readonly QueryFault[] = [];
interface Answered {
  readonly pages: readonly CallOutput<'search.query'>[] | undefined;
  readonly query: string;
}
type QueryFault = CallOutput<'search.query'>['faults'][number];

/** The input of the search’s call, without paging. */
const inputOf = ({ query, scopes, contents, passages, unread, categories, people, sources }: SearchState) => ({
  query,
  in: [...scopes],
  categories: [...categories],
  people: [...people],
  sources: [...sources],
  contents,
  passages,
  unread,
});
/** The input that counts the hits of the search, or of a variant, without listing them. */
export const countedOf = (search: SearchState, instead: Partial<Pick<SearchState, 'query' | 'passages'>> = {}) => ({
  ...inputOf({ ...search, ...instead }),
  limit: 1,
  perSource: 1,
  whole: true,
});

/** The results, page by page; read again after a commit. The pane and the reader's commands share them. */
export function useSearchResults(): SearchResults {
  const api = useApi();
  const client = useQueryClient();
  const search = useSearch();
  const { query, whole } = search;
  const asked = query.trim() !== '';
  const input = inputOf(search);
  const paged = { ...input, limit: PAGE, perSource: FIRST };
  const wholeOf = (source: SourceId) => {
    const one = { ...input, sources: [source], limit: MOST };
    return { queryKey: ['search.query', one], queryFn: () => api.read('search.query', one) };
  };
  const found = useInfiniteQuery({
    queryKey: ['search.query', paged],
    enabled: asked,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      api.read('search.query', { ...paged, ...(pageParam === null ? {} : { after: pageParam }) }),
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const answer = asked ? found.data?.pages : undefined;
  const faults = answer?.[0]?.faults ?? NO_FAULTS;
  // While the query has faults, the results of the last valid one stay.
  const [last, setLast] = useState<Answered>({ pages: undefined, query: '' });
  const isNew = faults.length === 0 && answer !== last.pages && !found.isPlaceholderData;
  if (isNew) setLast({ pages: answer, query });
  const pages = faults.length === 0 ? answer : last.pages;
  const wholes = useQueries({
    queries: whole.map(wholeOf),
    combine: useCallback(
      (all: readonly UseQueryResult<CallOutput<'search.query'>>[]) =>
        new Map(all.flatMap(({ data }, at) => (data === undefined ? [] : [[whole[at], data.hits] as const]))),
      [whole],
    ),
  });
  const hits = useMemo(() => withWhole(pages?.flatMap((page) => page.hits) ?? NO_RESULTS, wholes), [pages, wholes]);
  const { total, complete, counts } = useMemo(() => countsOf(pages ?? []), [pages]);
  const { fetchNextPage, isFetchingNextPage, hasNextPage, refetch } = found;
  return {
    hits,
    total,
    complete,
    counts,
    contents: pages?.[0]?.contents ?? 0,
    indexed: answer?.at(-1)?.indexed ?? null,
    error: asked ? (found.error as ApiError | null) : null,
    faults,
    reading: pages?.[0]?.reading ?? '',
    answered: last.query,
    isUpToDate: !asked || (found.isSuccess && !found.isPlaceholderData),
    hasMore: asked && hasNextPage,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    showWhole: async (source) => {
      const { hits: all } = await client.fetchQuery({ ...wholeOf(source), staleTime: Infinity });
      if (!get().whole.includes(source)) set({ whole: [...get().whole, source] });
      return all;
    },
    again: () => void refetch(),
  };
}

/** The listed results, with all of the sources that are listed in full. */
export function withWhole(
  hits: readonly SearchHit[],
  wholes: ReadonlyMap<SourceId | undefined, readonly SearchHit[]>,
): readonly SearchHit[] {
  if (wholes.size === 0) return hits;
  const bySource = Map.groupBy(hits, ({ source }) => source);
  return [...bySource].flatMap(([source, some]) => (source === null ? some : (wholes.get(source) ?? some)));
}

/** A row of the list: the heading of a source, a result, or a button that lists the source’s other results. */
export type ResultRow =
  | { readonly kind: 'head'; readonly key: string; readonly source: SourceId | null; readonly count: Count }
  | { readonly kind: 'hit'; readonly key: string; readonly hit: SearchHit }
  | { readonly kind: 'more'; readonly key: string; readonly source: SourceId; readonly count: Count };

/** A number of matches; if not `complete`, at least that many. */
export interface Count {
  readonly total: number;
  readonly complete: boolean;
}

type Page = Pick<CallOutput<'search.query'>, 'total' | 'complete' | 'sources' | 'unlisted' | 'hits'>;

/**
 * The number of matches in all and by source. Each page counts from its own start for a limited time, so one page may have counted further
 * than the next.
 */
export function countsOf(pages: readonly Page[]): Count & Pick<SearchResults, 'counts'> {
  const complete = pages.some((page) => page.complete) || pages.length === 0;
  const counts = new Map<SourceId | null, Count>();
  const listed = new Map<SourceId | null, number>();
  let total = 0;
  let before = 0;
  for (const page of pages) {
    total = Math.max(total, before + page.total);
    const last = page.sources.at(-1);
    for (const one of page.sources) {
      const known = counts.get(one.source);
      const all = (listed.get(one.source) ?? 0) + one.total;
      // Sources are searched one after the other: only the last one can have more matches.
      const isWhole = complete || one !== last || known?.complete === true;
      counts.set(one.source, { total: Math.max(known?.total ?? 0, all), complete: isWhole });
    }
    const passed = [...page.hits.map(({ source }) => ({ source, total: 1 })), ...page.unlisted];
    for (const one of passed) {
      before += one.total;
      listed.set(one.source, (listed.get(one.source) ?? 0) + one.total);
    }
  }
  return { total, complete, counts };
}

/** Results under headings of their sources. They arrive grouped by source. */
export function rowsOf(hits: readonly SearchHit[], counts: SearchResults['counts']): ResultRow[] {
  const rows: ResultRow[] = [];
  for (let at = 0; at < hits.length;) {
    const source = hits[at]?.source ?? null;
    let end = at;
    while (end < hits.length && (hits[end]?.source ?? null) === source) end++;
    const count = counts.get(source) ?? { total: end - at, complete: false };
    rows.push({ kind: 'head', key: `head ${source ?? ''}`, source, count });
    for (const hit of hits.slice(at, end)) rows.push({ kind: 'hit', key: keyOfResult(hit), hit });
    const rest = { total: count.total - (end - at), complete: count.complete };
    // If the count is incomplete and no other result is left, the number is unknown until a later page.
    if (source !== null && rest.total > 0) rows.push({ kind: 'more', key: `more ${source}`, source, count: rest });
    at = end;
  }
  return rows;
}

/** The result `step` places from the current one, or the first or last if none is current. Null if there is no such result. */
export function resultAfter(hits: readonly SearchHit[], current: string | null, step: number): SearchHit | null {
  const at = current === null ? -1 : hits.findIndex((hit) => keyOfResult(hit) === current);
  if (at < 0) return (step > 0 ? hits[0] : hits.at(-1)) ?? null;
  return hits[at + step] ?? null;
}

/** Opens a result: its range in the text, its passage, its category, or what its memo is about. */
export function openResult(hit: SearchHit, where: Where = 'here'): void {
  setCurrent(keyOfResult(hit));
  const { kind, source, passage, target, category, start, end } = hit;
  if (category !== null) {
    chooseCategory(category);
    showInSidebar('codebook');
  } else if (kind === 'text' && source !== null) {
    markHits();
    openRange(source, { start, end }, where);
  } else if (source !== null && passage !== null) {
    markHits();
    openPassage({ source, passage }, where);
  } else if (source !== null) {
    // The inspector shows the source's memo while no passage is current.
    openSource(source, where);
    setPassage(null);
  } else if (target?.kind === 'category') {
    chooseCategory(categoryId.parse(target.id));
    showInSidebar('codebook');
  } else openDialog('project');
}
