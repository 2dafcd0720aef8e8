import { useMemo } from 'react';
import { create } from 'zustand';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { SEARCH_SCOPES, type SearchHit, type SearchScope, type Indexed } from '../../../shared/contract/search.ts';
import { type CategoryId, type PersonId, type SourceId, categoryId } from '../../../shared/model/index.ts';
import type { ApiError } from '../../api/api-error.ts';
import { useApi } from '../../api/index.ts';
import {
  chooseCategory,
  openDialog,
  openPassage,
  openSource,
  openSpot,
  setPassage,
  showShelf,
  type Where,
} from '../../common/workbench/workbench.ts';

interface SearchFilters {
  readonly categories: readonly CategoryId[];
  readonly people: readonly PersonId[];
  readonly sources: readonly SourceId[];
}
export const NO_FILTERS: SearchFilters = { categories: [], people: [], sources: [] };

/** The search. It stays until the project is closed. */
interface SearchState extends SearchFilters {
  /** The text in the field. */
  readonly text: string;
  /** What is searched for: the field's text once typing pauses, never while an input method composes. */
  readonly query: string;
  readonly scopes: readonly SearchScope[];
  /** The current result, by {@link keyOfResult}. */
  readonly current: string | null;
  /** The field takes the focus as soon as it is rendered; then this is false again. */
  readonly wantsFocus: boolean;
}

const EMPTY: SearchState = {
  ...NO_FILTERS,
  text: '',
  query: '',
  scopes: SEARCH_SCOPES,
  current: null,
  wantsFocus: false,
};

export const useSearch = create<SearchState>()(() => EMPTY);
const { setState: set, getState: get } = useSearch;

export const resetSearch = (): void => set(EMPTY);
export const setText = (text: string): void => set({ text });
export const setCurrent = (current: string | null): void => set({ current });
export const setFilters = (filters: Partial<SearchFilters>): void => set({ ...filters, current: null });

/** Searches for the text in the field. */
export function commitText(): void {
  const { text, query } = get();
  if (text.trim() !== query.trim()) set({ query: text, current: null });
}

/** Sets the field's text and searches at once. */
export const searchFor = (text: string): void => set({ text, query: text, current: null });

export const focusSearchField = (): void => set({ wantsFocus: true });
export const searchFieldFocused = (): void => set({ wantsFocus: false });

/** Switches a scope on or off; the last one stays on. */
export function toggleScope(scope: SearchScope): void {
  const { scopes } = get();
  const next = SEARCH_SCOPES.filter((one) => scopes.includes(one) !== (one === scope));
  if (next.length > 0) set({ scopes: next, current: null });
}

/** Identifies a result, so that it stays current when the list is read again. */
export const keyOfResult = ({ kind, source, passage, memo, start, end }: SearchHit): string =>
  [kind, memo ?? passage ?? source ?? '', start, end].join(' ');

/** Results per page: about two screens, so that the next page is loaded before scrolling reaches it. */
const PAGE = 60;

export interface SearchResults {
  readonly hits: readonly SearchHit[];
  /** The number of matches; `complete` is false if there may be more that were not counted. */
  readonly total: number;
  readonly complete: boolean;
  readonly indexed: Indexed | null;
  readonly error: ApiError | null;
  /** False while the results of the previous query are still shown. */
  readonly isUpToDate: boolean;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

const NO_RESULTS: readonly SearchHit[] = [];

/** The results, page by page; read again after a commit. The pane and the reader's commands share them. */
export function useSearchResults(): SearchResults {
  const api = useApi();
  const { query, scopes, categories, people, sources } = useSearch();
  const asked = query.trim() !== '';
  const input = {
    query,
    in: [...scopes],
    categories: [...categories],
    people: [...people],
    sources: [...sources],
    limit: PAGE,
  };
  const found = useInfiniteQuery({
    queryKey: ['search.query', input],
    enabled: asked,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      api.read('search.query', { ...input, ...(pageParam === null ? {} : { after: pageParam }) }),
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const pages = asked ? found.data?.pages : undefined;
  const hits = useMemo(() => pages?.flatMap((page) => page.hits) ?? NO_RESULTS, [pages]);
  const last = pages?.at(-1);
  const before = pages?.slice(0, -1).reduce((sum, page) => sum + page.hits.length, 0) ?? 0;
  const { fetchNextPage, isFetchingNextPage, hasNextPage, refetch } = found;
  return {
    hits,
    total: before + (last?.total ?? 0),
    complete: last?.complete ?? true,
    indexed: last?.indexed ?? null,
    error: asked ? (found.error as ApiError | null) : null,
    isUpToDate: !asked || (found.isSuccess && !found.isPlaceholderData),
    hasMore: asked && hasNextPage,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    again: () => void refetch(),
  };
}

/** A row of the list: the heading of a source's results, or a result. */
export type ResultRow =
  | { readonly kind: 'head'; readonly key: string; readonly source: SourceId | null; readonly hits: number }
  | { readonly kind: 'hit'; readonly key: string; readonly hit: SearchHit };

/**
 * The results under headings of their sources, by which they arrive grouped. A heading counts the results loaded so far.
 */
export function rowsOf(hits: readonly SearchHit[]): ResultRow[] {
  const rows: ResultRow[] = [];
  for (let at = 0; at < hits.length;) {
    const source = hits[at]?.source ?? null;
    let end = at;
    while (end < hits.length && (hits[end]?.source ?? null) === source) end++;
    rows.push({ kind: 'head', key: `head ${source ?? ''}`, source, hits: end - at });
    for (const hit of hits.slice(at, end)) rows.push({ kind: 'hit', key: keyOfResult(hit), hit });
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

/** Opens a result: its range in the text, its passage, or what its memo is about. */
export function openResult(hit: SearchHit, where: Where = 'here'): void {
  setCurrent(keyOfResult(hit));
  const { kind, source, passage, target, start, end } = hit;
  if (kind === 'text' && source !== null) openSpot(source, { start, end }, where);
  else if (source !== null && passage !== null) openPassage({ source, passage }, where);
  else if (source !== null) {
    // The inspector shows the source's memo while no passage is current.
    openSource(source, where);
    setPassage(null);
  } else if (target?.kind === 'category') {
    chooseCategory(categoryId.parse(target.id));
    showShelf('codebook');
  } else openDialog('project');
}
