import type { Log } from '../log/log.ts';
import type { SqlValue } from '../types.ts';
import { commits, foldAnyRecord, type RecordChanges, recordsOf, rowOfColumns } from './all-folded.ts';
import { columnList, differing, writeConflicts, writeRow, type Folded } from './projection.ts';
import { SetOnce } from './set-once.ts';
import { isEntity } from '../../../shared/changes/fields.ts';
import { ENTITIES, type Entity } from '../../../shared/changes/kinds.ts';

export interface Difference {
  readonly entity: string;
  readonly id: string;
  readonly ent: number | null;
  /** Columns that differ; `id` if the row is missing or should not exist; `conflict` for its open conflicts. */
  readonly columns: readonly string[];
  /** The record from the log; null for a row that the log does not have. */
  readonly folded: Folded | null;
}

/** Every record whose projection or conflicts differ from the log. One pass over the log. */
export function* differences(log: Log): Generator<Difference> {
  const expected = new Map<string, number>();
  const conflicts = conflictsByRecord(log);
  const commitOf = commits(log);
  const once = new SetOnce(log, commitOf);
  for (const { records, rows } of recordsOf(log)) {
    const stored = storedRows(log, records);
    commitOf.ahead(rows.map(([, , c]) => c));
    for (const [at, { ent, kind, hex, id, from, to }] of records.entries()) {
      const row = stored[at] ?? null;
      const columns = isEntity(kind) ? once.columns(kind, id, rows, from, to) : null;
      if (columns !== null && row !== null && !conflicts.has(ent) && isSame(row, columns)) {
        expected.set(kind, (expected.get(kind) ?? 0) + 1);
        continue;
      }
      const folded = foldAnyRecord(log, { kind, id: Buffer.from(hex, 'hex') }, rows.slice(from, to), commitOf);
      if (folded === null) continue;
      if (folded.row !== null) expected.set(kind, (expected.get(kind) ?? 0) + 1);
      const differ = isEntity(kind) ? differing(row && rowOfColumns(kind, row), folded.row) : [];
      if (folded.conflicts.join('\n') !== (conflicts.get(ent) ?? []).join('\n')) differ.push('conflict');
      conflicts.delete(ent);
      if (differ.length > 0) yield { entity: kind, id, ent, columns: differ, folded };
    }
  }
  for (const entity of ENTITIES) {
    const count = log.store.value<number>(`SELECT count(*) FROM p_${entity}`) ?? 0;
    if (count !== (expected.get(entity) ?? 0)) yield* strangers(log, entity);
  }
  for (const ent of conflicts.keys())
    yield { entity: 'conflict', id: String(ent), ent, columns: ['conflict'], folded: null };
}
/** SQL by entity: the rows of many ids at once, since a query for each would take longer than folding it. */
const STORED = Object.fromEntries(
  ENTITIES.map((entity) => {
    // Columns are qualified: json_each has columns `id`, `parent` and `value` of its own.
    const names = columnList(entity).replaceAll(/"\w+"/g, 'p.$&');
    return [entity, `SELECT ${names} FROM json_each(?) i CROSS JOIN p_${entity} p ON p.id = i.value`];
  }),
) as Record<Entity, string>;

/** The stored rows of some records, in their order, with columns in the order of {@link columnList}; null for a record without a row. */
export function storedRows(
  { store }: Log,
  records: readonly Pick<RecordChanges, 'kind' | 'id'>[],
): (SqlValue[] | null)[] {
  const found = new Map<string, Map<SqlValue, SqlValue[]>>();
  for (const [kind, ofKind] of Map.groupBy(records, (one) => one.kind)) {
    if (!isEntity(kind)) continue;
    const rows = store.allRaw<SqlValue[]>(STORED[kind], JSON.stringify(ofKind.map((one) => one.id)));
    found.set(kind, new Map(rows.map((row) => [row[0] ?? null, row])));
  }
  return records.map(({ kind, id }) => found.get(kind)?.get(id) ?? null);
}

const isSame = (a: readonly SqlValue[], b: readonly SqlValue[]): boolean => b.every((value, at) => a[at] === value);

function* strangers(log: Log, entity: string): Generator<Difference> {
  const ids = log.store.list<string>(
    `SELECT p.id FROM p_${entity} p WHERE NOT EXISTS (SELECT 1 FROM entity_ e JOIN change_ h ON h.ent = e.ent
       WHERE e.kind = ? AND e.id = unhex(replace(p.id, '-', '')))`,
    entity,
  );
  for (const id of ids) yield { entity, id, ent: null, columns: ['id'], folded: null };
}

function conflictsByRecord(log: Log): Map<number, string[]> {
  const out = new Map<number, string[]>();
  for (const { ent, key } of log.store.all<{ ent: number; key: string }>(
    "SELECT ent, field || ' ' || c || ' ' || i AS \"key\" FROM conflict_",
  )) {
    const list = out.get(ent);
    if (list === undefined) out.set(ent, [key]);
    else list.push(key);
  }
  for (const list of out.values()) list.sort();
  return out;
}

/** Makes projections and conflicts again from the log; returns how many records differed. */
export function rebuildProjections(log: Log): number {
  return log.store.transaction(() => {
    const found = [...differences(log)];
    for (const { entity, id, ent, folded } of found) {
      if (folded === null && isEntity(entity)) log.store.run(`DELETE FROM p_${entity} WHERE id = ?`, id);
      if (folded !== null && isEntity(entity)) writeRow(log, entity, folded);
      if (ent !== null) writeConflicts(log, ent, folded?.conflicts ?? []);
    }
    return found.length;
  });
}
