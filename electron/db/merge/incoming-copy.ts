import { fieldsWith } from '../../../shared/changes/fields.ts';
import { constants, copyFileSync, existsSync, lstatSync, rmSync, statSync, type Stats } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { type Json, parsed } from '../../../shared/changes/canonical.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import { harden, newer, notAProject, peek } from '../file/connect.ts';
import { guarded, locked } from '../faults.ts';
import { MIGRATIONS } from '../migrations.ts';
import { APPLICATION_ID } from '../file/schema.ts';
import { Store } from '../file/store.ts';

const TRIES = 20;
const PAUSE_MS = 100;

/**
 * Copies the database of another project, or another one of ours, to `target`, commits that still wait in its write-ahead log included. Its folder may be
 * open elsewhere and is never written to; where somebody writes just then, it is tried again. Faults: NOT_A_PROJECT,
 * PROJECT_NEWER, PROJECT_LOCKED (no pause in two seconds), DISK_FULL.
 */
export async function copyDatabase(file: string, target: string): Promise<void> {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw notAProject();
  for (let tries = 0; tries < TRIES; tries++) {
    const before = stamp(file);
    guarded(() => copyBoth(file, target));
    if (stamp(file) === before) return guarded(() => settle(target));
    await setTimeout(PAUSE_MS);
  }
  throw locked();
}

const waitsIn = (log: string): boolean => {
  const found = lstatSync(log, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size > 0;
};

function copyBoth(file: string, target: string): void {
  const log = `${file}-wal`;
  for (const suffix of ['', '-wal']) rmSync(target + suffix, { force: true });
  copyFileSync(file, target, constants.COPYFILE_FICLONE);
  if (waitsIn(log)) copyFileSync(log, `${target}-wal`, constants.COPYFILE_FICLONE);
}

/** Sizes and times of the database and its log: where they move while we read, somebody is writing. */
function stamp(file: string): string {
  const of = (stat: Stats | undefined): string => (stat === undefined ? '-' : `${stat.size} ${stat.mtimeMs}`);
  return [file, `${file}-wal`].map((path) => of(statSync(path, { throwIfNoEntry: false }))).join(', ');
}

/** The copy as one file without a write-ahead log. */
function settle(copy: string): void {
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

/** A value of a field that names files by their hash. */
export interface NamedFile {
  readonly entity: 'source' | 'layer';
  readonly id: string;
  readonly field: string;
  readonly value: Json;
}

/** Longer lists of a saved page's files are no list of ours. */
const LONGEST = 8 << 20;
const naming = (entity: 'source' | 'layer'): string =>
  `(f.entity = '${entity}' AND f.name IN (${fieldsWith(entity, 'file')
    .map((name) => `'${name}'`)
    .join(', ')}))`;
const NAMED = `SELECT f.entity, lower(hex(e.id)) AS id, f.name AS field, h.value
  FROM field_ f CROSS JOIN change_ h ON h.field = f.field CROSS JOIN entity_ e ON e.ent = h.ent
  WHERE (${naming('source')} OR ${naming('layer')})
    AND octet_length(e.id) = 16 AND octet_length(h.value) <= ${LONGEST}`;

/**
 * The originals and layers that a log from outside names, as far as it shows them; the file was opened as a foreign log
 * before, which checks its tables. Whether what they name is a hash is the caller's to see.
 */
export function filesNamedIn(database: string): NamedFile[] {
  const rows = reading(database, (store) =>
    store.all<{ entity: 'source' | 'layer'; id: string; field: string; value: string }>(NAMED),
  );
  return rows.map(({ id, value, ...row }) => ({ ...row, id: dashed(id), value: parsed(value) ?? null }));
}

/** Whether a log from outside holds a commit: by the hash it writes there, which is not checked here. */
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
