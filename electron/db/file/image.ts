import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { harden } from './connect.ts';
import { isLocked, locked } from '../faults.ts';
import { Store } from './store.ts';

/**
 * Opens a database for reading without touching its folder: SQLite cannot read a write-ahead log where it may not write,
 * so the file is read into memory. Bigger projects take that much memory while they are open this way.
 */
export function openImage(file: string): Store {
  for (let left = TRIES; ; left--) {
    try {
      return imageOf(file);
    } catch (thrown) {
      if (left === 0 || !isLocked(thrown)) throw thrown;
      Atomics.wait(pause, 0, 0, PAUSE);
    }
  }
}

/** Somebody who writes is seldom at it for longer than a moment. */
const TRIES = 20;
/** Milliseconds. */
const PAUSE = 50;
const pause = new Int32Array(new SharedArrayBuffer(4));

function imageOf(file: string): Store {
  const before = stamp(file);
  const bytes = hasLog(file) ? mergedBytes(file) : readFileSync(file);
  if (stamp(file) !== before) throw locked();
  // Bytes 18 and 19 say "write-ahead log"; an image in memory has none.
  bytes[18] = 1;
  bytes[19] = 1;
  const sqlite = new Database(bytes);
  try {
    harden(sqlite);
    return new Store(sqlite);
  } catch (thrown) {
    sqlite.close();
    throw thrown;
  }
}

const hasLog = (file: string): boolean => existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;

/** Sizes and times of the database and its log: where they move while we read, somebody is writing. */
function stamp(file: string): string {
  return [file, `${file}-wal`]
    .map((path) => statSync(path, { throwIfNoEntry: false }))
    .map((stat) => (stat === undefined ? '-' : `${stat.size} ${stat.mtimeMs}`))
    .join(', ');
}

/** Whoever closed this project left commits in the write-ahead log; SQLite merges them in a private copy. */
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
