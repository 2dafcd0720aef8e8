import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../../shared/errors.ts';
import { copyInto, listBackups, pruneBackups, sync } from './backups.ts';
import { assertOurs, connect, newer, notAProject, peek } from './connect.ts';
import { asFault, damaged, guarded } from '../faults.ts';
import { Local } from './local.ts';
import { takeLock } from './lock.ts';
import { MIGRATIONS } from '../migrations.ts';
import { APPLICATION_ID } from './schema.ts';

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
    new Local(store).settle(incoming, installation);
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
