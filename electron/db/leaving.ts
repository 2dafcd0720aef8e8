import { Fault } from '../../shared/errors.ts';
import type { TeamParts } from './team-parts.ts';
import type { TeamDb } from './types.ts';

type Leaving = Omit<TeamDb, 'merge' | 'merges' | 'takeBackMerge' | 'restoreMerge' | 'conflicts'>;

const notYet = (): never => {
  throw new Fault('UNSUPPORTED', 'This is being built.');
};

/** What the log says of who wrote what and when, and what leaves it in part. */
export function createLeaving(_parts: TeamParts): Leaving {
  return {
    said: notYet,
    seenOf: notYet,
    saw: notYet,
    heads: notYet,
    stateAt: notYet,
    writePart: notYet,
    writeAssignment: notYet,
    writePseudonymous: notYet,
    horizon: notYet,
    authors: notYet,
  };
}
