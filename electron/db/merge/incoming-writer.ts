import type { CommitRow, Log, FieldChangeRow } from '../log/log.ts';
import { beyondBytes, type Header, HORIZON } from '../log/packet.ts';
import { idText } from '../ids.ts';
import {
  differing,
  foldRows,
  newRow,
  storedRow,
  tableWithColumns,
  writeConflicts,
  writeRow,
} from '../projection/projection.ts';
import { RowBatch } from '../projection/row-batch.ts';
import { kindsOf, isEntity } from '../../../shared/changes/fields.ts';
import type { Entity } from '../../../shared/changes/kinds.ts';

/** What a merge did to a record. `same`: it looks as before. */
type How = 'added' | 'changed' | 'removed' | 'same';

/** The field of a record that a conflict is about. */
interface Contested {
  readonly ent: number;
  readonly field: number;
}

/** The values that a commit gives to a record that was not here before. */
interface NewRecord {
  readonly entity: string;
  readonly id: Buffer;
  readonly values: Map<string, string>;
}

const COMMIT_ROW = 'commit_(c, hash, kind, replica, clock, wall, own, others, root, sig, seed, label, chain, seq, vv)';

/** So many records are folded with one statement. */
const AT_ONCE = 400;

/**
 * Writes checked commits into the log, inside the caller's transaction. What is derived from them is written later: tips and
 * heads once, at the end; a new record that one commit makes gets its row with that commit; every other record they change is
 * folded at the end from all its changes. The result equals a rebuild's, at a third of the cost.
 */
export class IncomingWriter {
  /** The last numbers of the log before the merge. */
  readonly before: { readonly c: number; readonly ent: number };
  /** Commit and place of each change whose commit was here before without it. */
  readonly supplied: (readonly [number, number])[] = [];
  /** What the merge did to each record that was here before. */
  readonly outcomes = new Map<number, How>();
  /** The conflicts it opened. */
  readonly opened: Contested[] = [];
  changes = 0;
  private readonly log: Log;
  private last: number;
  private readonly tips = new Map<number, number>();
  private readonly heads: Set<number>;
  private readonly toFold = new Set<number>();
  /** New records that have their row, from one commit. */
  private readonly projected = new Set<number>();
  /** Of the commit that is being added. */
  private newRecords = new Map<number, NewRecord>();
  private readonly commitRows: RowBatch;
  private readonly changeRows: RowBatch;
  private readonly projections = new Map<Entity, RowBatch>();

  constructor(log: Log) {
    this.log = log;
    const { store } = log;
    this.last = store.value<number>('SELECT coalesce(max(c), 0) FROM commit_') ?? 0;
    this.before = { c: this.last, ent: store.value<number>('SELECT coalesce(max(ent), 0) FROM entity_') ?? 0 };
    this.heads = new Set(store.list<number>('SELECT c FROM head_'));
    this.commitRows = new RowBatch(store, COMMIT_ROW, 15);
    this.changeRows = new RowBatch(store, 'change_(c, i, ent, field, value)', 5);
  }

  /** Adds a commit whose parents are here, or the horizon of an empty log. Its changes follow, then {@link endCommit}. */
  commit(
    h: Header,
    hash: Buffer,
    sig: Buffer,
    own: CommitRow | null,
    others: readonly CommitRow[],
    body: { readonly seed: Buffer | null; readonly label: string | null },
  ): CommitRow {
    const replica = own?.replica ?? this.log.replicaNumber(h.replica, h.key);
    const place = this.log.causality.place(own, others, replica, this.tips);
    const c = ++this.last;
    const begins = own === null && others.length === 0 && h.kind === HORIZON;
    const beyond = begins ? beyondBytes(h) : h.others.length > 0 ? Buffer.concat(h.others) : null;
    this.commitRows.add([
      c,
      hash,
      h.kind,
      replica,
      h.clock,
      h.wall,
      own?.c ?? null,
      beyond,
      h.root,
      sig,
      body.seed,
      body.label,
      place.chain,
      place.seq,
      place.vv,
    ]);
    this.tips.set(place.chain, c);
    if (own !== null) this.heads.delete(own.c);
    for (const other of others) this.heads.delete(other.c);
    this.heads.add(c);
    return { c, hash, replica, clock: h.clock, wall: h.wall, ...place };
  }

  /** A commit by its hash, those just added included. */
  byHash(hash: Buffer): CommitRow | null {
    this.flush();
    return this.log.byHash(hash);
  }

  /** The number of a record. It tries to insert first: most records of a merge are new. */
  record(kind: string, id: Buffer): number {
    const inserted = this.log.store.insert(
      'INSERT INTO entity_(kind, id) VALUES(?, ?) ON CONFLICT DO NOTHING',
      kind,
      id,
    );
    return inserted ?? this.log.recordNumber(kind, id);
  }

  /** Adds one change of the commit that was added last. */
  change(c: number, i: number, ent: number, entity: string, id: Buffer, field: string, value: string): void {
    if (ent <= this.before.ent) {
      this.changeKnown(c, i, ent, entity, field, value);
      return;
    }
    this.changes++;
    this.changeRows.add([c, i, ent, this.log.fieldNumber(entity, field), value]);
    const known = this.newRecords.get(ent);
    if (known === undefined) this.newRecords.set(ent, { entity, id, values: new Map([[field, value]]) });
    else known.values.set(field, value);
  }

  /** The same for a record that was here before the merge. */
  changeKnown(c: number, i: number, ent: number, entity: string, field: string, value: string): void {
    this.changes++;
    this.changeRows.add([c, i, ent, this.log.fieldNumber(entity, field), value]);
    this.toFold.add(ent);
  }

  /** To be called after the last change of a commit. */
  endCommit(row: CommitRow): void {
    for (const [ent, { entity, id, values }] of this.newRecords) {
      if (this.projected.has(ent)) this.toFold.add(ent);
      else {
        this.projected.add(ent);
        if (isEntity(entity)) this.project(entity, id, values, row.wall);
      }
    }
    // A new map: a cleared one keeps its old tables until a full garbage collection, 60 MB in a large merge.
    this.newRecords = new Map();
  }

  private project(entity: Entity, id: Buffer, values: ReadonlyMap<string, string>, wall: number): void {
    let batch = this.projections.get(entity);
    if (batch === undefined) {
      batch = new RowBatch(this.log.store, tableWithColumns(entity), kindsOf(entity).size + 2, true);
      this.projections.set(entity, batch);
    }
    batch.add(newRow(entity, id, values, wall));
  }

  /** Adds a change whose commit was here before without it. */
  supply(c: number, i: number, ent: number, field: number, value: string): void {
    this.changes++;
    this.supplied.push([c, i]);
    this.log.putChange(c, i, ent, field, value);
    this.toFold.add(ent);
  }

  /** Writes the commits and changes still in memory. To be called before they are read. */
  flush(): void {
    this.commitRows.flush();
    this.changeRows.flush();
  }

  /** Writes everything derived. `step` is called now and then with how many records are folded, and how many there are. */
  finish(step: (done: number, total: number) => void): void {
    const { store } = this.log;
    this.flush();
    for (const batch of this.projections.values()) batch.flush();
    for (const [chain, c] of this.tips) store.run('UPDATE chain_ SET tip = ? WHERE chain = ?', c, chain);
    store.run('DELETE FROM head_');
    for (const c of [...this.heads].sort((a, b) => a - b)) store.run('INSERT INTO head_(c) VALUES(?)', c);
    const ents = [...this.toFold].sort((a, b) => a - b);
    for (let from = 0; from < ents.length; from += AT_ONCE) {
      step(from, ents.length);
      this.fold(ents.slice(from, from + AT_ONCE));
    }
  }

  private fold(ents: readonly number[]): void {
    const { store } = this.log;
    const list = JSON.stringify(ents);
    const changes = grouped(
      store.all<FieldChangeRow & { ent: number }>(
        `SELECT h.ent, h.c, h.i, h.field, h.value, m.clock, m.hash, m.wall, m.chain, m.seq, m.vv
           FROM json_each(?) t CROSS JOIN change_ h ON h.ent = t.value CROSS JOIN commit_ m ON m.c = h.c`,
        list,
      ),
    );
    const open = grouped(
      store.all<{ ent: number; key: string }>(
        `SELECT x.ent, x.field || ' ' || x.c || ' ' || x.i AS "key" FROM json_each(?) t CROSS JOIN conflict_ x ON x.ent = t.value`,
        list,
      ),
    );
    for (const ent of ents) this.foldOne(ent, changes.get(ent) ?? [], open.get(ent)?.map((one) => one.key) ?? []);
  }

  private foldOne(ent: number, changes: readonly FieldChangeRow[], open: readonly string[]): void {
    const record = this.log.record(ent);
    if (record === null) return;
    const { kind, id } = record;
    const folded = foldRows(this.log, record, changes);
    if (isEntity(kind)) {
      const stored = storedRow(this.log, kind, idText(id));
      const differs = differing(stored, folded.row).length > 0;
      if (differs) writeRow(this.log, kind, folded);
      if (ent <= this.before.ent) this.outcomes.set(ent, howOf(isLive(stored), isLive(folded.row), differs));
    }
    if (folded.conflicts.join('\n') === open.toSorted().join('\n')) return;
    writeConflicts(this.log, ent, folded.conflicts);
    const was = fieldsIn(open);
    for (const field of fieldsIn(folded.conflicts)) if (!was.has(field)) this.opened.push({ ent, field });
  }
}

const fieldsIn = (keys: readonly string[]): ReadonlySet<number> =>
  new Set(keys.map((key) => Number(key.slice(0, key.indexOf(' ')))));

type Stored = ReturnType<typeof storedRow>;
const isLive = (row: Stored): boolean => row !== null && row['deleted'] !== 1;

function howOf(was: boolean, is: boolean, differs: boolean): How {
  if (was && !is) return 'removed';
  if (!was && is) return 'added';
  return differs && is ? 'changed' : 'same';
}

function grouped<T extends { readonly ent: number }>(rows: readonly T[]): Map<number, T[]> {
  const out = new Map<number, T[]>();
  for (const row of rows) {
    const list = out.get(row.ent);
    if (list === undefined) out.set(row.ent, [row]);
    else list.push(row);
  }
  return out;
}
