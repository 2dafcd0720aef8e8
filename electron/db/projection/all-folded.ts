import type { Log, FieldChangeRow } from '../log/log.ts';
import { foldRows, type Folded, type Row } from './projection.ts';
import { isEntity, kindsOf } from '../../../shared/changes/fields.ts';
import type { Entity } from '../../../shared/changes/kinds.ts';
import { idOfHex, idText } from '../ids.ts';
import type { SqlValue } from '../types.ts';
import { type CommitOf, SetOnce, type Stored } from './set-once.ts';

/** How many commits are cached: most records were created in the order of their numbers. */
const KEPT = 20_000;

/**
 * Records read at once: a query for each would take as long as all the folding. With more, their changes would outlive the
 * collections of young objects, which takes as long again.
 */
const AT_ONCE = 128;

// As text: a blob is an allocation that only the garbage collector frees.
const RECORDS = `SELECT ent, kind, lower(hex(id)) FROM entity_ WHERE ent > ? ORDER BY ent LIMIT ${AT_ONCE}`;
const CHANGES = 'SELECT ent, field, c, i, value FROM change_ WHERE ent BETWEEN ? AND ? ORDER BY ent';

/** A record, and where its changes are among those that were read. */
export interface RecordChanges {
  readonly ent: number;
  readonly kind: string;
  /** 16 bytes in hexadecimal; of any length in a damaged log. */
  readonly hex: string;
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** Streams every record of the log in the order of their numbers, some at once with all their changes. */
export function* recordsOf(log: Log): Generator<{ records: readonly RecordChanges[]; rows: readonly Stored[] }> {
  const { store } = log;
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const some = store.allRaw<[ent: number, kind: string, hex: string]>(RECORDS, after);
    const [first, last] = [some[0], some.at(-1)];
    if (first === undefined || last === undefined) return;
    const rows = store.allRaw<Stored>(CHANGES, first[0], last[0]);
    let at = 0;
    yield {
      rows,
      records: some.map(([ent, kind, hex]) => {
        // Changes of a record that a damaged log lacks.
        while ((rows[at]?.[0] ?? ent) < ent) at++;
        const from = at;
        while (rows[at]?.[0] === ent) at++;
        return { ent, kind, hex, id: idOfHex(hex), from, to: at };
      }),
    };
    after = last[0];
  }
}

/** Streams every record of the log, folded, in the order of their numbers. */
export function* allFolded(log: Log): Generator<Folded & { ent: number }> {
  const commitOf = commits(log);
  const once = new SetOnce(log, commitOf);
  for (const { records, rows } of recordsOf(log)) {
    commitOf.ahead(rows.map(([, , c]) => c));
    for (const { ent, kind, hex, from, to } of records) {
      const folded = foldOne(log, { kind, id: Buffer.from(hex, 'hex') }, rows, { from, to, once, commitOf });
      if (folded !== null) yield { ent, ...folded };
    }
  }
}

interface Reading {
  /** Null for a commit whose changes are not counted. */
  readonly commitOf: (c: number) => CommitOf | null;
  readonly recordOf: (ent: number) => Parameters<typeof foldRows>[1] | null;
}

/** Folds changes that come record by record. */
export function* foldGroups(
  log: Log,
  rows: readonly Stored[],
  { commitOf, recordOf }: Reading,
): Generator<Folded & { ent: number }> {
  const once = new SetOnce(log, commitOf);
  for (let from = 0, to = 0; from < rows.length; from = to) {
    const ent = rows[from]?.[0] ?? 0;
    while (rows[to]?.[0] === ent) to++;
    const record = recordOf(ent);
    const folded = record === null ? null : foldOne(log, record, rows, { from, to, once, commitOf });
    if (folded !== null) yield { ent, ...folded };
  }
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly once: SetOnce;
  readonly commitOf: (c: number) => CommitOf | null;
}

/** Null for a record without changes that count. */
function foldOne(
  log: Log,
  record: Parameters<typeof foldRows>[1],
  rows: readonly Stored[],
  { from, to, once, commitOf }: Place,
): Folded | null {
  const { kind } = record;
  const id = idText(record.id);
  const columns = isEntity(kind) ? once.columns(kind, id, rows, from, to) : null;
  if (columns !== null && isEntity(kind)) return { kind, id, row: rowOfColumns(kind, columns), conflicts: [] };
  return foldAnyRecord(log, record, rows.slice(from, to), commitOf);
}

/** Folds a record by the rules for any. Null if it has no changes that count. */
export function foldAnyRecord(
  log: Log,
  record: Parameters<typeof foldRows>[1],
  rows: readonly Stored[],
  commitOf: (c: number) => CommitOf | null,
): Folded | null {
  const changes = rows.flatMap(([, field, c, i, value]): FieldChangeRow[] => {
    const commit = commitOf(c);
    if (commit === null) return [];
    const { clock, hash, wall, chain, seq, vv } = commit;
    return [{ c, i, field, value, clock, hash, wall, chain, seq, vv }];
  });
  return changes.length === 0 ? null : foldRows(log, record, changes);
}

/** Reads commits, and caches those that were read last. */
export interface Commits {
  (c: number): CommitOf | null;
  /** Reads those that are asked for next, with one statement. */
  readonly ahead: (wanted: Iterable<number>) => void;
}

// The hash as text: a blob is an allocation that only the garbage collector frees.
const COMMIT = 'm.c, m.clock, hex(m.hash), m.wall, m.chain, m.seq, m.vv';
const ONE = `SELECT ${COMMIT} FROM commit_ m WHERE m.c = ?`;
const MANY = `SELECT ${COMMIT} FROM json_each(?) t CROSS JOIN commit_ m ON m.c = t.value`;
type Raw = readonly [c: number, clock: number, hash: string, wall: number, chain: number, seq: number, vv: number];

export function commits({ store }: Log): Commits {
  const kept = new Map<number, CommitOf | null>();
  const keep = (c: number, commit: CommitOf | null): void => {
    if (kept.size >= KEPT) kept.clear();
    kept.set(c, commit);
  };
  const read = (c: number): CommitOf | null => {
    const known = kept.get(c);
    if (known !== undefined) return known;
    const [row] = store.allRaw<Raw>(ONE, c);
    const commit = row === undefined ? null : commitIn(row);
    keep(c, commit);
    return commit;
  };
  const ahead = (wanted: Iterable<number>): void => {
    const missing = new Set<number>();
    for (const c of wanted) if (!kept.has(c)) missing.add(c);
    if (missing.size === 0) return;
    for (const row of store.allRaw<Raw>(MANY, JSON.stringify([...missing]))) keep(row[0], commitIn(row));
  };
  return Object.assign(read, { ahead });
}

const commitIn = ([, clock, hash, wall, chain, seq, vv]: Raw): CommitOf => ({
  clock,
  hash: Buffer.from(hash, 'hex'),
  wall,
  chain,
  seq,
  vv,
});

/** The row of a record's columns, which are in the order of {@link columnList}. */
export function rowOfColumns(entity: Entity, columns: readonly SqlValue[]): Row {
  const row: Record<string, SqlValue> = { id: columns[0] ?? null, createdAt: columns.at(-1) ?? null };
  let at = 1;
  for (const name of kindsOf(entity).keys()) row[name] = columns[at++] ?? null;
  return row;
}
