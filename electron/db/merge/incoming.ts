import { constants, copyFileSync, existsSync, lstatSync, mkdtempSync, rmSync, statSync, type Stats } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { type Json, parsed } from '../../../shared/changes/canonical.ts';
import { fieldsWith } from '../../../shared/changes/fields.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import { guarded, locked } from '../faults.ts';
import { harden, newer, notAProject, peek, writesAhead } from '../file/connect.ts';
import { APPLICATION_ID } from '../file/schema.ts';
import { Store } from '../file/store.ts';
import { idText } from '../ids.ts';
import type { Packet } from '../log/packet.ts';
import { MIGRATIONS } from '../migrations.ts';
import type { Incoming } from '../types.ts';
import { IncomingRows } from './incoming-rows.ts';
import { damaged } from './incoming-values.ts';

/** A database from outside, from which only packets are read. */
export interface IncomingLog extends Incoming {
  /**
   * Streams the commits in their own order; each call starts again. Throws DAMAGED at the first row that no log of Sourcebook could hold.
   */
  packets(): Iterable<Packet>;
}

/** An incoming log that a union reads row by row while a worker checks it. */
export class IncomingDatabase implements IncomingLog {
  readonly project: string;
  readonly commits: number;
  readonly horizon: CommitHash | null;
  readonly rows: IncomingRows;
  /** A file that nobody writes to. */
  readonly file: string;
  private readonly store: Store;
  private readonly copy: string | null;

  constructor(store: Store, file: string, copy: string | null) {
    this.store = store;
    this.file = file;
    this.copy = copy;
    this.rows = new IncomingRows(store);
    this.project = idText(this.rows.project);
    this.commits = this.rows.count();
    this.horizon = this.rows.horizon();
  }

  packets(): Iterable<Packet> {
    return this.rows.packets();
  }
  close(): void {
    this.store.close();
    if (this.copy !== null) rmSync(this.copy, { recursive: true, force: true });
  }
}

/**
 * Opens a database from outside. Nothing in it is trusted: its tables must have the columns of a Sourcebook log (no view, virtual
 * table or generated column in their place), the type and size of every value is checked before it is used, and only packets
 * come out of it, which the log then verifies one by one. A database with a write-ahead log, as in a project folder, is copied
 * first: its folder may be open elsewhere and is never written to. Faults: NOT_A_PROJECT, DAMAGED.
 */
export function openIncomingLog(file: string): IncomingDatabase {
  return guarded(() => {
    const copy = writesAhead(file) ? copied(file) : null;
    try {
      const at = copy === null ? file : join(copy, COPY);
      const store = openStore(at);
      try {
        assertOurs(store);
        return new IncomingDatabase(store, at, copy);
      } catch (thrown) {
        store.close();
        throw thrown;
      }
    } catch (thrown) {
      if (copy !== null) rmSync(copy, { recursive: true, force: true });
      throw thrown;
    }
  });
}

/** A read-only connection to a database from outside. */
export function openStore(file: string): Store {
  const store = new Store(new Database(file, { readonly: true, fileMustExist: true, timeout: 0 }));
  harden(store.sqlite);
  // It is read once from start to end, so a large cache would only take memory.
  store.sqlite.pragma('cache_size = -2048');
  store.sqlite.pragma('cell_size_check = ON');
  store.sqlite.pragma('query_only = ON');
  return store;
}

const COPY = 'copy.sqlite';

function copied(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sourcebook-'));
  try {
    const copy = join(folder, COPY);
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const sqlite = new Database(copy);
    try {
      harden(sqlite);
      sqlite.pragma('journal_mode = DELETE');
    } finally {
      sqlite.close();
    }
    return folder;
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    throw thrown;
  }
}

function assertOurs(store: Store): void {
  if (store.value<unknown>('PRAGMA application_id') !== APPLICATION_ID)
    throw damaged('it wasn’t written by Sourcebook');
  const table = unreadableTable(store);
  if (table !== null) throw damaged(`its table ${table} isn’t a Sourcebook table`);
}

const TRIES = 20;
const PAUSE_MS = 100;

/**
 * Copies another project's database to `target`, with the commits that are still in its write-ahead log. Its folder may be open
 * elsewhere and is never written to; if it is written to during the copy, the copy is made again. Faults: NOT_A_PROJECT,
 * PROJECT_NEWER, PROJECT_LOCKED (written to without a pause for two seconds), DISK_FULL.
 */
export async function copyDatabase(file: string, target: string): Promise<void> {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw notAProject();
  for (let tries = 0; tries < TRIES; tries++) {
    const before = stamp(file);
    guarded(() => copyBoth(file, target));
    if (stamp(file) === before) return guarded(() => checkpoint(target));
    // Another process writes, on any file system: nothing tells when it pauses.
    await setTimeout(PAUSE_MS);
  }
  throw locked();
}

const isFilled = (log: string): boolean => {
  const found = lstatSync(log, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size > 0;
};

function copyBoth(file: string, target: string): void {
  const log = `${file}-wal`;
  for (const suffix of ['', '-wal']) rmSync(target + suffix, { force: true });
  copyFileSync(file, target, constants.COPYFILE_FICLONE);
  if (isFilled(log)) copyFileSync(log, `${target}-wal`, constants.COPYFILE_FICLONE);
}

/** Sizes and times of the database and its write-ahead log: they change if it is written to. */
function stamp(file: string): string {
  const of = (stat: Stats | undefined): string => (stat === undefined ? '-' : `${stat.size} ${stat.mtimeMs}`);
  return [file, `${file}-wal`].map((path) => of(statSync(path, { throwIfNoEntry: false }))).join(', ');
}

/** Makes the copy one file without a write-ahead log. */
function checkpoint(copy: string): void {
  const header = peek(copy);
  if (header === null || header.applicationId !== APPLICATION_ID) throw notAProject();
  if (header.version > MIGRATIONS.length) throw newer(header.version, MIGRATIONS.length);
  const sqlite = new Database(copy);
  try {
    harden(sqlite);
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    sqlite.pragma('journal_mode = DELETE');
  } finally {
    sqlite.close();
  }
  if (existsSync(`${copy}-wal`)) rmSync(`${copy}-wal`);
}

/** The kinds of record that name files. */
const NAMING_KINDS = ['source', 'layer', 'draft'] as const;
type NamingKind = (typeof NAMING_KINDS)[number];

/** A value that names files by their hash. */
export interface NamedFile {
  readonly entity: NamingKind;
  readonly id: string;
  readonly field: string;
  readonly value: Json;
}

/** The longest value that is read here: the longest list of a saved page's files that Sourcebook writes is shorter. */
const LONGEST = 8 << 20;
const isFileField = (entity: NamingKind): string =>
  `(f.entity = '${entity}' AND f.name IN (${fieldsWith(entity, 'file')
    .map((name) => `'${name}'`)
    .join(', ')}))`;
const IS_FILE_FIELD = `(${NAMING_KINDS.map(isFileField).join(' OR ')})`;
/** SQL: one scan of all changes for all fields. A scan for each field was slower, since no index orders changes by field. */
const NAMED = `SELECT f.entity, lower(hex(e.id)) AS id, f.name AS field, h.value
  FROM change_ h CROSS JOIN field_ f ON f.field = h.field CROSS JOIN entity_ e ON e.ent = h.ent
  WHERE h.field IN (SELECT f.field FROM field_ f WHERE ${IS_FILE_FIELD}) AND ${IS_FILE_FIELD}
    AND octet_length(e.id) = 16 AND octet_length(h.value) <= ${LONGEST}`;

/**
 * The originals and layers named in an incoming database that {@link openIncomingLog} has opened before, which checks its tables.
 * The caller checks whether the values are hashes.
 */
export function filesNamedIn(database: string): NamedFile[] {
  const rows = reading(database, (store) =>
    store.all<{ entity: NamingKind; id: string; field: string; value: string }>(NAMED),
  );
  return rows.map(({ id, value, ...row }) => ({ ...row, id: dashed(id), value: parsed(value) ?? null }));
}

/** Whether an incoming database has a commit with this hash. The hash is not checked. */
export function holdsCommit(database: string, hash: CommitHash): boolean {
  return reading(
    database,
    (store) => store.value<number>('SELECT 1 FROM commit_ WHERE hash = ?', Buffer.from(hash, 'hex')) === 1,
  );
}

function reading<T>(database: string, work: (store: Store) => T): T {
  return guarded(() => {
    const store = new Store(new Database(database, { readonly: true, fileMustExist: true }));
    try {
      harden(store.sqlite);
      store.sqlite.pragma('query_only = ON');
      return work(store);
    } finally {
      store.close();
    }
  });
}

const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

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
function unreadableTable(store: Store): string | null {
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
