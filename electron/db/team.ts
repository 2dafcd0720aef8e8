import { Fault } from '../../shared/errors.ts';
import type { TeamDb } from './types.ts';

const notYet = (): never => {
  throw new Fault('UNSUPPORTED', 'This is being built.');
};

/** What teams need of the log: merging (merging.ts …) and what leaves it in part (leaving.ts …). */
export function createTeam(): TeamDb {
  return {
    merge: notYet,
    merges: notYet,
    takeBackMerge: notYet,
    restoreMerge: notYet,
    conflicts: notYet,
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
