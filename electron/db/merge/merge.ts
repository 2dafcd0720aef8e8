import { randomBytes } from 'node:crypto';
import { Fault } from '../../../shared/errors.ts';
import { judged, peopleIn } from './incoming-changes.ts';
import { conflictNames, openConflicts } from '../log/conflicts.ts';
import { guarded } from '../faults.ts';
import { IncomingDatabase } from './incoming.ts';
import { idText } from '../ids.ts';
import { incomingRecords } from './incoming-records.ts';
import { Memory, shown, type Kept } from './merge-memory.ts';
import { inverseOfMerge, inverseOfTaking } from './take-back.ts';
import { takeIncoming, type Took } from './take-incoming.ts';
import type { MergeContext } from './context.ts';
import type { Incoming, MadeMerge, MergeOptions, MergeDb } from '../types.ts';
import { changesOf } from '../log/write.ts';

type Merge = Pick<
  MergeDb,
  'merge' | 'merges' | 'takeBackMerge' | 'restoreMerge' | 'conflicts' | 'conflictNames' | 'incomingRecords'
>;
type Undone = ReturnType<MergeDb['takeBackMerge']>;

/** Ends the transaction of a preview, so that it is rolled back. */
class Preview extends Error {}

/** The union of this log with another, what it made of the two, and taking it back. */
export function createMerge(parts: MergeContext): Merge {
  const memory = new Memory(parts.mine);
  return {
    merge: (incoming, options) => merge(parts, memory, incoming, options),
    merges: () => guarded(() => memory.all().map((kept) => shown(parts.log, kept))),
    takeBackMerge: (id) => parts.writing(() => takeBack(parts, memory, id)),
    restoreMerge: (id) => parts.writing(() => restore(parts, memory, id)),
    conflicts: (only) => guarded(() => openConflicts(parts.log, parts.author.replica, only)),
    incomingRecords: (file, refused) => guarded(() => incomingRecords(parts.log, file, refused)),
    conflictNames: () => guarded(() => conflictNames(parts.log)),
  };
}

interface Merged<T> {
  readonly result: T;
  readonly merge: MadeMerge | null;
}

function merge<T>(parts: MergeContext, memory: Memory, incoming: Incoming, options: MergeOptions<T>): Merged<T> {
  if (!(incoming instanceof IncomingDatabase)) throw new TypeError('A log is opened by openForeign');
  const { log } = parts;
  assertMergeable(parts, incoming);
  let preview: Merged<T> | null = null;
  const use = (took: Took): Merged<T> => {
    const result = judged(log, parts.read, took, options.judge);
    if (options.dryRun) {
      preview = { result, merge: null };
      throw new Preview();
    }
    settleReplica(parts, took);
    return { result, merge: remember(parts, memory, took, options.from) };
  };
  try {
    return takeIncoming(log, incoming, options.watch, (work) => parts.writing(work), use);
  } catch (thrown) {
    if (thrown instanceof Preview && preview !== null) return preview;
    throw thrown;
  }
}

function assertMergeable({ log }: MergeContext, incoming: IncomingDatabase): void {
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
 * Commits of this replica that this folder did not write: it was copied or restored, and both went on. It never goes on
 * under that id.
 */
function settleReplica(parts: MergeContext, { landing }: Took): void {
  const { log, author } = parts;
  const replica = log.findReplica(author.replica, author.signer.key);
  if (replica === null) return;
  const sql = 'SELECT 1 FROM commit_ WHERE c > ? AND replica = ? LIMIT 1';
  if (log.store.value<number>(sql, landing.before.c, replica) !== undefined) parts.startReplica();
}

function remember(parts: MergeContext, memory: Memory, { taken, landing }: Took, from: string): MadeMerge | null {
  if (taken.added + taken.supplied === 0) return null;
  const { log } = parts;
  const kept: Kept = {
    id: randomBytes(8).toString('hex'),
    at: Math.floor(parts.now()),
    from,
    first: landing.before.c + 1,
    last: landing.before.c + taken.added,
    changes: landing.changes,
    people: [...new Set(peopleIn(log, landing.before.c).values())],
    back: null,
    restored: [],
    backs: [],
    commits: taken.added + taken.supplied,
  };
  memory.add(
    kept,
    landing.supplied.filter(([c]) => c < kept.first),
  );
  return shown(log, kept);
}

function takeBack(parts: MergeContext, memory: Memory, id: string): Undone {
  const { log } = parts;
  const kept = memory.get(id);
  if (shown(log, kept).takenBack !== null) throw new Fault('NOT_ALLOWED', 'This merge is already undone.');
  const { edits, left } = inverseOfMerge(log, kept, memory.suppliedBy(id));
  const changes = changesOf(log, edits);
  if (changes.length === 0) return { commit: null, left: [...left] };
  const commit = parts.append(`Undo merge from ${kept.from}`, changes);
  memory.put({ ...kept, back: commit.hash, backs: [...kept.backs, commit.hash], restored: [] });
  return { commit, left: [...left] };
}

function restore(parts: MergeContext, memory: Memory, id: string): Undone {
  const { log } = parts;
  const kept = memory.get(id);
  const { takenBack } = shown(log, kept);
  if (takenBack === null) throw new Fault('NOT_ALLOWED', 'This merge isn’t undone, so there’s nothing to restore.');
  const { edits, left } = inverseOfTaking(log, kept, takenBack);
  const changes = changesOf(log, edits);
  if (changes.length === 0) return { commit: null, left: [...left] };
  const commit = parts.append(`Restore merge from ${kept.from}`, changes);
  memory.put({ ...kept, restored: [...kept.restored, commit.hash], backs: [...kept.backs, commit.hash] });
  return { commit, left: [...left] };
}
