import { create } from 'zustand';

/** What another feature asks the search over all sources to look for; `count` tells the same words apart the second time. */
export const useSearchRequest = create<{ readonly query: string; readonly count: number }>()(() => ({
  query: '',
  count: 0,
}));

/** Opens the search over all sources with these words. */
export const askSearch = (query: string): void =>
  useSearchRequest.setState(({ count }) => ({ query, count: count + 1 }));
