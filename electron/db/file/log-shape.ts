import type { Store } from './store.ts';

interface TableShape {
  readonly columns: Readonly<Record<string, 'INTEGER' | 'TEXT' | 'BLOB'>>;
  /** Each list of columns has only one row for the same values: its primary key first. */
  readonly unique: readonly (readonly string[])[];
}

/**
 * What reading a log relies on, whichever version of the program wrote it. Not the SQL text of its tables: a later step of the
 * schema may add a column or an index, and an older file still has to open.
 */
const LOG_SHAPE: Readonly<Record<string, TableShape>> = {
  project_: { columns: { one: 'INTEGER', id: 'BLOB' }, unique: [['one']] },
  replica_: { columns: { replica: 'INTEGER', id: 'BLOB', key: 'BLOB' }, unique: [['replica'], ['id', 'key']] },
  field_: { columns: { field: 'INTEGER', entity: 'TEXT', name: 'TEXT' }, unique: [['field'], ['entity', 'name']] },
  entity_: { columns: { ent: 'INTEGER', kind: 'TEXT', id: 'BLOB' }, unique: [['ent'], ['id', 'kind']] },
  commit_: {
    columns: {
      c: 'INTEGER',
      hash: 'BLOB',
      kind: 'INTEGER',
      replica: 'INTEGER',
      clock: 'INTEGER',
      wall: 'INTEGER',
      own: 'INTEGER',
      others: 'BLOB',
      root: 'BLOB',
      sig: 'BLOB',
      seed: 'BLOB',
      label: 'TEXT',
    },
    unique: [['c'], ['hash']],
  },
  change_: {
    columns: { c: 'INTEGER', i: 'INTEGER', ent: 'INTEGER', field: 'INTEGER', value: 'TEXT' },
    unique: [['c', 'i']],
  },
  leaf_: { columns: { c: 'INTEGER', i: 'INTEGER', salt: 'BLOB', hash: 'BLOB' }, unique: [['c', 'i']] },
};

/**
 * The first table of a log from outside that cannot be read as ours; null if all can. Each must be an ordinary STRICT table
 * (no view, no virtual table) with the columns and unique keys above, compared byte by byte. None may have generated columns:
 * those would evaluate expressions that came with the file.
 */
export function unreadableTable(store: Store): string | null {
  return Object.keys(LOG_SHAPE).find((table) => !hasShape(store, table, LOG_SHAPE[table])) ?? null;
}

// PRAGMA statements, not the pragma_… functions: a table of that name in the file would be read instead.
function hasShape(store: Store, table: string, shape: TableShape | undefined): boolean {
  const [kind] = store.all<{ type: unknown; strict: unknown }>(`PRAGMA main.table_list(${table})`);
  const sql = store.value<unknown>("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", table);
  if (shape === undefined || kind?.type !== 'table' || kind.strict !== 1) return false;
  if (typeof sql !== 'string' || /collate/i.test(sql)) return false;
  const columns = store.all<{ name: string; type: unknown; hidden: unknown; pk: number }>(
    `PRAGMA main.table_xinfo(${table})`,
  );
  if (columns.some(({ hidden }) => hidden !== 0)) return false;
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  if (Object.entries(shape.columns).some(([name, type]) => types.get(name) !== type)) return false;
  const primary = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  const keys = [primary.map(({ name }) => name), ...uniqueIndexes(store, table)].map((names) => names.join(' '));
  return shape.unique.every((key) => keys.includes(key.join(' ')));
}

/** The columns of each UNIQUE or PRIMARY KEY that the table itself declares. */
function uniqueIndexes(store: Store, table: string): string[][] {
  return store
    .all<{ name: string; unique: number; origin: string }>(`PRAGMA main.index_list(${table})`)
    .filter(({ unique, origin }) => unique === 1 && origin !== 'c')
    .map(({ name }) =>
      store
        .all<{ name: string | null }>(`PRAGMA main.index_info("${name.replaceAll('"', '""')}")`)
        .map((column) => column.name ?? ''),
    );
}
