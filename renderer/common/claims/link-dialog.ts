import { create } from 'zustand';
import type { PassageId } from '../../../shared/model/index.ts';
import type { MarkedSpan } from '../reader/reading-state.ts';

/** What is to be linked to a claim: passages, or marked words that become a passage once they are linked. */
export type LinkTarget =
  | { readonly kind: 'marked'; readonly span: MarkedSpan }
  | { readonly kind: 'passages'; readonly passages: readonly [PassageId, ...PassageId[]] };

/** What the dialog links; null while it is closed. */
export const useLinkDialog = create<{ readonly target: LinkTarget | null }>()(() => ({ target: null }));
export const openLinkDialog = (target: LinkTarget): void => useLinkDialog.setState({ target });
export const closeLinkDialog = (): void => useLinkDialog.setState({ target: null });

/** Opens the dialog for passages; does nothing for an empty list. */
export function linkPassages([first, ...more]: readonly PassageId[]): void {
  if (first !== undefined) openLinkDialog({ kind: 'passages', passages: [first, ...more] });
}
