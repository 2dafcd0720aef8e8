import { join } from 'node:path';
import Database from 'better-sqlite3';
import { asFault } from './faults.ts';

/** Held while a project is open. The operating system frees it when the process dies, however it dies. */
export interface Lock {
  release(): void;
}

/**
 * Takes the project for this process: an exclusive transaction on `lock.sqlite`, since Node has no flock. PROJECT_LOCKED
 * where somebody else has it; PROJECT_READ_ONLY where the folder cannot be written.
 */
export function takeLock(folder: string): Lock {
  let held: Database.Database | null = null;
  try {
    held = new Database(join(folder, 'lock.sqlite'), { timeout: 0 });
    held.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    held?.close();
    throw asFault(thrown);
  }
  const lock = held;
  return { release: () => void lock.close() };
}
