import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../shared/errors.ts';
import { guarded, readOnly } from './faults.ts';
import { keepBytes } from './file/backups.ts';
import { connect } from './file/connect.ts';
import { removeCache } from './file/local.ts';
import { noteReplaced } from './file/replaced.ts';
import { takeLock } from './file/lock.ts';
import { openIncomingLog } from './merge/incoming.ts';
import { takePackets, type Rejection } from './merge/union.ts';
import { build, DATABASE, isWritable } from './open.ts';
import type { OpenOptions } from './types.ts';

export interface Rebuilt {
  readonly commits: number;
  /** Commits that break a rule of the log, or depend on one that does. They are only in the kept copy. */
  readonly rejected: readonly Rejection[];
  /** The folder in `backups/` with the database as it was. */
  readonly kept: string;
}

/**
 * Makes the project's database again from the log in it, checked and replayed commit by commit like one from outside: tables,
 * triggers and rows that the log does not explain stay behind. The former database is kept as a copy of its bytes. What only
 * this folder knows (view states, the list of merges) is lost. The project must be closed.
 *
 * Faults: NOT_A_PROJECT, PROJECT_LOCKED, DAMAGED (the log itself can't be read, or no edit of it is as signed), DISK_FULL, PROJECT_READ_ONLY. After each of
 * them the project is as it was.
 */
export function rebuildProject(options: Omit<OpenOptions, 'readOnly'>): Rebuilt {
  return guarded(() => {
    const { folder } = options;
    const file = join(folder, DATABASE);
    if (!isWritable(folder)) throw readOnly();
    const lock = takeLock(folder);
    try {
      const incoming = openIncomingLog(file);
      let kept = '';
      let rejected: readonly Rejection[] = [];
      let commits = 0;
      try {
        build(options, incoming.project, {
          fill: (_db, log) => {
            ({ rejected, added: commits } = takePackets(log, () => incoming.packets()));
            if (commits === 0 && rejected.length > 0) throw nothingSigned();
          },
          beforeRename: () => {
            kept = keepBytes(folder, (options.now ?? Date.now)());
            // Closing moves the write-ahead log into the file: a kill now leaves the former database whole.
            connect(file).close();
            for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
          },
        });
      } finally {
        incoming.close();
      }
      const { replacements } = options;
      if (replacements !== undefined)
        noteReplaced({ folder, project: incoming.project, file: replacements }, (options.now ?? Date.now)());
      removeCache(folder);
      return { commits, rejected, kept };
    } finally {
      lock.release();
    }
  });
}

/** An altered project ID or key makes every signature invalid: what is then rebuilt would be empty. */
const nothingSigned = (): Fault =>
  new Fault(
    'DAMAGED',
    'None of this project’s edits matches its signature, so it can’t be rebuilt from them. Nothing was changed. Restore a backup, or merge a colleague’s project file into a new project.',
  );
