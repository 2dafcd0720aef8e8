import { foldRecord, type FoldedRecord, type FieldChange } from '../../../shared/changes/fold.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import { idText, isIdText } from '../ids.ts';
import type { Log, FieldChangeRow } from '../log/log.ts';
import { kindsOf, isEntity } from '../../../shared/changes/fields.ts';
import { ENTITIES, type Entity, type FieldKind } from '../../../shared/changes/kinds.ts';
import type { SqlValue } from '../types.ts';

/** A UUID as canonical JSON. */
const REFERENCE = /^"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"$/;

/**
 * A log value as a column. A log can come from anyone: a value of the wrong kind is NULL in the projection and stays as it is in
 * the log.
 */
export function toColumn(kind: FieldKind, text: string): SqlValue {
  // Most values of a log are references, and one that is written like this means the same parsed.
  if (kind === 'ref' && REFERENCE.test(text)) return text.slice(1, -1);
  const value = parsed(text);
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? value : null;
    case 'int':
      return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
    case 'bool':
      return typeof value === 'boolean' ? Number(value) : null;
    case 'ref':
      return typeof value === 'string' && isIdText(value) ? value : null;
    case 'json':
      return value === null || value === undefined || isTooDeep(text) ? null : text;
  }
}

/** The same for a value that is canonical JSON: a value of many kilobytes need not be parsed to see that it is not null. */
export const canonicalToColumn = (kind: FieldKind, text: string): SqlValue =>
  kind === 'json' ? (text === 'null' || isTooDeep(text) ? null : text) : toColumn(kind, text);

/** Text nested deeper than this makes SQLite's JSON functions fail, and with them every query on the table that calls one. */
const SQLITE_DEPTH = 1000;
function isTooDeep(json: string): boolean {
  // Each level takes two brackets.
  if (json.length < 2 * SQLITE_DEPTH) return false;
  let depth = 0;
  let inText = false;
  for (let k = 0; k < json.length; k++) {
    const code = json.charCodeAt(k);
    if (inText) {
      if (code === BACKSLASH) k += 1;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      if (depth >= SQLITE_DEPTH) return true;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}
const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** A record as in its projection: every column but `createdAt`, in the registry's order. */
export type Row = Readonly<Record<string, SqlValue>>;

/** Sets some fields of one record, which may be new. `values` are canonical JSON. */
export function projectFields(
  log: Log,
  entity: Entity,
  id: Buffer,
  values: ReadonlyMap<string, string>,
  createdAt: number,
): void {
  const known = kindsOf(entity);
  const columns: string[] = [];
  const params: SqlValue[] = [idText(id), createdAt];
  for (const [name, value] of values) {
    const kind = known.get(name);
    if (kind === undefined) continue;
    columns.push(name);
    params.push(toColumn(kind, value));
  }
  log.store.run(upsertSql(entity, columns), ...params);
}

/**
 * Rows of new records of one entity: id, `createdAt`, then the fields that a record of this merge has had so far, each where it was
 * first asked for. Most entities have many more: a NULL that is passed to SQLite costs as much as an id, and a passage has 20 of them.
 */
export class NewRows {
  private readonly entity: Entity;
  private readonly columns = new Map<string, Column>();

  constructor(entity: Entity) {
    this.entity = entity;
  }

  /** How many values a row has now. It grows with each field that comes up for the first time. */
  get width(): number {
    return this.columns.size + 2;
  }
  /** The table with the columns of a row. */
  get into(): string {
    return `p_${this.entity}(${['id', 'createdAt', ...this.columns.keys()].map((name) => `"${name}"`).join(', ')})`;
  }
  /** A row without values. */
  empty(id: string): SqlValue[] {
    return this.filled([id]);
  }
  /** Adds a NULL for each column that was not there yet when the row was begun. */
  filled(row: SqlValue[]): SqlValue[] {
    while (row.length < this.width) row.push(null);
    return row;
  }
  /** The place of a field's column; null for a field that this version does not know. */
  column(field: string): Column | null {
    const known = this.columns.get(field);
    if (known !== undefined) return known;
    const kind = kindsOf(this.entity).get(field);
    if (kind === undefined) return null;
    const column = { at: this.width, kind };
    this.columns.set(field, column);
    return column;
  }
}

/** Where `createdAt` is in a row of {@link NewRows}. */
export const CREATED = 1;

/** A column of {@link NewRows}: where its field is in a row. */
interface Column {
  readonly at: number;
  readonly kind: FieldKind;
}

function upsertSql(entity: Entity, columns: readonly string[]): string {
  const names = columns.map((name) => `, "${name}"`).join('');
  const sets = columns.map((name) => `"${name}" = excluded."${name}"`).join(', ');
  const conflict = columns.length === 0 ? 'DO NOTHING' : `DO UPDATE SET ${sets}`;
  return `INSERT INTO p_${entity}(id, "createdAt"${names}) VALUES(?, ?${', ?'.repeat(columns.length)}) ON CONFLICT(id) ${conflict}`;
}

/** A record's current state from the log; the row is null for an entity this version does not know, or a record without values. */
export interface Folded {
  readonly kind: string;
  readonly id: string;
  readonly row: Row | null;
  /** `field c i` of every change in an open conflict, sorted. */
  readonly conflicts: readonly string[];
}

export function foldRows(log: Log, record: { kind: string; id: Buffer }, rows: readonly FieldChangeRow[]): Folded {
  const byName = new Map<string, FieldChange[]>();
  for (const change of rows) {
    const name = log.fieldName(change.field)?.name;
    if (name === undefined) continue;
    const list = byName.get(name);
    if (list === undefined) byName.set(name, [change]);
    else list.push(change);
  }
  const folded = foldRecord(byName, log.causality.saw);
  return {
    kind: record.kind,
    id: idText(record.id),
    row: isEntity(record.kind) && folded.fields.size > 0 ? rowOf(record.kind, idText(record.id), folded) : null,
    conflicts: conflictKeys(log, record.kind, folded),
  };
}

function rowOf(entity: Entity, id: string, folded: FoldedRecord): Row {
  const row: Record<string, SqlValue> = { id, createdAt: folded.createdAt };
  for (const [name, kind] of kindsOf(entity)) {
    const winner = folded.fields.get(name)?.winner;
    row[name] = winner === undefined ? null : toColumn(kind, winner.value);
  }
  return row;
}

function conflictKeys(log: Log, kind: string, folded: FoldedRecord): string[] {
  const keys: string[] = [];
  for (const [name, { conflict }] of folded.fields) {
    if (conflict.length === 0) continue;
    const field = log.findField(kind, name);
    for (const { c, i } of conflict) keys.push(`${field ?? 0} ${c} ${i}`);
  }
  return keys.sort();
}

export function writeRow(log: Log, entity: Entity, folded: Folded): void {
  if (folded.row === null) {
    log.store.run(`DELETE FROM p_${entity} WHERE id = ?`, folded.id);
    return;
  }
  const names = Object.keys(folded.row);
  const columns = names.map((name) => `"${name}"`).join(', ');
  log.store.run(
    `INSERT OR REPLACE INTO p_${entity}(${columns}) VALUES(${names.map(() => '?').join(', ')})`,
    ...Object.values(folded.row),
  );
}

/**
 * Sets the columns in which a stored row differs from the log. Only the indexes of those columns are written; replacing the row
 * writes all of them twice.
 */
export function updateRow(log: Log, entity: Entity, row: Row, columns: readonly string[]): void {
  const sets = columns.map((name) => `"${name}" = ?`).join(', ');
  const values = columns.map((name) => row[name] ?? null);
  log.store.run(`UPDATE p_${entity} SET ${sets} WHERE id = ?`, ...values, row['id'] ?? null);
}

export function writeConflicts(log: Log, ent: number, keys: readonly string[]): void {
  log.store.run('DELETE FROM conflict_ WHERE ent = ?', ent);
  for (const key of keys) {
    const [field = 0, c = 0, i = 0] = key.split(' ').map(Number);
    log.store.run('INSERT INTO conflict_(ent, field, c, i) VALUES(?,?,?,?)', ent, field, c, i);
  }
}

/** The stored row of a record, to compare it with the log. */
export function storedRow(log: Log, entity: Entity, id: string): Row | null {
  return log.store.get<Row>(STORED[entity], id) ?? null;
}
export const columnList = (entity: Entity): string =>
  ['id', ...kindsOf(entity).keys(), 'createdAt'].map((name) => `"${name}"`).join(', ');
/** Built once: building the text for each of a million records takes as long as reading them. */
const STORED = Object.fromEntries(
  ENTITIES.map((entity) => [entity, `SELECT ${columnList(entity)} FROM p_${entity} WHERE id = ?`]),
) as Record<Entity, string>;

/** The columns in which a stored row differs from the log. */
export function differing(stored: Row | null, wanted: Row | null): string[] {
  if (stored === null || wanted === null) return stored === wanted ? [] : ['id'];
  return Object.keys(wanted).filter((name) => stored[name] !== wanted[name]);
}
