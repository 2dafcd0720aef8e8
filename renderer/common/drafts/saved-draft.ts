import { useEffect } from 'react';
import { useDraft, useSaveOnLeave } from './drafts.ts';
import { forgetRefused, keepUnlessStored, useRefused, type FieldName } from './refused.ts';

interface SavedDraft {
  readonly name: FieldName;
  readonly stored: string;
  /** Of the trimmed text. */
  readonly isValid: (text: string) => boolean;
  /** Saves the trimmed text, and tells whether it was stored. */
  readonly save: (text: string, tell: (isStored: boolean) => void) => void;
}

/**
 * The text in a field that is saved when it is left. What can’t be saved, as on a full disk, is still there when the field is
 * shown again, and saved when it is left the next time.
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
  // One that was refused is counted already.
  useSaveOnLeave(leave, text !== stored && refused === null);
  return { draft, setDraft, leave };
}
