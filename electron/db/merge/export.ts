import { writeAssignment } from './export-assignment.ts';
import { guarded } from '../faults.ts';
import { toCommitHash } from '../log/history.ts';
import { writePart } from './export-part.ts';
import { writePseudonymous } from './export-pseudonymous.ts';
import { authors, said, saw, seenOf } from '../log/signed.ts';
import { hungApart, isForked } from './hung-apart.ts';
import { taggedApart } from './tagged-apart.ts';
import { commitsAt, heads, stateAt } from '../log/state-at.ts';
import type { MergeContext } from './context.ts';
import type { MergeDb } from '../types.ts';

type LogExport = Omit<
  MergeDb,
  | 'merge'
  | 'merges'
  | 'takeBackMerge'
  | 'restoreMerge'
  | 'rememberCommit'
  | 'conflicts'
  | 'conflictNames'
  | 'incomingRecords'
>;

/** What the log says of who wrote what and when, and what leaves it in part. */
export function createExport(parts: MergeContext): LogExport {
  const { log } = parts;
  return {
    said: (entity, ids, fields) => guarded(() => said(log, entity, ids, fields)),
    seenOf: (entity, ids, field, versions) => guarded(() => seenOf(log, entity, ids, field, versions)),
    saw: (later, earlier) => guarded(() => saw(log, later, earlier)),
    taggedApart: (passages) => taggedApart(log, passages),
    sawAt: log.causality.saw,
    isForked: () => guarded(() => isForked(log)),
    hungApart: (ties) => guarded(() => hungApart(log, ties)),
    heads: () => guarded(() => heads(log)),
    commitsAt: (of) => guarded(() => commitsAt(log, of)),
    stateAt: (of) => stateAt(log, of),
    writePart: (target, show) => guarded(() => writePart(log, target, show)),
    writeAssignment: (target, label, show) => writeAssignment(parts, target, label, show),
    writePseudonymous: (target, options) => guarded(() => writePseudonymous(log, target, options)),
    horizon: () => {
      const hash = guarded(() => log.horizon());
      return hash === null ? null : toCommitHash(hash);
    },
    authors: () => guarded(() => authors(log)),
  };
}
