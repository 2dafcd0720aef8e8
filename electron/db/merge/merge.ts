import { randomBytes } from 'node:crypto';
import type { Inverse, InverseEdit } from '../../../shared/changes/inverse.ts';
import { Fault } from '../../../shared/errors.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import { guarded } from '../faults.ts';
import { idText, personOfKey } from '../ids.ts';
import { conflictNames, openConflicts } from '../log/conflicts.ts';
import { withSteps } from '../log/steps.ts';
import type { Log, FieldChangeRow } from '../log/log.ts';
import type { OpenLog } from '../log/open-log.ts';
import { inverseOfAll } from '../log/undo.ts';
import { changesOf } from '../log/write.ts';
import type { Incoming, MergeDb, MergeOptions } from '../types.ts';
import { IncomingDatabase } from './incoming.ts';
import { peopleIn, withIncomingTables } from './incoming-changes.ts';
import { incomingRecords } from './incoming-records.ts';
import { MergeHistory, toPastMerge, type StoredMerge } from './merge-history.ts';
import type { PastMerge } from './past-merge.ts';
import { takeIncoming, type UnionResult } from './take-incoming.ts';

type Undone = ReturnType<MergeDb['undoMerge']>;

/** Ends the transaction of a preview, so that it is rolled back. */
class Preview extends Error {}

/** The union of this log with another, undoing and restoring it, and the conflicts it left. */
export function createMerge(open: OpenLog): MergeDb {
  const history = new MergeHistory(open.local);
  return {
    merge: (incoming, options) => merge(open, history, incoming, options),
    merges: () => guarded(() => history.list(open.log)),
    mergesOf: (entity, ids) => guarded(() => history.mergesOf(open.log, entity, ids)),
    rememberCommit: (hash, from) => open.writing(() => history.addCommit(open, hash, from)),
    undoMerge: (id) => open.writing(() => undo(open, history, id)),
    restoreMerge: (id, left) => open.writing(() => restore(open, history, id, left)),
    conflicts: (only) => guarded(() => openConflicts(open.log, open.author.replica, only)),
    conflictNames: () => guarded(() => conflictNames(open.log)),
    incomingRecords: (file, rejected) => guarded(() => incomingRecords(open.log, file, rejected)),
  };
}

interface Merged<T> {
  readonly result: T;
  readonly merge: PastMerge | null;
}

function merge<T>(open: OpenLog, history: MergeHistory, incoming: Incoming, options: MergeOptions<T>): Merged<T> {
  if (!(incoming instanceof IncomingDatabase)) throw new TypeError('Open the log with openIncomingLog');
  const { log } = open;
  assertMergeable(open, incoming);
  let preview: Merged<T> | null = null;
  const use = (union: UnionResult): Merged<T> => {
    const result = withIncomingTables(log, open.read, union, options.judge);
    if (options.dryRun) {
      preview = { result, merge: null };
      throw new Preview();
    }
    leaveSharedReplica(open, union);
    return { result, merge: remember(open, history, union, options.from) };
  };
  try {
    return takeIncoming(log, incoming, options.watch, (work) => open.writing(work), use);
  } catch (thrown) {
    if (thrown instanceof Preview && preview !== null) return preview;
    throw thrown;
  }
}

function assertMergeable({ log }: OpenLog, incoming: IncomingDatabase): void {
  if (incoming.project !== idText(log.project))
    throw new Fault('NOT_ALLOWED', 'This is a different project. Choose which of its sources to add.');
  const horizon = log.horizon();
  if (horizon !== null && incoming.horizon !== horizon.toString('hex')) {
    throw new Fault(
      'NOT_ALLOWED',
      'This is a blind copy, so nothing can be merged into it until both coders have finished. Submit it when you’re done.',
    );
  }
}

/**
 * Starts a new replica if the merge brought commits of this replica that this folder did not write: the folder was copied or
 * restored, and both copies were written to. Two folders must never write under one replica id.
 */
function leaveSharedReplica(open: OpenLog, { writer }: UnionResult): void {
  const { log, author } = open;
  const replica = log.findReplica(author.replica, author.signer.key);
  if (replica === null) return;
  const sql = 'SELECT 1 FROM commit_ WHERE c > ? AND replica = ? LIMIT 1';
  if (log.store.value<number>(sql, writer.before.c, replica) !== undefined) open.startReplica();
}

function remember(
  { log, author, now }: OpenLog,
  history: MergeHistory,
  { taken, writer }: UnionResult,
  from: string,
): PastMerge | null {
  if (taken.added + taken.supplied === 0) return null;
  const stored: StoredMerge = {
    id: randomBytes(8).toString('hex'),
    at: Math.floor(now()),
    from,
    first: writer.before.c + 1,
    last: writer.before.c + taken.added,
    changes: writer.changes,
    people: [...new Set(peopleIn(log, writer.before.c))],
    back: null,
    restored: [],
    backs: [],
    by: personOfKey(author.signer.key),
    commits: taken.added + taken.supplied,
  };
  history.add(
    stored,
    writer.supplied.filter(([c]) => c < stored.first),
  );
  return toPastMerge(log, stored);
}

function undo(open: OpenLog, history: MergeHistory, id: string): Undone {
  const { log } = open;
  const stored = history.get(id);
  if (toPastMerge(log, stored).undoneBy !== null) throw new Fault('NOT_ALLOWED', 'This merge is already undone.');
  const { edits, left } = inverseOfMerge(log, stored, history.suppliedBy(id));
  const changes = changesOf(log, edits);
  if (changes.length === 0) return { commit: null, left: [...left] };
  const commit = open.append(`Undo merge from ${stored.from}`, changes);
  history.replace({ ...stored, back: commit.hash, backs: [...stored.backs, commit.hash], restored: [] });
  return { commit, left: [...left] };
}

function restore(
  open: OpenLog,
  history: MergeHistory,
  id: string,
  leftOut?: (edits: readonly InverseEdit[]) => ReadonlySet<InverseEdit>,
): Undone {
  const { log } = open;
  const stored = history.get(id);
  const { undoneBy } = toPastMerge(log, stored);
  if (undoneBy === null) throw new Fault('NOT_ALLOWED', 'This merge isn’t undone, so there’s nothing to restore.');
  const { edits, left } = inverseOfUndo(log, stored, undoneBy);
  const not = leftOut?.(edits) ?? new Set<InverseEdit>();
  const changes = changesOf(
    log,
    edits.filter((edit) => !not.has(edit)),
  );
  if (changes.length === 0) return { commit: null, left: [...left] };
  const commit = open.append(`Restore merge from ${stored.from}`, changes);
  history.replace({ ...stored, restored: [...stored.restored, commit.hash], backs: [...stored.backs, commit.hash] });
  return { commit, left: [...left] };
}

/**
 * Returns the edits that undo a merge: each field whose value came with it gets the value it would have without the merge. A field that anyone
 * changed later, or on whose value later work depends, keeps its value. Earlier undos and restores of this merge count as part of it, not as
 * later work.
 */
function inverseOfMerge(log: Log, stored: StoredMerge, supplied: ReadonlySet<string>): Inverse {
  const own = withSteps(log, stored.backs);
  const isMerged = (change: FieldChangeRow): boolean =>
    (change.c >= stored.first && change.c <= stored.last) || supplied.has(`${change.c} ${change.i}`);
  const changed = log.store.list<number>(
    'SELECT DISTINCT ent FROM change_ WHERE c BETWEEN ? AND ?',
    stored.first,
    stored.last,
  );
  return inverseOfAll(log, [...new Set([...changed, ...suppliedRecords(log, supplied)])], {
    isUndone: (change) => isMerged(change) || own.has(change.c),
    isEarlier: () => true,
    // A merged value that lost against a value here changed nothing, so there is nothing to undo.
    wasSet: (changes) => {
      const then = changes.find((one) => one.c <= stored.last);
      return then !== undefined && isMerged(then);
    },
    hadSeen: (link) => link.c <= stored.last || own.has(link.c),
  });
}

function suppliedRecords(log: Log, supplied: ReadonlySet<string>): number[] {
  return [...supplied].flatMap((name) => {
    const [c = 0, i = 0] = name.split(' ').map(Number);
    return log.store.value<number>('SELECT ent FROM change_ WHERE c = ? AND i = ?', c, i) ?? [];
  });
}

/** What restores an undone merge: the inverse of the one commit that undid it. */
function inverseOfUndo(log: Log, stored: StoredMerge, undoneBy: CommitHash): Inverse {
  const target = log.byHash(Buffer.from(undoneBy, 'hex'));
  if (target === null) return { edits: [], left: [] };
  const own = withSteps(log, [undoneBy, ...stored.restored]);
  const ents = log.store.list<number>('SELECT DISTINCT ent FROM change_ WHERE c = ?', target.c);
  return inverseOfAll(log, ents, {
    isUndone: (change) => own.has(change.c),
    isEarlier: (change) => log.causality.saw(target, change),
    wasSet: (changes) => changes.some((one) => one.c === target.c),
    hadSeen: (link) => own.has(link.c) || log.causality.saw(target, link),
  });
}
