import type { CommitRow, Log } from '../log/log.ts';
import { STEP } from '../log/write.ts';
import { beyondBytes, type Header, HORIZON } from '../log/packet.ts';
import { idOfHex, idText } from '../ids.ts';
import {
  canonicalToColumn,
  CREATED,
  differing,
  NewRows,
  type Row,
  updateRow,
  writeConflicts,
  writeRow,
} from '../projection/projection.ts';
import { commits, foldAnyRecord, type RecordChanges, rowOfColumns } from '../projection/all-folded.ts';
import { storedRows } from '../projection/rebuild.ts';
import { RowBatch } from '../projection/row-batch.ts';
import type { Stored } from '../projection/set-once.ts';
import type { SqlValue } from '../types.ts';
import type { RecordName } from './incoming-rows.ts';
import { NumberMap } from './number-map.ts';
import { isEntity } from '../../../shared/changes/fields.ts';
import type { Entity } from '../../../shared/changes/kinds.ts';

/** What a merge did to a record. `same`: it looks as before. */
type How = 'added' | 'changed' | 'removed' | 'same';

/** The field of a record that a conflict is about. */
interface Contested {
  readonly ent: number;
  readonly field: number;
}

/** A record that was not here before, as a commit makes it. */
interface NewRecord {
  readonly rows: NewRows;
  readonly row: SqlValue[];
}

/** A field of one kind of record: its number, and where it is in a new row. */
export interface WrittenField {
  readonly number: number;
  /** Whether a change of this field is the step (undo, redo …) that its commit takes. */
  readonly isStep: boolean;
  readonly column: ReturnType<NewRows['column']>;
}

/**
 * Marks a new record whose row is written. A record of the commit being added has its place among them instead, counted from {@link
 * FIRST_PLACE}.
 */
const WRITTEN = 1;
const FIRST_PLACE = 2;

const COMMIT_ROW = 'commit_(c, hash, kind, replica, clock, wall, own, others, root, sig, seed, label, chain, seq, vv)';

/** How many records are folded with one statement. */
const AT_ONCE = 400;
/** SQL for records by their numbers: their names, their changes, and the changes that are in conflict. */
const NAMES = 'SELECT e.ent, e.kind, lower(hex(e.id)) FROM json_each(?) t CROSS JOIN entity_ e ON e.ent = t.value';
const CHANGES_OF =
  'SELECT h.ent, h.field, h.c, h.i, h.value FROM json_each(?) t CROSS JOIN change_ h ON h.ent = t.value';
const CONFLICTS_OF = `SELECT x.ent, x.field || ' ' || x.c || ' ' || x.i AS "key" FROM json_each(?) t CROSS JOIN conflict_ x ON x.ent = t.value`;

/** How many records are added with one statement; the remainder is added with the smaller numbers. */
const RECORDS = [64, 16, 4, 1] as const;
const ADD_RECORDS = new Map(
  RECORDS.map((n) => [
    n,
    `INSERT INTO entity_(kind, id) VALUES${Array<string>(n).fill('(?, unhex(?))').join(', ')} ON CONFLICT DO NOTHING`,
  ]),
);

/**
 * Writes checked commits into the log, inside the caller's transaction. What is derived from them is written later: tips and
 * heads once, at the end; a new record that one commit makes gets its row with that commit; every other record they change is
 * folded at the end from all its changes. The result equals a rebuild's, at a third of the cost.
 */
export class IncomingWriter {
  /** The last numbers of the log before the merge. */
  readonly before: { readonly c: number; readonly ent: number };
  /** Commit number and place of each change that was supplied to a commit that was here already. */
  readonly supplied: (readonly [number, number])[] = [];
  /** What the merge did to each record that was here before. */
  readonly outcomes = new Map<number, { readonly kind: Entity; readonly id: string; readonly how: How }>();
  /** The conflicts that the merge opened. */
  readonly opened: Contested[] = [];
  changes = 0;
  /** For each commit that the merge added, in order: how many changes it has, without its step. */
  readonly changesOfCommits: number[] = [];
  private readonly log: Log;
  private last: number;
  private readonly tips = new Map<number, number>();
  private readonly heads: Set<number>;
  private readonly toFold = new Set<number>();
  /**
   * New records by number, counted from the last old one: {@link WRITTEN}, or from 2 on the place among those of the commit being added.
   */
  private readonly places = new NumberMap();
  /** The new records of the commit being added, and their rows; null for a kind that this version does not know. */
  private readonly newEnts: number[] = [];
  private readonly newRecords: (NewRecord | null)[] = [];
  private readonly layouts = new Map<Entity, NewRows>();
  private readonly commitRows: RowBatch;
  private readonly changeRows: RowBatch;
  /** Reads commits, with a cache, since many changes belong to the same commits. */
  private readonly commitOf: ReturnType<typeof commits>;
  private readonly projections = new Map<NewRows, { readonly width: number; readonly batch: RowBatch }>();

  constructor(log: Log) {
    this.log = log;
    const { store } = log;
    this.last = store.value<number>('SELECT coalesce(max(c), 0) FROM commit_') ?? 0;
    this.before = { c: this.last, ent: store.value<number>('SELECT coalesce(max(ent), 0) FROM entity_') ?? 0 };
    this.heads = new Set(store.list<number>('SELECT c FROM head_'));
    this.commitRows = new RowBatch(store, COMMIT_ROW, 15);
    this.changeRows = new RowBatch(store, 'change_(c, i, ent, field, value)', 5);
    this.commitOf = commits(log);
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
    this.changesOfCommits.push(0);
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

  /** A commit by its hash, also one that was just added. */
  byHash(hash: Buffer): CommitRow | null {
    this.flush();
    return this.log.byHash(hash);
  }

  /** The number of a record, which is added if it is not here. */
  record({ kind, id }: RecordName): number {
    return this.log.recordNumber(kind, id);
  }

  /** The same for many records, most of which are not here: inserts first and looks up the rest. */
  records(names: readonly RecordName[]): number[] {
    const ents: number[] = [];
    while (ents.length < names.length) {
      const left = names.length - ents.length;
      const n = RECORDS.find((size) => size <= left) ?? 1;
      const some = names.slice(ents.length, ents.length + n);
      // As text: a blob is an allocation on both sides.
      const params = some.flatMap(({ kind, hex }): SqlValue[] => [kind, hex]);
      const { rows, last } = this.log.store.insert(ADD_RECORDS.get(n) ?? '', ...params);
      // Numbers rise by one. If some were here, each is looked up.
      for (const [at, name] of some.entries()) ents.push(rows === n ? last - n + 1 + at : this.record(name));
    }
    return ents;
  }

  /** Adds one change of the commit that was added last. `value` is canonical JSON. */
  change(c: number, i: number, ent: number, entity: string, id: Buffer, field: string, value: string): void {
    const written = this.field(entity, field);
    if (ent <= this.before.ent) {
      this.changeKnown(c, i, ent, written, value);
      return;
    }
    const record = this.newRecord(ent, entity, () => idText(id));
    this.changeNew(c, i, ent, written, value, record);
  }

  /** Looks up a field of a kind of record, which is numbered if it is new. */
  field(entity: string, name: string): WrittenField {
    const column = isEntity(entity) ? this.rowsOf(entity).column(name) : null;
    return { number: this.log.fieldNumber(entity, name), isStep: entity === STEP, column };
  }

  /**
   * The row that the commit added last makes of a new record. Null for a kind that this version does not know, and for a record that has
   * its row from an earlier commit: that one is folded.
   */
  newRecord(ent: number, kind: string, id: () => string): NewRecord | null {
    const place = this.places.get(ent - this.before.ent);
    if (place === WRITTEN) this.toFold.add(ent);
    if (place !== undefined) return this.newRecords[place - FIRST_PLACE] ?? null;
    const rows = isEntity(kind) ? this.rowsOf(kind) : null;
    const record = rows === null ? null : { rows, row: rows.empty(id()) };
    this.places.set(ent - this.before.ent, this.newRecords.push(record) - 1 + FIRST_PLACE);
    this.newEnts.push(ent);
    return record;
  }

  /** Like {@link change}, for a record that is new. */
  changeNew(
    c: number,
    i: number,
    ent: number,
    { number, isStep, column }: WrittenField,
    value: string,
    record: NewRecord | null,
  ): void {
    this.count(c, i, isStep);
    this.changeRows.addFive(c, i, ent, number, value);
    if (record === null || column === null) return;
    const { row, rows } = record;
    if (row.length <= column.at) rows.filled(row);
    row[column.at] = canonicalToColumn(column.kind, value);
  }

  /** Like {@link change}, for a record that was here before the merge. */
  changeKnown(c: number, i: number, ent: number, { number, isStep }: WrittenField, value: string): void {
    this.count(c, i, isStep);
    this.changeRows.addFive(c, i, ent, number, value);
    this.toFold.add(ent);
  }

  /** To be called after the last change of a commit. */
  endCommit(row: CommitRow): void {
    const { newEnts, newRecords } = this;
    for (const [at, ent] of newEnts.entries()) {
      this.places.set(ent - this.before.ent, WRITTEN);
      const record = newRecords[at] ?? null;
      if (record !== null) this.project(record, row.wall);
    }
    newEnts.length = 0;
    newRecords.length = 0;
  }

  private rowsOf(entity: Entity): NewRows {
    let rows = this.layouts.get(entity);
    if (rows === undefined) this.layouts.set(entity, (rows = new NewRows(entity)));
    return rows;
  }

  private project({ rows, row }: NewRecord, wall: number): void {
    const { width } = rows;
    let open = this.projections.get(rows);
    if (open?.width !== width) {
      open?.batch.flush();
      open = { width, batch: new RowBatch(this.log.store, rows.into, width, true) };
      this.projections.set(rows, open);
    }
    row[CREATED] = wall;
    open.batch.add(rows.filled(row));
  }

  /** Adds a change to a commit that was here already without it. */
  supply(c: number, i: number, ent: number, field: WrittenField, value: string): void {
    this.count(c, i, field.isStep);
    this.supplied.push([c, i]);
    this.log.putChange(c, i, ent, field.number, value);
    this.toFold.add(ent);
  }

  /** Only a commit's first change can be the step that it takes. */
  private count(c: number, i: number, isStep: boolean): void {
    this.changes++;
    const at = c - this.before.c - 1;
    const counted = this.changesOfCommits[at];
    if (counted !== undefined && !(isStep && i === 1)) this.changesOfCommits[at] = counted + 1;
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
    for (const { batch } of this.projections.values()) batch.flush();
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
    const records = store
      .allRaw<[ent: number, kind: string, hex: string]>(NAMES, list)
      .map(([ent, kind, hex]) => ({ ent, kind, hex, id: idOfHex(hex) }));
    const rows = store.allRaw<Stored>(CHANGES_OF, list);
    this.commitOf.ahead(rows.map(([, , c]) => c));
    const open = Map.groupBy(store.all<{ ent: number; key: string }>(CONFLICTS_OF, list), ({ ent }) => ent);
    const stored = storedRows(this.log, records);
    let at = 0;
    for (const [n, record] of records.entries()) {
      // Both in the order of the list.
      while ((rows[at]?.[0] ?? record.ent) < record.ent) at++;
      const from = at;
      while (rows[at]?.[0] === record.ent) at++;
      const keys = open.get(record.ent)?.map((one) => one.key) ?? [];
      this.foldOne(record, rows.slice(from, at), stored[n] ?? null, keys);
    }
  }

  private foldOne(
    { ent, kind, hex, id }: Pick<RecordChanges, 'ent' | 'kind' | 'hex' | 'id'>,
    rows: readonly Stored[],
    columns: readonly SqlValue[] | null,
    open: readonly string[],
  ): void {
    const none = { kind, id, row: null, conflicts: [] };
    const folded = foldAnyRecord(this.log, { kind, id: Buffer.from(hex, 'hex') }, rows, this.commitOf) ?? none;
    if (isEntity(kind)) {
      const stored = columns === null ? null : rowOfColumns(kind, columns);
      const differs = differing(stored, folded.row);
      if (differs.length > 0 && stored !== null && folded.row !== null) updateRow(this.log, kind, folded.row, differs);
      else if (differs.length > 0) writeRow(this.log, kind, folded);
      if (ent <= this.before.ent)
        this.outcomes.set(ent, { kind, id, how: howOf(isLive(stored), isLive(folded.row), differs.length > 0) });
    }
    if (folded.conflicts.join('\n') === open.toSorted().join('\n')) return;
    writeConflicts(this.log, ent, folded.conflicts);
    const was = fieldsIn(open);
    for (const field of fieldsIn(folded.conflicts)) if (!was.has(field)) this.opened.push({ ent, field });
  }
}

const fieldsIn = (keys: readonly string[]): ReadonlySet<number> =>
  new Set(keys.map((key) => Number(key.slice(0, key.indexOf(' ')))));

const isLive = (row: Row | null): boolean => row !== null && row['deleted'] !== 1;

function howOf(was: boolean, is: boolean, differs: boolean): How {
  if (was && !is) return 'removed';
  if (!was && is) return 'added';
  return differs && is ? 'changed' : 'same';
}
