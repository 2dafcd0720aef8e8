import { rmSync, statSync, type BigIntStats } from 'node:fs';
import { Fault } from '../../../shared/errors.ts';
import { guarded } from '../faults.ts';

/**
 * The file of a database that is open for writing. Another program can put another file in its place, as a sync service does with what
 * it downloaded; what is written from then on is in no file once the database is closed.
 */
export interface WatchedDatabase {
  /** If the file was replaced since it was opened, keeps a copy of what is open, once. A folder that was moved isn’t replaced. */
  look(): void;
  /** Whether a look found it replaced. `kept`: the name of the copy; null if none could be made, as on a full disk. */
  replaced(): { readonly kept: string | null } | null;
}

/** What the file system calls a file; null if there is none. */
export const identityOf = (path: string): BigIntStats | null =>
  statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;

/** A file system that gives numbers of its own at each look keeps the time of birth. */
export const isSameFile = (a: BigIntStats | null, b: BigIntStats | null): boolean =>
  a !== null && b !== null && (a.ino === b.ino || a.birthtimeNs === b.birthtimeNs);

/** `copy` makes a copy of what is open and returns its name. The database was read from, so that its write-ahead log is there. */
export function watchDatabase(file: string, copy: () => string): WatchedDatabase {
  const opened = identityOf(file);
  const log = identityOf(`${file}-wal`);
  let replaced: { readonly kept: string | null } | null = null;
  return {
    look: () => {
      if (replaced !== null) return;
      const now = identityOf(file);
      if (opened === null || now === null || isSameFile(now, opened)) return;
      replaced = { kept: unlessRefused(copy) };
      // SQLite would apply it to the database that is there now. The open one still reads it.
      if (replaced.kept !== null && isSameFile(identityOf(`${file}-wal`), log))
        for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    },
    replaced: () => replaced,
  };
}

function unlessRefused(copy: () => string): string | null {
  try {
    return guarded(copy);
  } catch (thrown) {
    // Who has the project open is told that there is no copy.
    if (!(thrown instanceof Fault)) throw thrown;
    return null;
  }
}
