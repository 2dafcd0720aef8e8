import { statSync } from 'node:fs';
import { join } from 'node:path';
import { toErrorData, type ErrorData } from '../../../shared/errors.ts';
import { asFault } from '../faults.ts';
import { backUp, backUpSlowly, DAY, listBackups } from './backups.ts';
import type { Store } from './store.ts';

/** Bytes. A database up to this size is copied at once: the copy takes some 50 ms, which nobody notices. */
const UNFELT = 16 << 20;
/** Milliseconds until a failed copy is tried again: on a full disk not every commit should try. */
const RETRY = 3_600_000;

export interface DailyBackup {
  /**
   * Makes the daily backup if there is none of the last 24 hours, or the clock was set back. Called when a project is opened
   * and with each commit, since a project can stay open for days.
   */
  makeIfDue(): void;
  /** Returns why the last backup failed; null if it did not. */
  problem(): ErrorData | null;
}

/** The daily backup: at once if it is fast, else in the background. A failure is kept to be shown; it stops no one's work. */
export function createDailyBackup(project: {
  readonly store: Store;
  readonly folder: string;
  readonly now: () => number;
}): DailyBackup {
  const { store, folder } = project;
  let problem: ErrorData | null = null;
  /** When the newest backup was made, so that a commit need not read the folder; null before the first look. */
  let copiedAt: number | null = null;

  const newestCopy = (): number => {
    try {
      return listBackups(folder)[0]?.at ?? 0;
    } catch (thrown) {
      problem = toErrorData(asFault(thrown));
      return 0;
    }
  };
  const make = (at: number): void => {
    copiedAt = at;
    const made = (): void => void (problem = null);
    const failed = (thrown: unknown): void => {
      copiedAt = at - DAY + RETRY;
      if (store.sqlite.open) problem = toErrorData(asFault(thrown));
    };
    try {
      if ((statSync(join(folder, 'project.sqlite'), { throwIfNoEntry: false })?.size ?? 0) > UNFELT) {
        backUpSlowly(store, folder, 'daily', at).then(made, failed);
        return;
      }
      backUp(store, folder, 'daily', at);
      made();
    } catch (thrown) {
      failed(thrown);
    }
  };
  return {
    makeIfDue: () => {
      const now = project.now();
      copiedAt ??= newestCopy();
      if (Math.abs(now - copiedAt) >= DAY) make(now);
    },
    problem: () => problem,
  };
}
