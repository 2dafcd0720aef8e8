import { create } from 'zustand';

/** A query on its way from the search to the evidence, or back: the screen it goes to takes it when it is shown. */
export const useCarriedQuery = create<{
  readonly evidence: string | null;
  /** `unread`: only in sources that are not read yet. */
  readonly search: { readonly query: string; readonly unread: boolean } | null;
}>()(() => ({
  evidence: null,
  search: null,
}));
