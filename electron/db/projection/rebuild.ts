import type { Log } from '../log/log.ts';
import { allFolded } from './all-folded.ts';
import { columnList, differing, writeConflicts, writeRow, type Folded, type Row } from './projection.ts';
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
  for (const { folded, stored } of besideStored(log)) {
    const { ent, kind, id } = folded;
    const columns: string[] = [];
    if (isEntity(kind)) {
      if (folded.row !== null) expected.set(kind, (expected.get(kind) ?? 0) + 1);
      columns.push(...differing(stored, folded.row));
    }
    if (folded.conflicts.join('\n') !== (conflicts.get(ent) ?? []).join('\n')) columns.push('conflict');
    conflicts.delete(ent);
    if (columns.length > 0) yield { entity: kind, id, ent, columns, folded };
  }
  for (const entity of ENTITIES) {
    const stored = log.store.value<number>(`SELECT count(*) FROM p_${entity}`) ?? 0;
    if (stored !== (expected.get(entity) ?? 0)) yield* strangers(log, entity);
  }
  for (const ent of conflicts.keys())
    yield { entity: 'conflict', id: String(ent), ent, columns: ['conflict'], folded: null };
}

/** Records compared at once: a query for each would take longer than folding it. */
const AT_ONCE = 500;

type Beside = { readonly folded: Folded & { ent: number }; readonly stored: Row | null };

/** Each record from the log, beside its stored row. */
function* besideStored(log: Log): Generator<Beside> {
  const readers = new Map<Entity, (ids: string) => Row[]>();
  const readerOf = (entity: Entity): ((ids: string) => Row[]) => {
    // Columns are qualified: json_each has columns `id`, `parent` and `value` of its own.
    const names = columnList(entity).replaceAll(/"\w+"/g, 'p.$&');
    const statement = log.store.sqlite.prepare<[string], Row>(
      `SELECT ${names} FROM json_each(?) i CROSS JOIN p_${entity} p ON p.id = i.value`,
    );
    return (ids) => statement.all(ids);
  };
  const pairs = (some: readonly (Folded & { ent: number })[]): Beside[] => {
    const stored = new Map<string, Row>();
    for (const [kind, ofKind] of Map.groupBy(some, (one) => one.kind)) {
      if (!isEntity(kind)) continue;
      const reader = readers.get(kind) ?? readerOf(kind);
      readers.set(kind, reader);
      for (const row of reader(JSON.stringify(ofKind.map((one) => one.id))))
        stored.set(`${kind} ${String(row['id'])}`, row);
    }
    return some.map((folded) => ({ folded, stored: stored.get(`${folded.kind} ${folded.id}`) ?? null }));
  };
  let some: (Folded & { ent: number })[] = [];
  for (const folded of allFolded(log)) {
    some.push(folded);
    if (some.length < AT_ONCE) continue;
    yield* pairs(some);
    some = [];
  }
  yield* pairs(some);
}

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
