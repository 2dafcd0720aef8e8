import {
  closeSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import Database from 'better-sqlite3';
import { Fault } from '../../../shared/errors.ts';
import { damaged, isLocked, locked } from '../faults.ts';
import { APPLICATION_ID } from './schema.ts';
import { Store } from './store.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HEADER = 100;

/** Whether a database file is in WAL mode, so that commits may be in a write-ahead log beside it. */
export const writesAhead = (file: string): boolean => peek(file)?.writesAhead === true;

/** Facts from the first 100 bytes of a database file; null if it is not an SQLite database. */
export function peek(file: string): { applicationId: number; version: number; writesAhead: boolean } | null {
  // Opening a pipe would wait for ever.
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return null;
  const bytes = Buffer.alloc(HEADER);
  const fd = openSync(file, 'r');
  try {
    if (readSync(fd, bytes, 0, HEADER, 0) < HEADER) return null;
  } finally {
    closeSync(fd);
  }
  if (bytes.toString('latin1', 0, 16) !== 'SQLite format 3\0') return null;
  return { applicationId: bytes.readUInt32BE(68), version: bytes.readUInt32BE(60), writesAhead: bytes[18] === 2 };
}

export const notAProject = (): Fault =>
  new Fault(
    'NOT_A_PROJECT',
    'This isn’t a Sourcebook project. Choose a folder whose name ends in .sourcebook, or create a project.',
  );

export const newer = (version: number, known: number): Fault =>
  new Fault(
    'PROJECT_NEWER',
    'This project was made with a newer version of Sourcebook. Update Sourcebook to open it. Nothing was changed.',
    { version, known },
  );

/** Opens a connection for writing, with the settings that make commits durable and the log append-only. */
export function connect(file: string): Store {
  const sqlite = new Database(file, { timeout: 2000 });
  try {
    if (sqlite.pragma('journal_mode = WAL', { simple: true }) !== 'wal') {
      throw new Fault(
        'UNSUPPORTED',
        'This project is on a disk that can’t store it safely (no write-ahead log). Move it to a local disk.',
      );
    }
    harden(sqlite);
    // In WAL mode better-sqlite3 defaults to NORMAL, which can lose the last commits in a power failure.
    sqlite.pragma('synchronous = FULL');
    if (sqlite.pragma('synchronous', { simple: true }) !== 2) throw damaged('synchronous=FULL was not taken');
    // Commits that coincide with a checkpoint wait for it: 0.8 ms at p99 with 10,000 pages, 3-7 ms with the default of 1,000.
    sqlite.pragma('wal_autocheckpoint = 10000');
    return new Store(sqlite);
  } catch (thrown) {
    sqlite.close();
    throw thrown;
  }
}

/**
 * The memory, in KB, in which a connection keeps pages. More gains nothing, since the system caches the file, too: with 64 MB a project of
 * 100,000 passages took 50 MB more once opened and listed. Listing the 2,738 passages of a category takes the same processor time with 16, 24
 * and 32 MB, since their tags are read from an index alone; a merge takes no longer either.
 */
const CACHE_KB = 16 << 10;

/** Settings of every connection, including those to files from outside. */
export function harden(sqlite: Database.Database): void {
  sqlite.pragma('foreign_keys = ON');
  // Without it, INSERT OR REPLACE bypasses the triggers that forbid DELETE.
  sqlite.pragma('recursive_triggers = ON');
  sqlite.pragma('trusted_schema = OFF');
  sqlite.pragma('temp_store = MEMORY');
  sqlite.pragma(`cache_size = -${CACHE_KB}`);
  sqlite.pragma('mmap_size = 0');
}

function hardened(sqlite: Database.Database): Store {
  try {
    harden(sqlite);
    return new Store(sqlite);
  } catch (thrown) {
    sqlite.close();
    throw thrown;
  }
}

/** Opens the database of an open project for reading, in another thread. */
export function openBeside(file: string): Store {
  return hardened(new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 }));
}

/** Throws NOT_A_PROJECT if the database has another application id. */
export function assertOurs(store: Store): void {
  if (store.value<number>('PRAGMA application_id') !== APPLICATION_ID) throw notAProject();
}

/**
 * Opens a database for reading without writing to its folder. SQLite cannot read a write-ahead log in a folder it may not write
 * to, so the file is read into memory: a project opened this way needs as much memory as its file is large.
 */
export function openImage(file: string): Store {
  for (let left = TRIES; ; left--) {
    try {
      return imageOf(file);
    } catch (thrown) {
      if (left === 0 || !isLocked(thrown)) throw thrown;
      Atomics.wait(pause, 0, 0, PAUSE_MS);
    }
  }
}

/** How often a read is tried while another program writes. A writer is seldom busy for longer than 20 tries take. */
const TRIES = 20;
const PAUSE_MS = 50;
const pause = new Int32Array(new SharedArrayBuffer(4));

function imageOf(file: string): Store {
  const before = stamp(file);
  const bytes = hasLog(file) ? mergedBytes(file) : readFileSync(file);
  if (stamp(file) !== before) throw locked();
  // Bytes 18 and 19 are 2 in WAL mode; an image in memory has no write-ahead log.
  bytes[18] = 1;
  bytes[19] = 1;
  return hardened(new Database(bytes));
}

const hasLog = (file: string): boolean => existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;

/** Sizes and times of the database and its write-ahead log: they change if it is written to while we read. */
function stamp(file: string): string {
  return [file, `${file}-wal`]
    .map((path) => statSync(path, { throwIfNoEntry: false }))
    .map((stat) => (stat === undefined ? '-' : `${stat.size} ${stat.mtimeMs}`))
    .join(', ');
}

/**
 * Returns the database’s bytes with the commits of its write-ahead log, for a project that was closed with commits still in it. SQLite merges
 * them in a private copy.
 */
function mergedBytes(file: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'sourcebook-'));
  try {
    const copy = join(folder, 'copy.sqlite');
    copyFileSync(file, copy);
    copyFileSync(`${file}-wal`, `${copy}-wal`);
    const sqlite = new Database(copy);
    try {
      sqlite.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      sqlite.close();
    }
    return readFileSync(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
