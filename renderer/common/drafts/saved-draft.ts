import { useEffect } from 'react';
import { useDraft, useSaveOnLeave } from './drafts.ts';
import { forgetRefused, keepUnlessStored, useRefused, type FieldName } from './refused.ts';

interface SavedDraft {
  readonly name: FieldName;
  readonly stored: string;
  /** Takes the trimmed text. */
  readonly isValid: (text: string) => boolean;
  /** Saves the trimmed text; calls `tell` with whether it was stored. */
  readonly save: (text: string, tell: (isStored: boolean) => void) => void;
}

/**
 * The text in a field that is saved when it is left. A text that can’t be saved, for example on a full disk, is kept: it is shown again
 * with the field, and saved when the field is left next.
 */
export function useSavedDraft({ name, stored, isValid, save }: SavedDraft) {
  const refused = useRefused(name);
  const [draft, setDraft] = useDraft(stored, refused?.stored === stored ? refused.text : stored);
  const text = draft.trim();
  const isPast = refused !== null && (refused.stored !== stored || text === stored);
  useEffect(() => {
    if (isPast) forgetRefused(name);
  }, [isPast, name]);
  const leave = (): void => {
    if (text !== stored && isValid(text)) save(text, (isStored) => keepUnlessStored(name, isStored, { text, stored }));
  };
  // A text that could not be saved is counted as unsaved already.
  useSaveOnLeave(leave, text !== stored && refused === null);
  return { draft, setDraft, leave };
}
