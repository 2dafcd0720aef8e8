import { create } from 'zustand';

/** A query on its way from the search to the evidence, or back: the screen it goes to takes it when it is shown. */
export const useCarriedQuery = create<{ readonly evidence: string | null; readonly search: string | null }>()(() => ({
  evidence: null,
  search: null,
}));
