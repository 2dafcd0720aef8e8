import { useEffect, useRef, useState } from 'react';
import type { RecordPatch } from '../../../shared/contract/sources.ts';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { useWrite, type ApiError } from '../../api/index.ts';

export type Save = (patch: RecordPatch) => void;

/** What every part of the record editor is given. */
export interface RecordProps {
  readonly source: Source;
  readonly save: Save;
}

/** Saves fields of a source's record, each as one commit. */
export function useRecord(id: SourceId): { save: Save; error: ApiError | null } {
  const { mutate, error } = useWrite('sources.edit');
  return { save: (patch) => mutate({ id, patch }), error };
}

/** A text without its outer blanks; nothing at all is null, which is a gap. */
export const textOrGap = (text: string): string | null => {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
};

/**
 * What is being typed or chosen, until the record says something new: then it is gone for good. Were it only set aside,
 * an undo would bring it back into the field, and leaving the field would save it again.
 */
export function useDraft<T>(stored: T): [T, (value: T) => void] {
  const [draft, setDraft] = useState({ stored, value: stored });
  if (draft.stored !== stored) setDraft({ stored, value: stored });
  return [draft.stored === stored ? draft.value : stored, (value) => setDraft({ stored, value })];
}

/** Does what leaving a field does also when the field goes while one types in it: nobody's words are lost. */
export function useLeaving(leave: () => void): void {
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => () => latest.current(), []);
}
