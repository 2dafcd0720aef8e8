import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { Store } from './store.ts';
import { Fault } from '../../../shared/errors.ts';
import { assertOurs, connect, newer, notAProject, peek } from './connect.ts';
import { asFault, damaged, guarded } from '../faults.ts';
import { Local } from './local.ts';
import { takeLock } from './lock.ts';
import { MIGRATIONS } from '../migrations.ts';
import { APPLICATION_ID } from './schema.ts';

export type BackupReason = 'daily' | 'migration' | 'asked' | 'restore';
export interface Backup {
  /** Its file name in `backups/`. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly bytes: number;
  readonly reason: string;
}

/**
 * How many of each reason are kept. What a restore replaced holds commits that exist nowhere else, and what was asked
 * for is a person's: neither is ever removed.
 */
const KEPT: ReadonlyMap<string, number> = new Map<BackupReason, number>([
  ['daily', 7],
  ['migration', 7],
]);
export const DAY = 86_400_000;
const NAME = /^(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)\.(\d{3})Z-(daily|migration|asked|restore)\.sqlite$/;

/** Newest first. Files that are no backups of ours are not listed, and never removed. */
export function listBackups(folder: string): Backup[] {
  const dir = join(folder, 'backups');
  if (!existsSync(dir)) return [];
  const found = readdirSync(dir).flatMap((name): Backup[] => {
    const parts = NAME.exec(name);
    if (parts === null) return [];
    const [, day = '', hour = '', minute = '', second = '', ms = '', reason = ''] = parts;
    const at = Date.parse(`${day}T${hour}:${minute}:${second}.${ms}Z`);
    return [{ name, at, bytes: statSync(join(dir, name)).size, reason }];
  });
  return found.sort((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1));
}

/**
 * A copy of the database by VACUUM INTO, which sees one moment and includes what the write-ahead log holds; written
 * beside, synced and renamed. Keeps the seven newest of the days. Returns the file's name.
 */
export function backUp(store: Store, folder: string, reason: BackupReason, now: number): string {
  const name = copyInto(store, folder, reason, now);
  pruneBackups(folder);
  return name;
}

/** The copy alone, with nothing pruned: a restore must not lose the very copy it is about to take. */
export function copyInto(store: Store, folder: string, reason: BackupReason, now: number): string {
  const beside = placeBeside(folder);
  try {
    store.sqlite.prepare('VACUUM INTO ?').run(beside);
    return putInPlace(folder, beside, reason, now);
  } finally {
    rmSync(beside, { force: true });
  }
}

/**
 * The same copy for a project so large that making it would be felt: page by page through SQLite's backup API, with
 * other work in between; commits made meanwhile are in it. Closing the project gives it up.
 */
export async function backUpSlowly(store: Store, folder: string, reason: BackupReason, now: number): Promise<string> {
  const beside = placeBeside(folder);
  try {
    await store.sqlite.backup(beside);
    const name = putInPlace(folder, beside, reason, now);
    pruneBackups(folder);
    return name;
  } finally {
    rmSync(beside, { force: true });
    rmSync(`${beside}-journal`, { force: true });
  }
}

function placeBeside(folder: string): string {
  const dir = join(folder, 'backups');
  mkdirSync(dir, { recursive: true });
  const beside = join(dir, '.writing.sqlite');
  rmSync(beside, { force: true });
  return beside;
}

function putInPlace(folder: string, beside: string, reason: BackupReason, now: number): string {
  const dir = join(folder, 'backups');
  const target = freeName(dir, reason, now);
  sync(beside);
  renameSync(beside, target);
  sync(dir);
  return basename(target);
}

export function pruneBackups(folder: string): void {
  const all = listBackups(folder);
  for (const [reason, kept] of KEPT)
    for (const old of all.filter((one) => one.reason === reason).slice(kept))
      rmSync(join(folder, 'backups', old.name), { force: true });
}

function freeName(dir: string, reason: BackupReason, now: number): string {
  for (let at = Math.floor(now); ; at++) {
    const stamp = new Date(at).toISOString().replaceAll(/(?<=T.*):/g, '');
    const target = join(dir, `${stamp}-${reason}.sqlite`);
    if (!existsSync(target)) return target;
  }
}

/** Makes a file's bytes, or a folder's names, last through a power cut. Windows cannot sync a folder, and need not. */
export function sync(path: string): void {
  if (process.platform === 'win32' && statSync(path).isDirectory()) return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

export interface RestoreOptions {
  readonly folder: string;
  /** A name out of `backups()`. */
  readonly name: string;
  readonly installation?: string;
  readonly now?: () => number;
}

const DATABASE = 'project.sqlite';
const INCOMING = 'restoring.sqlite';

/**
 * Puts a backup in the place of the project's database; the project must be closed. What was there is kept first: as a
 * backup of its own or, where it is too damaged to be read, byte by byte. The restored project is a new replica, so
 * that the commits made since the backup are nobody's rivals. Returns the name under which the former state is kept.
 *
 * Faults: NOT_FOUND, PROJECT_LOCKED, PROJECT_NEWER, DAMAGED (the backup itself), DISK_FULL, PROJECT_READ_ONLY. In every
 * one of them the project is as it was.
 */
export function restoreBackup(options: RestoreOptions): string {
  const { folder, name } = options;
  return guarded(() => {
    if (!listBackups(folder).some((one) => one.name === name)) {
      throw new Fault('NOT_FOUND', 'This backup no longer exists. Choose another from the list.', { name });
    }
    const lock = takeLock(folder);
    const incoming = join(folder, INCOMING);
    try {
      prepare(join(folder, 'backups', name), incoming, options.installation ?? '');
      const kept = keepCurrent(folder, (options.now ?? Date.now)());
      renameSync(incoming, join(folder, DATABASE));
      sync(folder);
      pruneBackups(folder);
      return kept;
    } finally {
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(incoming + suffix, { force: true });
      lock.release();
    }
  });
}

/** A copy of the backup that is whole, of a version we know, and a replica of its own. */
function prepare(backup: string, incoming: string, installation: string): void {
  const header = peek(backup);
  if (header === null) throw damaged('the backup isn’t a valid database');
  if (header.applicationId !== APPLICATION_ID) throw notAProject();
  if (header.version > MIGRATIONS.length) throw newer(header.version, MIGRATIONS.length);
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(incoming + suffix, { force: true });
  copyFileSync(backup, incoming, constants.COPYFILE_EXCL);
  const store = connect(incoming);
  try {
    assertOurs(store);
    const [verdict] = store.list<string>('PRAGMA quick_check(1)');
    if (verdict !== 'ok') throw damaged(`the backup is damaged: ${verdict ?? 'unreadable'}`);
    new Local(store).startReplicaIfMoved(incoming, installation);
  } finally {
    store.close();
  }
  sync(incoming);
}

function keepCurrent(folder: string, now: number): string {
  const file = join(folder, DATABASE);
  if (!existsSync(file)) return '';
  try {
    const store = connect(file);
    try {
      return copyInto(store, folder, 'restore', now);
    } finally {
      // The last connection merges the write-ahead log and removes it, so that it cannot be replayed onto the backup.
      store.close();
    }
  } catch (thrown) {
    const fault = asFault(thrown);
    if (!(fault instanceof Fault) || fault.data.code !== 'DAMAGED') throw thrown;
    return keepBytes(folder, now);
  }
}

function keepBytes(folder: string, now: number): string {
  const name = `damaged-${new Date(now).toISOString().replaceAll(':', '')}`;
  const target = join(folder, 'backups', name);
  mkdirSync(target, { recursive: true });
  const files = [DATABASE, `${DATABASE}-wal`].filter((one) => existsSync(join(folder, one)));
  for (const one of files) {
    copyFileSync(join(folder, one), join(target, one));
    sync(join(target, one));
  }
  rmSync(join(folder, `${DATABASE}-wal`), { force: true });
  rmSync(join(folder, `${DATABASE}-shm`), { force: true });
  return name;
}
