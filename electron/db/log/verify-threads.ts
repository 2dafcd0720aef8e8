import { statSync } from 'node:fs';
import { startThread } from '../../workers/threads.ts';
import { openBeside, openImage } from '../file/connect.ts';
import type { Store } from '../file/store.ts';

/** An open project, as the threads that verify it need it. */
export interface Verified {
  readonly folder: string;
  readonly file: string;
  /** Whether the database has to be read into memory, since this process doesn’t hold its lock. */
  readonly isImage: boolean;
  /** Aborted when the project is closed. */
  readonly ended: AbortSignal;
}

/** What a thread is given: the database, and what to check. */
export interface ThreadCheck {
  readonly file: string;
  readonly isImage: boolean;
  /** `all`: the commits and tables of the project. An object: the backups of these names in its folder. */
  readonly part: 'commits' | 'tables' | 'all' | { readonly folder: string; readonly backups: readonly string[] };
}

/** Runs a check in a thread. Returns null if the thread failed, or was stopped since the project was closed. */
export function inThread<T>({ file, isImage, ended }: Verified, part: ThreadCheck['part']): Promise<T | null> {
  const workerData: ThreadCheck = { file, isImage, part };
  return new Promise((resolve) => {
    const worker = startThread('verify', { workerData, execArgv: [] });
    // The engine’s thread lives as long as this one.
    const stop = (): void => void worker.terminate();
    ended.addEventListener('abort', stop, { once: true });
    worker.once('message', (checked: T) => resolve(checked));
    worker.once('error', () => resolve(null));
    worker.once('exit', () => {
      ended.removeEventListener('abort', stop);
      resolve(null);
    });
  });
}

/** Databases of fewer bytes together are checked in this thread: that takes 50 ms, less than a thread takes to start. */
const SMALL = 2 << 20;

/** Whether these files are so small that they are checked at once, and not in threads. */
export const areSmall = (files: readonly string[]): boolean =>
  files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0) < SMALL;

/**
 * Runs a check on a connection of its own, which reads what is on the disk and not what another has in memory. In one
 * transaction, so that commits made during the check are not seen.
 */
export function onOwnConnection<T>(
  { file, isImage }: Pick<Verified, 'file' | 'isImage'>,
  check: (store: Store) => T,
): T {
  const store = isImage ? openImage(file) : openBeside(file);
  try {
    return store.sqlite.transaction(() => check(store)).deferred();
  } finally {
    store.close();
  }
}
