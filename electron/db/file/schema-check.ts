import Database from 'better-sqlite3';
import { Fault } from '../../../shared/errors.ts';
import { makeSchema } from '../migrations.ts';
import { GENERATED_COLUMNS } from './schema.ts';
import { Store } from './store.ts';

interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

/**
 * Throws DAMAGED if the database has a table, index, view or trigger that Sourcebook did not write, or lacks one of its log. SQL that came with a file would run with every edit: a trigger can drop a row, a check can refuse it. Without a
 * trigger of ours the log could have been rewritten. Call it before anything else is read or written.
 */
export function assertOwnSchema(store: Store): void {
  const at = store.value<number>('PRAGMA user_version') ?? 0;
  const strange = strangeObject(store, at);
  if (strange === null) return;
  throw new Fault(
    'DAMAGED',
    `This project’s database wasn’t opened, because ${strange}. Nothing was changed. Restore a backup, or rebuild the project from its history.`,
    { schema: strange },
  );
}

/** Why the schema isn't ours, as a clause; null if it is. `version`: how many steps of the schema were applied. */
export function strangeObject(store: Store, version: number): string | null {
  const expected = logSchema(version);
  const seen = new Set<string>();
  for (const one of objectsOf(store)) {
    const key = keyOf(one);
    const known = expected.get(key);
    const isOurs = known === undefined ? isProjection(one) : known.sql === one.sql && known.tbl_name === one.tbl_name;
    if (!isOurs || seen.has(key)) return describe(one, known);
    seen.add(key);
  }
  const lost = [...expected.values()].find((one) => !seen.has(keyOf(one)));
  return lost === undefined ? null : `its ${lost.type} “${lost.name}” is missing`;
}

const objectsOf = (store: Store): SchemaObject[] =>
  store.all<SchemaObject>('SELECT type, name, tbl_name, sql FROM main.sqlite_schema');

const keyOf = ({ type, name }: SchemaObject): string => `${type} ${name}`;

const describe = ({ type, name }: SchemaObject, known: SchemaObject | undefined): string => {
  const shown = `${String(type).slice(0, 20)} “${String(name).slice(0, 60)}”`;
  return known === undefined
    ? `it has ${type === 'index' ? 'an' : 'a'} ${shown} that Sourcebook didn’t write`
    : `its ${shown} was altered`;
};

const COLUMN = `"?[A-Za-z0-9_]+"? (?:TEXT|INTEGER)`;
const TABLE = new RegExp(`^CREATE TABLE (p_[a-z]+)\\(id TEXT PRIMARY KEY NOT NULL((?:, ${COLUMN})*)\\) STRICT$`);
const INDEX =
  /^CREATE INDEX (p_[A-Za-z_0-9]+) ON (p_[a-z]+)\("?[A-Za-z0-9]+"?(?:, "?[A-Za-z0-9]+"?)*\)(?: WHERE [A-Za-z]+ (?:= 1|IS NOT NULL|IS NULL))?$/;

/**
 * Whether it is a projection's table or index, of this or another version of the program: plain columns, and no expression but
 * those of {@link GENERATED_COLUMNS}. Projections of another shape are made again from the log.
 */
function isProjection({ type, name, tbl_name: table, sql }: SchemaObject): boolean {
  if (sql === null) return type === 'index' && name === `sqlite_autoindex_${table}_1` && /^p_[a-z]+$/.test(table);
  if (type === 'index') {
    const [, index, on] = INDEX.exec(sql) ?? [];
    return index === name && on === table;
  }
  if (type !== 'table' || name !== table) return false;
  const plain = GENERATED_COLUMNS.reduce((text, column) => text.replace(`, ${column}`, ''), sql);
  return TABLE.exec(plain)?.[1] === name;
}

const schemas = new Map<number, ReadonlyMap<string, SchemaObject>>();

/** The schema of the log after so many steps, as SQLite stores it. */
function logSchema(version: number): ReadonlyMap<string, SchemaObject> {
  const known = schemas.get(version);
  if (known !== undefined) return known;
  const store = new Store(new Database(':memory:'));
  try {
    makeSchema(store, version);
    const made = new Map(objectsOf(store).map((one) => [keyOf(one), one]));
    schemas.set(version, made);
    return made;
  } finally {
    store.close();
  }
}
