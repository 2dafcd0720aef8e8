import { create } from 'zustand';
import type { ClaimId, PassageId } from '../../../shared/model/index.ts';

/** What is to be added to a dossier. */
export type AddTarget =
  | { readonly kind: 'claim'; readonly claim: ClaimId }
  | { readonly kind: 'passages'; readonly passages: readonly PassageId[] };

/** What the dialog adds; null while it is closed. */
export const useAddDialog = create<{ readonly target: AddTarget | null }>()(() => ({ target: null }));
/** Opens the dialog; does nothing for an empty list of passages. */
export function openAddDialog(target: AddTarget): void {
  if (target.kind === 'claim' || target.passages.length > 0) useAddDialog.setState({ target });
}
export const closeAddDialog = (): void => useAddDialog.setState({ target: null });
