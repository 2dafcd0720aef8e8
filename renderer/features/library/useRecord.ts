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
