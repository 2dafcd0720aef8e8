import type { Local } from '../file/local.ts';
import type { Log } from '../log/log.ts';
import type { Change } from '../log/packet.ts';
import type { Committed, Readable } from '../types.ts';
import type { Author, Step } from '../log/write.ts';

/** What an open project lends to merging and to what leaves it in part. */
export interface MergeContext {
  /** With its `store`. */
  readonly log: Log;
  readonly author: Author;
  readonly folder: string;
  readonly read: Readable;
  /** This folder's own, unlogged state. */
  readonly mine: Local;
  readonly now: () => number;
  /** One transaction; PROJECT_READ_ONLY where nothing can be written. What fails in it leaves neither rows nor numbers in memory behind. */
  writing<T>(work: () => T): T;
  /** Starts a new replica, inside {@link writing}: somebody else writes under the id of this one. */
  startReplica(): void;
  /** Appends one commit by the acting person, inside {@link writing}. */
  append(label: string, changes: readonly Change[], step?: Step): Committed;
}
