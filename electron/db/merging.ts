import { Fault } from '../../shared/errors.ts';
import type { TeamParts } from './team-parts.ts';
import type { TeamDb } from './types.ts';

type Merging = Pick<TeamDb, 'merge' | 'merges' | 'takeBackMerge' | 'restoreMerge' | 'conflicts'>;

const notYet = (): never => {
  throw new Fault('UNSUPPORTED', 'This is being built.');
};

/** The union of this log with another, what it made of the two, and taking it back. */
export function createMerging(_parts: TeamParts): Merging {
  return { merge: notYet, merges: notYet, takeBackMerge: notYet, restoreMerge: notYet, conflicts: notYet };
}
