import { constants, copyFileSync, lstatSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Fault } from '../../../shared/errors.ts';
import { asFault, damaged } from '../faults.ts';
import { MIGRATIONS } from '../migrations.ts';
import { assertOurs, harden, newer } from './connect.ts';
import { assertOwnSchema } from './schema-check.ts';
import { Store } from './store.ts';

/** Endings of the files that SQLite applies to a database when it is opened: the write-ahead log and journal of a killed program. */
const LEFT_BEHIND = ['-wal', '-journal'] as const;

/**
 * Throws DAMAGED if the write-ahead log or journal beside a closed project’s database belongs to another database, as where a synced folder
 * mixed two states. SQLite can’t tell: it would write the log over the project, even where opening is refused afterwards. So it is tried on a
 * copy. Only for the holder of the project’s lock. A project that was closed properly has neither file and is not read.
 */
export function assertOwnLogBeside(file: string): void {
  const beside = LEFT_BEHIND.filter((suffix) => isFilled(file + suffix));
  if (beside.length === 0) return;
  const applied = problemOf(file, beside);
  if (applied === null) return;
  if (applied.data.code === 'PROJECT_NEWER') throw applied;
  if (problemOf(file, []) !== null) throw applied.data.code === 'DAMAGED' ? applied : damaged(applied.message);
  const names = beside.map((suffix) => `“project.sqlite${suffix}”`).join(' and ');
  throw new Fault(
    'DAMAGED',
    `This project wasn’t opened: ${names} in its folder is not of its database. Nothing was changed. Move that file out of the folder and open the project again, or restore a backup.`,
  );
}

function isFilled(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size > 0;
}

/** What is wrong with a copy of the database to which these files were applied; null if nothing is. */
function problemOf(file: string, beside: readonly string[]): Fault | null {
  const folder = mkdtempSync(join(tmpdir(), 'sourcebook-'));
  try {
    const copy = join(folder, 'copy.sqlite');
    for (const suffix of ['', ...beside]) copyFileSync(file + suffix, copy + suffix, constants.COPYFILE_FICLONE);
    return problemWith(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function problemWith(copy: string): Fault | null {
  let sqlite: Database.Database | null = null;
  try {
    sqlite = new Database(copy);
    harden(sqlite);
    const store = new Store(sqlite);
    assertOurs(store);
    // A newer version may have been killed while it migrated the project.
    const version = store.value<number>('PRAGMA user_version') ?? 0;
    if (version > MIGRATIONS.length) return newer(version, MIGRATIONS.length);
    assertOwnSchema(store);
    const [verdict] = store.list<string>('PRAGMA quick_check(1)');
    return verdict === 'ok' ? null : damaged(verdict ?? 'unreadable');
  } catch (thrown) {
    const fault = asFault(thrown);
    if (fault instanceof Fault && fault.data.code !== 'DISK_FULL') return fault;
    throw fault;
  } finally {
    sqlite?.close();
  }
}
