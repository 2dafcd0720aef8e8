import { create } from 'zustand';
import type { PassageId } from '../../../shared/model/index.ts';

/** A memo somebody writes and has not saved. */
export interface MemoDraft {
  readonly text: string;
  /** Why saving it failed; null until it has, and again once somebody types on. */
  readonly error: string | null;
}

/**
 * The memos that are being written, by passage. Kept here and not in the editor: who goes to another passage or another
 * screen, or whose saving fails, finds the text again where it was written. It is gone only when it is saved or discarded.
 */
export const useMemoDrafts = create<{ readonly drafts: ReadonlyMap<PassageId, MemoDraft> }>()(() => ({
  drafts: new Map(),
}));

const change = (passage: PassageId, to: (draft: MemoDraft | undefined) => MemoDraft | undefined): void =>
  useMemoDrafts.setState(({ drafts }) => {
    const next = new Map(drafts);
    const draft = to(drafts.get(passage));
    if (draft === undefined) next.delete(passage);
    else next.set(passage, draft);
    return { drafts: next };
  });

export const keepDraft = (passage: PassageId, text: string): void => change(passage, () => ({ text, error: null }));
export const discardDraft = (passage: PassageId): void => change(passage, () => undefined);
/** What was saved needs no keeping; what was typed on meanwhile does. */
export const draftSaved = (passage: PassageId, text: string): void =>
  change(passage, (draft) => (draft?.text === text ? undefined : draft));
/** It stays, and says why it could not be saved. */
export const draftFailed = (passage: PassageId, text: string, error: string): void =>
  change(passage, (draft) => ({ text: draft?.text ?? text, error }));
