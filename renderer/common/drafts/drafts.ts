import { create } from 'zustand';

/** A memo somebody writes and has not saved. */
export interface MemoDraft {
  readonly text: string;
  /** What was saved when one began to write; null where that is not known any more. */
  readonly base: string | null;
  /** Why saving it failed; null until it has, and again once somebody types on. */
  readonly error: string | null;
}

/**
 * The memos that are being written, by the id of what they are on. Kept here and not in the editor: who goes to another passage
 * or another screen, or whose saving fails, finds the text again where it was written. It is gone only when it is saved or discarded.
 */
export const useMemoDrafts = create<{ readonly drafts: ReadonlyMap<string, MemoDraft> }>()(() => ({
  drafts: new Map(),
}));

const change = (target: string, to: (draft: MemoDraft | undefined) => MemoDraft | undefined): void =>
  useMemoDrafts.setState(({ drafts }) => {
    const next = new Map(drafts);
    const draft = to(drafts.get(target));
    if (draft === undefined) next.delete(target);
    else next.set(target, draft);
    return { drafts: next };
  });

export const keepDraft = (target: string, text: string, stored: string): void =>
  change(target, (draft) => ({ text, base: draft === undefined ? stored : draft.base, error: null }));
export const discardDraft = (target: string): void => change(target, () => undefined);
/** What was saved needs no keeping; what was typed on meanwhile does. */
export const draftSaved = (target: string, text: string): void =>
  change(target, (draft) => (draft === undefined || draft.text === text ? undefined : { ...draft, base: text.trim() }));
/** It stays, and says why it could not be saved. */
export const draftFailed = (target: string, text: string, error: string): void =>
  change(target, (draft) => ({ text: draft?.text ?? text, base: draft?.base ?? null, error }));
