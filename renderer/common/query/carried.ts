import { create } from 'zustand';

/** A query handed from the search to the evidence, or back. The other screen takes it when it is shown. */
export const useCarriedQuery = create<{
  readonly evidence: string | null;
  /** `unread`: only in sources that were not read yet. */
  readonly search: { readonly query: string; readonly unread: boolean } | null;
}>()(() => ({
  evidence: null,
  search: null,
}));
