import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  lstatSync,
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
import { assertOwnLogBeside } from './left-behind.ts';
import { Local } from './local.ts';
import { noteReplaced } from './replaced.ts';
import { takeLock } from './lock.ts';
import { idText } from '../ids.ts';
import { MIGRATIONS, projectionsFit, remakeProjections } from '../migrations.ts';
import { Log } from '../log/log.ts';
import { verifyCommits } from '../log/verify-log.ts';
import { rebuildProjections } from '../projection/rebuild.ts';
import { counted } from '../../../shared/text/counted.ts';
import { assertOwnSchema } from './schema-check.ts';
import { APPLICATION_ID } from './schema.ts';

export type BackupReason = 'daily' | 'migration' | 'asked' | 'restore' | 'replaced';
export interface Backup {
  /** Its file name in `backups/`. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly bytes: number;
  readonly reason: string;
}

/**
 * How many backups of each reason are kept. Those made by a restore, or because another program replaced the open database, hold
 * commits that exist nowhere else, and those that a person asked for are theirs: none of these is ever removed.
 */
const KEPT: ReadonlyMap<string, number> = new Map<BackupReason, number>([
  ['daily', 7],
  ['migration', 7],
]);
export const DAY = 86_400_000;
const NAME = /^(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)\.(\d{3})Z-(daily|migration|asked|restore|replaced)\.sqlite$/;

/** Newest first. Files that are not our backups are not listed, and never removed. */
export function listBackups(folder: string): Backup[] {
  const dir = join(folder, 'backups');
  if (!existsSync(dir)) return [];
  const found = readdirSync(dir).flatMap((name): Backup[] => {
    const parts = NAME.exec(name);
    if (parts === null) return [];
    const [, day = '', hour = '', minute = '', second = '', ms = '', reason = ''] = parts;
    const at = Date.parse(`${day}T${hour}:${minute}:${second}.${ms}Z`);
    const stat = lstatSync(join(dir, name));
    return stat.isFile() ? [{ name, at, bytes: stat.size, reason }] : [];
  });
  return found.sort((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1));
}

/**
 * A copy of the database by VACUUM INTO, which sees one moment and includes what is still in the write-ahead log. It is written
 * to a temporary file, synced and renamed. The seven newest daily backups are kept. Returns the file's name.
 */
export function backUp(store: Store, folder: string, reason: BackupReason, now: number): string {
  const name = copyInto(store, folder, reason, now);
  pruneBackups(folder);
  return name;
}

/** The copy alone, without removing old ones: a restore must not delete the backup it is about to restore. */
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
 * The same for a project so large that the copy would block the engine noticeably. SQLite's backup API copies page by page, with
 * other work in between, and includes commits made during the copy. Closing the project stops it.
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

/** Syncs a file's bytes, or a folder's entries, to the disk. Windows cannot sync a folder, and need not. */
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
  /** A name from {@link listBackups}. */
  readonly name: string;
  readonly installation?: string;
  /** See OpenOptions. */
  readonly replacements?: string;
  readonly now?: () => number;
}

const DATABASE = 'project.sqlite';
const INCOMING = 'restoring.sqlite';

/**
 * Replaces the project's database by a backup; the project must be closed. The current database is kept first: as a backup or, if
 * it is too damaged to be read, as a copy of its bytes. The restored project gets a new replica id, so that its commits never
 * fork the chain of those made since the backup. Returns the name under which the former state is kept.
 *
 * Faults: NOT_FOUND, PROJECT_LOCKED, PROJECT_NEWER, DAMAGED (the backup itself), DISK_FULL, PROJECT_READ_ONLY. After each of
 * them the project is as it was.
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
      const now = (options.now ?? Date.now)();
      const project = prepare(join(folder, 'backups', name), incoming, options.installation ?? '');
      sync(incoming);
      const kept = keepCurrent(folder, now);
      renameSync(incoming, join(folder, DATABASE));
      sync(folder);
      if (options.replacements !== undefined) noteReplaced({ folder, project, file: options.replacements }, now);
      pruneBackups(folder);
      return kept;
    } finally {
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(incoming + suffix, { force: true });
      lock.release();
    }
  });
}

/** Copies the backup, checks it and its version, and gives the copy a new replica id. Returns the project’s id. */
function prepare(backup: string, incoming: string, installation: string): string {
  const header = peek(backup);
  if (header === null) throw damaged('the backup isn’t a valid database');
  if (header.applicationId !== APPLICATION_ID) throw notAProject();
  if (header.version > MIGRATIONS.length) throw newer(header.version, MIGRATIONS.length);
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(incoming + suffix, { force: true });
  copyFileSync(backup, incoming, constants.COPYFILE_EXCL);
  const store = connect(incoming);
  try {
    assertOurs(store);
    assertOwnSchema(store);
    const [verdict] = store.list<string>('PRAGMA quick_check(1)');
    if (verdict !== 'ok') throw damaged(`the backup is damaged: ${verdict ?? 'unreadable'}`);
    assertWholeLog(store);
    new Local(store).startReplicaIfMoved(incoming, installation);
    return idText(new Log(store).project);
  } finally {
    store.close();
  }
}

/** Checks every commit of the backup, and makes its projections again where they are not what the commits say. */
function assertWholeLog(store: Store): void {
  const log = new Log(store);
  const [first, ...others] = verifyCommits(log).failures;
  if (first !== undefined)
    throw new Fault(
      'DAMAGED',
      `This backup doesn’t match what was signed, so it wasn’t restored: ${first.message}${others.length === 0 ? '' : ` ${counted(others.length, 'more item is', 'more items are')} damaged too.`} Nothing was changed. Choose another backup.`,
      { failures: [first, ...others].map(({ kind, id, message }) => `${kind} ${id}: ${message}`) },
    );
  if (projectionsFit(store)) rebuildProjections(log);
  else remakeProjections(store);
}

function keepCurrent(folder: string, now: number): string {
  const file = join(folder, DATABASE);
  if (!existsSync(file)) return '';
  try {
    assertOwnLogBeside(file);
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
    const kept = keepBytes(folder, now);
    for (const suffix of ['-wal', '-shm', '-journal']) rmSync(join(folder, DATABASE + suffix), { force: true });
    return kept;
  }
}

/** Keeps the database as it is, byte by byte, in a folder of `backups/`; returns its name. */
export function keepBytes(folder: string, now: number): string {
  const name = `damaged-${new Date(now).toISOString().replaceAll(':', '')}`;
  const target = join(folder, 'backups', name);
  mkdirSync(target, { recursive: true });
  const files = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-journal`].filter((one) => existsSync(join(folder, one)));
  for (const one of files) {
    copyFileSync(join(folder, one), join(target, one));
    sync(join(target, one));
  }
  return name;
}
