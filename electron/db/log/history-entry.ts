import type { CommitHash, PersonId } from '../../../shared/model/index.ts';

/** A commit as people read it. */
export interface HistoryEntry {
  readonly id: CommitHash;
  readonly time: number;
  readonly person: string;
  readonly personId: PersonId | null;
  readonly label: string;
  readonly changes: number;
}
