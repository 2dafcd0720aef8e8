import { randomBytes } from 'node:crypto';
import type { Inverse, InverseEdit } from '../../../shared/changes/inverse.ts';
import { Fault } from '../../../shared/errors.ts';
import { type CommitHash, commitHash, personId, type PersonId } from '../../../shared/model/index.ts';
import { guarded } from '../faults.ts';
import { idText, personOfKey, idTextSql } from '../ids.ts';
import { conflictNames, openConflicts, conflictId } from '../log/conflicts.ts';
import { withSteps, inEffect } from '../log/steps.ts';
import type { Log, FieldChangeRow } from '../log/log.ts';
import type { OpenLog } from '../log/open-log.ts';
import { inverseOfAll } from '../log/undo.ts';
import { changesOf } from '../log/write.ts';
import type { Incoming, MergeDb, MergeOptions, IncomingChanges, Readable } from '../types.ts';
import { IncomingDatabase } from './incoming.ts';
import { incomingRecords } from './incoming-records.ts';
import type { PastMerge } from './past-merge.ts';
import { takeIncoming, type UnionResult } from './take-incoming.ts';
import { z } from 'zod';
import type { Entity } from '../../../shared/changes/kinds.ts';
import type { Local } from '../file/local.ts';
import { toCommitHash } from '../log/history.ts';
import { isEntity } from '../../../shared/changes/fields.ts';
import { RowBatch } from '../projection/row-batch.ts';

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

/** A merge as this folder stores it. The merged commits are given by their local numbers, which never change in a folder. */
const storedMerge = z.object({
  id: z.string(),
  at: z.number(),
  from: z.string(),
  /** The first and last number of the new commits. */
  first: z.number(),
  last: z.number(),
  commits: z.number(),
  changes: z.number(),
  people: z.array(personId),
  /** The commit that undid it last, and those that restored it since. */
  back: commitHash.nullable(),
  restored: z.array(commitHash),
  /** Every commit that ever undid or restored it. */
  backs: z.array(commitHash),
  /** The person who merged; null for merges of earlier versions. */
  by: personId.nullable().default(null),
});
type StoredMerge = z.infer<typeof storedMerge>;
const pairs = z.array(z.tuple([z.number(), z.number()]));
const ids = z.array(z.string());

const LIST = 'merges';
/** The key of the list of merges that are one commit made here: sources added from another project. */
const OWN = 'merges made as one commit';
const suppliedKey = (id: string): string => `merge ${id} supplied`;

/** SQL: for each record, the first commit here that changed it. */
const FIRST = `SELECT i.value AS id, min(h.c) AS c FROM json_each($ids) i
  CROSS JOIN entity_ e ON e.id = unhex(replace(i.value, '-', '')) AND e.kind = $entity
  CROSS JOIN change_ h ON h.ent = e.ent GROUP BY i.value`;

/** The merges made in this folder. The list is local, never in the log, and written in the same transaction as the merge. */
class MergeHistory {
  private readonly local: Local;

  constructor(local: Local) {
    this.local = local;
  }

  /** Newest first. */
  private all(): StoredMerge[] {
    return z.array(storedMerge).parse(this.local.view(LIST) ?? []);
  }
  /** Newest first. A merge that is a single commit made here is left out while that commit is undone. */
  list(log: Log): PastMerge[] {
    const own = new Set(this.own());
    return this.all()
      .map((one) => toPastMerge(log, one))
      .filter(({ id, last }) => !own.has(id) || last === null || inEffect(log, last));
  }
  private own(): string[] {
    return ids.parse(this.local.view(OWN) ?? []);
  }
  /** NOT_FOUND where this folder knows no such merge. */
  get(id: string): StoredMerge {
    const found = this.all().find((one) => one.id === id);
    if (found === undefined)
      throw new Fault('NOT_FOUND', 'No such merge in this project folder. Choose one from the merge history.', { id });
    return found;
  }
  /** `supplied`: commit and place of each change whose commit was here before without it. */
  add(one: StoredMerge, supplied: readonly (readonly [number, number])[]): void {
    this.local.setView(LIST, [one, ...this.all()]);
    if (supplied.length > 0) this.local.setView(suppliedKey(one.id), supplied);
  }
  /** Lists a commit made here as a merge, so that it can be undone and restored like one, whatever was written since. */
  addCommit({ log, author, now }: Pick<OpenLog, 'log' | 'author' | 'now'>, hash: CommitHash, from: string): PastMerge {
    const row = log.byHash(Buffer.from(hash, 'hex'));
    if (row === null) throw new TypeError('Only a commit of this log can be listed as a merge');
    const stored = {
      id: randomBytes(8).toString('hex'),
      at: Math.floor(now()),
      from,
      first: row.c,
      last: row.c,
      commits: 1,
      changes: log.store.value<number>('SELECT count(*) FROM change_ WHERE c = ?', row.c) ?? 0,
      people: [personOfKey(author.signer.key)],
      back: null,
      restored: [],
      by: personOfKey(author.signer.key),
      // The commit itself, so that an undo of it and a redo count as part of the merge, not as later work.
      backs: [hash],
    };
    this.add(stored, []);
    this.local.setView(OWN, [...this.own(), stored.id]);
    return toPastMerge(log, stored);
  }
  replace(one: StoredMerge): void {
    this.local.setView(
      LIST,
      this.all().map((other) => (other.id === one.id ? one : other)),
    );
  }
  /** See MergeDb.mergesOf. */
  mergesOf(log: Log, entity: Entity, ids: readonly string[]): ReturnType<MergeDb['mergesOf']> {
    const all = this.all();
    if (all.length === 0) return new Map();
    const supplied = new Map(
      all.map(({ id }) => [id, new Set([...this.suppliedBy(id)].map((one) => one.split(' ')[0]))]),
    );
    const rows = log.store.allNamed<{ id: string; c: number }>(FIRST, { entity, ids: JSON.stringify(ids) });
    return new Map(
      rows.flatMap(({ id, c }) => {
        const merge = all.find(
          (one) => (one.first <= c && c <= one.last) || supplied.get(one.id)?.has(String(c)) === true,
        );
        return merge === undefined ? [] : [[id, toPastMerge(log, merge)] as const];
      }),
    );
  }
  /** The changes that a merge supplied, named as `commit place`. */
  suppliedBy(id: string): ReadonlySet<string> {
    return new Set(pairs.parse(this.local.view(suppliedKey(id)) ?? []).map(([c, i]) => `${c} ${i}`));
  }
}

/** Whether a merge is undone is read from the log, since undoing it can itself be undone. */
function toPastMerge(log: Log, stored: StoredMerge): PastMerge {
  const { id, at, from, commits, changes, people, by, back, restored } = stored;
  const isUndone = back !== null && inEffect(log, back) && !restored.some((hash) => inEffect(log, hash));
  const last =
    stored.last < stored.first
      ? undefined
      : log.store.value<Buffer>('SELECT hash FROM commit_ WHERE c = ?', stored.last);
  return {
    id,
    at,
    from,
    commits,
    changes,
    people,
    by,
    last: last === undefined ? null : toCommitHash(last),
    undoneBy: isUndone ? back : null,
  };
}

const COMMITS = `CREATE TEMP TABLE incoming_commit(c INTEGER PRIMARY KEY, hash TEXT NOT NULL, person TEXT NOT NULL, "key" TEXT NOT NULL, at INTEGER NOT NULL,
  clock INTEGER NOT NULL, label TEXT NOT NULL, changes INTEGER NOT NULL) STRICT`;
const RECORDS = `CREATE TEMP TABLE incoming_record(entity TEXT NOT NULL, id TEXT NOT NULL, how TEXT NOT NULL, ent INTEGER NOT NULL, PRIMARY KEY(entity, id)) STRICT, WITHOUT ROWID`;
const PEOPLE =
  'CREATE TEMP TABLE incoming_person(replica INTEGER PRIMARY KEY, person TEXT NOT NULL, "key" TEXT NOT NULL) STRICT';
const TABLES = ['incoming_commit', 'incoming_record', 'incoming_person'];

/** Runs `judge` on what a union has just added. Temporary tables list the new commits and the changed records. */
function withIncomingTables<T>(
  log: Log,
  read: Readable,
  union: UnionResult,
  judge: (changes: IncomingChanges) => T,
): T {
  const { store } = log;
  for (const sql of [COMMITS, RECORDS, PEOPLE]) store.exec(sql);
  try {
    fillCommits(log, union);
    fillRecords(log, union);
    const { added, known, supplied, rejected } = union.taken;
    return judge({ added, known, supplied, rejected, read, conflicts: namesOf(log, union) });
  } finally {
    for (const table of TABLES) store.exec(`DROP TABLE temp.${table}`);
  }
}

/** The person of each replica that has commits after number `after`. */
const peopleIn = (log: Log, after: number): PersonId[] => replicasIn(log, after).map(({ person }) => person);

function replicasIn(log: Log, after: number): { replica: number; person: PersonId; key: string }[] {
  const rows = log.store.all<{ replica: number; key: Buffer }>(
    'SELECT replica, "key" FROM replica_ WHERE replica IN (SELECT replica FROM commit_ WHERE c > ?)',
    after,
  );
  return rows.map(({ replica, key }) => ({ replica, person: personOfKey(key), key: key.toString('hex') }));
}

/** The writer has counted the changes of each commit: counting them in the log took half of this, a fiftieth of a large merge. */
function fillCommits(log: Log, { writer }: UnionResult): void {
  const { store } = log;
  const { c } = writer.before;
  for (const { replica, person, key } of replicasIn(log, c))
    store.run('INSERT INTO incoming_person(replica, person, "key") VALUES(?, ?, ?)', replica, person, key);
  store.run(
    `INSERT INTO incoming_commit(c, hash, person, "key", at, clock, label, changes)
     SELECT m.c, lower(hex(m.hash)), w.person, w."key", m.wall, m.clock,
       CASE WHEN json_valid(m.label) AND json_type(m.label) = 'text' THEN m.label ->> '$' ELSE '' END, n.value
     FROM json_each(?) n CROSS JOIN commit_ m ON m.c = n.key + ? CROSS JOIN incoming_person w ON w.replica = m.replica`,
    JSON.stringify(writer.changesOfCommits),
    c + 1,
  );
}

const RECORD = 'incoming_record(entity, id, how, ent)';

function fillRecords(log: Log, { writer }: UnionResult): void {
  const { store } = log;
  const rows = new RowBatch(store, RECORD, 4);
  for (const [ent, { kind, id, how }] of writer.outcomes) rows.add([kind, id, how, ent]);
  rows.flush();
  // A new record that is already removed changes nothing that people see.
  const kinds = store.list<string>('SELECT DISTINCT kind FROM entity_ WHERE ent > ?', writer.before.ent);
  for (const entity of kinds.filter(isEntity)) {
    store.run(
      `INSERT INTO ${RECORD}
       SELECT e.kind, p.id, iif(p.deleted = 1, 'same', 'added'), e.ent FROM entity_ e
         JOIN p_${entity} p ON p.id = ${idTextSql('e.id')} WHERE e.ent > ? AND e.kind = '${entity}'`,
      writer.before.ent,
    );
  }
}

function namesOf(log: Log, { writer }: UnionResult): string[] {
  return writer.opened.flatMap(({ ent, field }) => {
    const record = log.record(ent);
    const name = log.fieldName(field)?.name;
    return record === null || name === undefined ? [] : [conflictId(record.kind, idText(record.id), name)];
  });
}
