import type { CommitHash, PersonId } from '../../../shared/model/index.ts';

/** A merge made in this folder. */
export interface PastMerge {
  /** Hex; unique in this folder. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly from: string;
  readonly commits: number;
  readonly changes: number;
  readonly people: readonly PersonId[];
  /** Who merged; null for merges of earlier versions, which don’t say. */
  readonly by: PersonId | null;
  /** The newest commit it added; null if it only supplied withheld bodies. */
  readonly last: CommitHash | null;
  /** The commit that undid it; null if it is in effect. */
  readonly undoneBy: CommitHash | null;
}
