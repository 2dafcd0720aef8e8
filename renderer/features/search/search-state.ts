import { create } from 'zustand';
import { SEARCH_SCOPES, type SearchHit, type SearchScope } from '../../../shared/contract/search.ts';
import type { CategoryId, PersonId, SourceId } from '../../../shared/model/index.ts';

export interface SearchFilters {
  readonly categories: readonly CategoryId[];
  readonly people: readonly PersonId[];
  readonly sources: readonly SourceId[];
}
export const NO_FILTERS: SearchFilters = { categories: [], people: [], sources: [] };

/** What is searched for. It stays while one reads and looks into the codebook, until the project is closed. */
export interface SearchState extends SearchFilters {
  /** What stands in the field. */
  readonly text: string;
  /** What is searched for: the field's text once one pauses, never half of what an input method composes. */
  readonly query: string;
  readonly scopes: readonly SearchScope[];
  /** The hit one is on or came from, by {@link keyOfHit}. */
  readonly current: string | null;
  /** Counts wishes to have the field: from a command, while the pane may not be there yet. */
  readonly wishes: number;
}

const EMPTY: SearchState = {
  ...NO_FILTERS,
  text: '',
  query: '',
  scopes: SEARCH_SCOPES,
  current: null,
  wishes: 0,
};

export const useSearch = create<SearchState>()(() => EMPTY);
const { setState: set, getState: get } = useSearch;

export const resetSearch = (): void => set(EMPTY);
export const setText = (text: string): void => set({ text });
export const setCurrent = (current: string | null): void => set({ current });
export const setFilters = (filters: Partial<SearchFilters>): void => set({ ...filters, current: null });

/** Searches for what stands in the field. */
export function commitText(): void {
  const { text, query } = get();
  if (text.trim() !== query.trim()) set({ query: text, current: null });
}

/** Puts words into the field and searches for them at once. */
export const searchFor = (text: string): void => set({ text, query: text, current: null });

export const wishForField = (): void => set({ wishes: get().wishes + 1 });

/** Switches a scope on or off; the last one stays. */
export function toggleScope(scope: SearchScope): void {
  const { scopes } = get();
  const next = SEARCH_SCOPES.filter((one) => scopes.includes(one) !== (one === scope));
  if (next.length > 0) set({ scopes: next, current: null });
}

/** Names a hit, so that one is still on it when the list is read anew. */
export const keyOfHit = ({ kind, source, passage, memo, start, end }: SearchHit): string =>
  [kind, memo ?? passage ?? source ?? '', start, end].join(' ');
