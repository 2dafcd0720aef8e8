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

/** What is being typed, until the record says something new. */
export function useDraft(stored: string): [string, (text: string) => void] {
  const [draft, setDraft] = useState({ stored, text: stored });
  const text = draft.stored === stored ? draft.text : stored;
  return [text, (next) => setDraft({ stored, text: next })];
}

/** Does what leaving a field does also when the field goes while one types in it: nobody's words are lost. */
export function useLeaving(leave: () => void): void {
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => () => latest.current(), []);
}
