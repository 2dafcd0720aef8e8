import { useEffect, useMemo } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { IncomingFilter, IncomingItem } from '../../../shared/contract/merge.ts';
import { useApi, type ApiError } from '../../api/index.ts';

const PAGE = 60;
const NONE: readonly IncomingItem[] = [];

export interface IncomingItems {
  readonly items: readonly IncomingItem[];
  readonly error: ApiError | null;
  /** All there are have come. */
  readonly complete: boolean;
  readonly more: () => void;
}

/** What the preview would bring, page by page. `preview` tells one look at a file from the next. */
export function useIncomingItems(filter: IncomingFilter, preview: number): IncomingItems {
  const api = useApi();
  const found = useInfiniteQuery({
    queryKey: ['merge.items', filter, preview],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) =>
      api.read('merge.items', { ...filter, limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) }),
    getNextPageParam: (last) => last.next,
    gcTime: 0,
  });
  const pages = found.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? NONE, [pages]);
  const { fetchNextPage, isFetching, hasNextPage, isError } = found;
  // Where few fit, a page may be short or empty: the list is filled all the same.
  const isShort = hasNextPage && !isFetching && !isError && (pages?.at(-1)?.items.length ?? PAGE) < PAGE;
  useEffect(() => {
    if (isShort) void fetchNextPage();
  }, [isShort, fetchNextPage]);
  return {
    items,
    error: found.error as ApiError | null,
    complete: found.isSuccess && !hasNextPage,
    more: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
  };
}
