import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { Fault } from '../../../shared/errors.ts';
import { systemCode } from '../../../shared/file-faults.ts';
import { visibleName } from '../../../shared/model/person-name.ts';
import { asFault, isLocked, locked } from '../faults.ts';
import { identityOf, isSameFile } from './watched-database.ts';
import { assertPlainFolder } from './plain-folder.ts';

/** Held while a project is open. The operating system frees it when the process dies, however it dies. */
export interface Lock {
  /**
   * Before each write: takes the lock again if its file was removed meanwhile, by a sync service for example; true if it had to. PROJECT_LOCKED
   * if somebody else has opened the project since, from then on always: what is in memory may be older than what they wrote.
   */
  keep(): boolean;
  /** Whether somebody else has opened the project since. */
  isLost(): boolean;
  release(): void;
}

/** The person who has a project open, as they call themselves, and since when (epoch milliseconds). */
export interface Holder {
  readonly name: string;
  readonly since: number;
}
const holderFile = z.object({ name: z.string().max(400), since: z.number() });
const LOCK = 'lock.sqlite';
const HOLDER = 'holder.json';

/**
 * Locks the project for this process: an exclusive transaction on `lock.sqlite`, since Node has no flock. PROJECT_LOCKED
 * if another process has it, with that person's name if known; PROJECT_READ_ONLY if the folder is not writable.
 */
export function takeLock(folder: string, holder?: Holder): Lock {
  let held = grab(folder);
  let lost: Fault | null = null;
  const file = join(folder, HOLDER);
  const leaveName = (): void => {
    // Only a name for others to read: if it cannot be written (a full disk), the project can still be used.
    if (holder !== undefined) attempt(() => writeFileSync(file, JSON.stringify(holder), { mode: 0o600 }));
  };
  leaveName();
  return {
    keep: () => {
      if (lost !== null) throw lost;
      const now = identityOf(join(folder, LOCK));
      if (isSameFile(now, held.is)) return false;
      // The whole folder was moved.
      if (now === null && !existsSync(join(folder, 'project.sqlite'))) return false;
      try {
        const again = grab(folder);
        held.database.close();
        held = again;
        leaveName();
        return true;
      } catch (thrown) {
        if (thrown instanceof Fault && isLocked(thrown)) lost = thrown;
        throw thrown;
      }
    },
    isLost: () => lost !== null,
    release: () => {
      // Whoever took the lock since has written their own name.
      if (holder !== undefined && lost === null) attempt(() => rmSync(file, { force: true }));
      held.database.close();
    },
  };
}

function grab(folder: string): { readonly database: Database.Database; readonly is: ReturnType<typeof identityOf> } {
  assertPlainFolder(folder);
  let database: Database.Database | null = null;
  try {
    database = new Database(join(folder, LOCK), { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    return { database, is: identityOf(join(folder, LOCK)) };
  } catch (thrown) {
    database?.close();
    if (systemCode(thrown) === 'SQLITE_NOTADB') throw notALock();
    const fault = asFault(thrown);
    throw isLocked(fault) ? locked(heldBy(folder)) : fault;
  }
}

/** The lock has no content, so nothing is lost with it; but Sourcebook can’t know that nobody holds it. */
const notALock = (): Fault =>
  new Fault(
    'DAMAGED',
    'This project wasn’t opened: “lock.sqlite” in its folder was altered. Make sure that nobody has the project open, remove that file, then open the project again.',
  );

/**
 * The person that `holder.json` names; null if it cannot be read. A killed process leaves the file behind, so it counts only
 * while the lock is held.
 */
export function heldBy(folder: string): Holder | null {
  try {
    const { name, since } = holderFile.parse(JSON.parse(readFileSync(join(folder, HOLDER), 'utf8')));
    return { name: shownName(name), since };
  } catch {
    // Absent, half-written or not ours.
    return null;
  }
}

/** Anyone who can write to the folder can write any name: what can hide or turn text is written out, and a long name is cut. */
function shownName(name: string): string {
  const shown = visibleName(name);
  const signs = Array.from(shown);
  return signs.length <= LONG_NAME ? shown : `${signs.slice(0, LONG_NAME).join('')}…`;
}
const LONG_NAME = 60;

function attempt(work: () => void): void {
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof Error && 'syscall' in thrown)) throw thrown;
  }
}
