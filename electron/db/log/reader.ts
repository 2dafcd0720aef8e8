import { guarded } from '../faults.ts';
import type { LogReader } from '../types.ts';
import { concurrentTagging, isForked, workConcurrentWithTrash } from './concurrent.ts';
import { toCommitHash } from './history.ts';
import type { Log } from './log.ts';
import { proofsOf } from './proof.ts';
import { authors, signedChanges, saw, seenOf } from './signed.ts';
import { splits } from './splits.ts';
import { actionsInEffect } from './steps.ts';
import { commitsAt, heads, stateAt } from './state-at.ts';

/** Who wrote what and when, and who had seen what. */
export function createLogReader(log: Log): LogReader {
  return {
    changes: (entity, ids, fields) => guarded(() => signedChanges(log, entity, ids, fields)),
    proofs: (commits, isShown) => guarded(() => proofsOf(log, commits, isShown)),
    seenOf: (entity, ids, field, versions) => guarded(() => seenOf(log, entity, ids, field, versions)),
    saw: (later, earlier) => guarded(() => saw(log, later, earlier)),
    sawAt: log.causality.saw,
    isForked: () => guarded(() => isForked(log)),
    inEffect: (commits) => guarded(() => new Set(actionsInEffect(log, commits))),
    splits: () => guarded(() => splits(log)),
    concurrentTagging: (passages) => concurrentTagging(log, passages),
    workConcurrentWithTrash: (pairs) => guarded(() => workConcurrentWithTrash(log, pairs)),
    heads: () => guarded(() => heads(log)),
    commitsAt: (of) => guarded(() => commitsAt(log, of)),
    stateAt: (of) => stateAt(log, of),
    horizon: () => {
      const hash = guarded(() => log.horizon());
      return hash === null ? null : toCommitHash(hash);
    },
    authors: () => guarded(() => authors(log)),
  };
}
