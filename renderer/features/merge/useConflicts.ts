import { useMemo } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Conflict } from '../../../shared/contract/merge.ts';
import { useApi, type ApiError } from '../../api/index.ts';

/** So many are put into words at once. */
const PAGE = 60;
const NONE: readonly Conflict[] = [];

export interface Conflicts {
  /** As far as they were asked for. */
  readonly conflicts: readonly Conflict[];
  /** All that are open; null while that is not known. */
  readonly total: number | null;
  readonly error: ApiError | null;
  /** Asks for the next page, where there is one. */
  readonly more: () => void;
}

/** What is open between people, page by page; read again after a commit. */
export function useConflicts(): Conflicts {
  const api = useApi();
  const found = useInfiniteQuery({
    queryKey: ['merge.conflicts', { limit: PAGE }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      api.read('merge.conflicts', { limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) }),
    getNextPageParam: (last) => last.next,
  });
  const pages = found.data?.pages;
  const conflicts = useMemo(() => pages?.flatMap((page) => page.conflicts) ?? NONE, [pages]);
  const { fetchNextPage, isFetching, hasNextPage } = found;
  return {
    conflicts,
    total: pages?.at(-1)?.total ?? null,
    error: found.error as ApiError | null,
    more: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
  };
}
