import type { Local } from '../file/local.ts';
import type { Committed, Readable } from '../types.ts';
import type { Log } from './log.ts';
import type { Change } from './packet.ts';
import type { Author, Step } from './write.ts';

/** The open project's log and the ways to write to it: what merging and exporting work with. */
export interface OpenLog {
  readonly log: Log;
  readonly author: Author;
  readonly read: Readable;
  /** This folder's own state, which is not in the log. */
  readonly local: Local;
  readonly now: () => number;
  /** Runs `work` in one transaction. If it fails, both the rows and the numbers cached in memory are as before. PROJECT_READ_ONLY. */
  writing<T>(work: () => T): T;
  /** Starts a new replica, because another folder writes under the current replica's id. Call it inside {@link writing}. */
  startReplica(): void;
  /** Appends one commit by the acting person. Call it inside {@link writing}. */
  append(label: string, changes: readonly Change[], step?: Step): Committed;
}
