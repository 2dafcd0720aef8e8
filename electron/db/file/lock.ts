import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { asFault, isLocked, locked } from '../faults.ts';

/** Held while a project is open. The operating system frees it when the process dies, however it dies. */
export interface Lock {
  release(): void;
}

/** Who has a project open, as they say themselves, and since when (epoch milliseconds). */
export interface Holder {
  readonly name: string;
  readonly since: number;
}
const holderFile = z.object({ name: z.string().max(400), since: z.number() });
const HOLDER = 'holder.json';

/**
 * Takes the project for this process: an exclusive transaction on `lock.sqlite`, since Node has no flock. PROJECT_LOCKED
 * where somebody else has it, with their name where they left it; PROJECT_READ_ONLY where the folder cannot be written.
 */
export function takeLock(folder: string, holder?: Holder): Lock {
  let held: Database.Database | null = null;
  try {
    held = new Database(join(folder, 'lock.sqlite'), { timeout: 0 });
    held.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    held?.close();
    const fault = asFault(thrown);
    throw isLocked(fault) ? locked(heldBy(folder)) : fault;
  }
  const lock = held;
  const file = join(folder, HOLDER);
  // Only a name for others to read: that it cannot be left (a full disk) must not keep anybody from working.
  if (holder !== undefined) attempt(() => writeFileSync(file, JSON.stringify(holder), { mode: 0o600 }));
  return {
    release: () => {
      if (holder !== undefined) attempt(() => rmSync(file, { force: true }));
      lock.close();
    },
  };
}

/** Whom the holder's note names; null where there is none that can be read. A kill leaves one behind: it counts only while the lock is held. */
export function heldBy(folder: string): Holder | null {
  try {
    return holderFile.parse(JSON.parse(readFileSync(join(folder, HOLDER), 'utf8')));
  } catch {
    // Absent, half-written or not ours: then nobody can be named.
    return null;
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof Error && 'syscall' in thrown)) throw thrown;
  }
}
