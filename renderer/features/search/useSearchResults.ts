import { useMemo } from 'react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { Indexed, SearchHit } from '../../../shared/contract/search.ts';
import { useApi } from '../../api/index.ts';
import type { ApiError } from '../../api/api-error.ts';
import { useSearch } from './search-state.ts';

/** A page of hits: what fills the pane twice, so that one scrolls before one waits. */
const PAGE = 60;

export interface SearchResults {
  readonly hits: readonly SearchHit[];
  /** Occurrences, and whether there may be more that were not counted. */
  readonly total: number;
  readonly complete: boolean;
  readonly indexed: Indexed | null;
  readonly error: ApiError | null;
  /** An answer to what is searched for now is here; while it is not, the one before is shown. */
  readonly settled: boolean;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

const NO_HITS: readonly SearchHit[] = [];

/** What was found, page by page; read again after a commit. The pane and the reader's commands share one list. */
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
  const hits = useMemo(() => pages?.flatMap((page) => page.hits) ?? NO_HITS, [pages]);
  const last = pages?.at(-1);
  const before = pages?.slice(0, -1).reduce((sum, page) => sum + page.hits.length, 0) ?? 0;
  const { fetchNextPage, isFetchingNextPage, hasNextPage, refetch } = found;
  return {
    hits,
    total: before + (last?.total ?? 0),
    complete: last?.complete ?? true,
    indexed: last?.indexed ?? null,
    error: asked ? (found.error as ApiError | null) : null,
    settled: !asked || (found.isSuccess && !found.isPlaceholderData),
    hasMore: asked && hasNextPage,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    again: () => void refetch(),
  };
}
