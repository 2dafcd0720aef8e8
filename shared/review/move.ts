import type { CommitHash, ReviewState } from '../model/index.ts';
import type { Basis } from './basis.ts';

/** One move of a passage as the log has it. Moves are judged in the order of their commits. */
export interface Move {
  readonly id: string;
  readonly commit: CommitHash;
  readonly state: ReviewState;
  readonly comment: string;
  /** Null where none was kept, or what was kept is none. */
  readonly basis: Basis | null;
  /** Of a second coding: tags of others that its person confirmed. */
  readonly confirmed: readonly Confirmed[];
  /** Whom it names. */
  readonly person: string;
  readonly at: number;
  /** Whether the key it was signed with is that person's. */
  readonly genuine: boolean;
  /** Who took it back, where that is somebody else than its person; null where nobody did. */
  readonly removedBy: string | null;
  /** What its person had contributed when they made it, beyond what its basis shows. */
  readonly contributed: ReadonlySet<ContributionKind>;
  /** What they contributed after it. The move then no longer vouches for the work of others alone. */
  readonly contributedAfter: ReadonlySet<ContributionKind>;
}

/** A part of a passage that a person contributed to: their key signed it, or they are named as its author. */
export type ContributionKind = 'place' | 'tags' | 'settings' | 'decision' | 'translation';

/** A tag of somebody else: category and person, by their ids. */
export type Confirmed = readonly [category: string, person: string];

export type FourEyesViolation = 'coder' | 'only coder' | 'translator' | 'checker';

/** Why a move does not count. */
export type Refused = 'signature' | 'no basis' | FourEyesViolation | 'not approved' | 'superseded' | 'removed';
