import { rmSync, statSync, type BigIntStats } from 'node:fs';
import { Fault } from '../../../shared/errors.ts';
import { guarded } from '../faults.ts';

/**
 * Watches the file of a database that is open for writing. Another program, such as a sync service, can put another file in its place: what is
 * written from then on is in no file once the database is closed.
 */
export interface WatchedDatabase {
  /**
   * Checks whether the file was replaced since it was opened. If so, keeps a copy of the open database, once. A folder that was moved does not
   * count as replaced.
   */
  look(): void;
  /** Returns null if no check found the file replaced. `kept`: the name of the copy; null if none could be made, as on a full disk. */
  replaced(): { readonly kept: string | null } | null;
}

/** Returns the numbers by which the file system identifies a file; null if there is none. */
export const identityOf = (path: string): BigIntStats | null =>
  statSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;

/** Whether both are one file. The time of birth counts too: some file systems give new numbers at each look, but keep that. */
export const isSameFile = (a: BigIntStats | null, b: BigIntStats | null): boolean =>
  a !== null && b !== null && (a.ino === b.ino || a.birthtimeNs === b.birthtimeNs);

/**
 * Watches `file`. `copy` makes a copy of the open database and returns its name. The database must have been read from, so that its
 * write-ahead log exists.
 */
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
      // The old write-ahead log would be applied to the new database. The open connection can still read it.
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
    // The person who has the project open is told that there is no copy.
    if (!(thrown instanceof Fault)) throw thrown;
    return null;
  }
}
