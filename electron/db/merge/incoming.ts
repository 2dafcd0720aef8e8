import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { CommitHash } from '../../../shared/model/index.ts';
import { harden, writesAhead } from '../file/connect.ts';
import { guarded } from '../faults.ts';
import { IncomingRows } from './incoming-rows.ts';
import { bent } from './incoming-values.ts';
import { idText } from '../ids.ts';
import type { Packet } from '../log/packet.ts';
import { unreadableTable } from '../file/log-shape.ts';
import { APPLICATION_ID } from '../file/schema.ts';
import { Store } from '../file/store.ts';
import type { Incoming } from '../types.ts';

/** Somebody else's database, from which only packets are read. */
export interface IncomingLog extends Incoming {
  /** In its own order. Each call reads from the start. DAMAGED at the first row that no log of ours could hold. */
  packets(): Iterable<Packet>;
}

/** The same, for a union that reads it row by row while a worker checks it. */
export class IncomingDatabase implements IncomingLog {
  readonly project: string;
  readonly commits: number;
  readonly horizon: CommitHash | null;
  readonly rows: IncomingRows;
  /** Where it is: a file that nobody writes to. */
  readonly file: string;
  private readonly store: Store;
  private readonly copy: string | null;

  constructor(store: Store, file: string, copy: string | null) {
    this.store = store;
    this.file = file;
    this.copy = copy;
    this.rows = new IncomingRows(store);
    this.project = idText(this.rows.project);
    this.commits = this.rows.count();
    this.horizon = this.rows.horizon();
  }

  packets(): Iterable<Packet> {
    return this.rows.packets();
  }
  close(): void {
    this.store.close();
    if (this.copy !== null) rmSync(this.copy, { recursive: true, force: true });
  }
}

/**
 * Opens a database from outside. Nothing in it is believed: its tables must have the columns that a log of ours has
 * (no view, virtual table or generated column in their place), every value is checked for type and size before it is used, and
 * what comes out is only packets, which the log then verifies one by one. A database with a write-ahead log, as a project
 * folder has it, is copied first: its folder may be open elsewhere and is not written to. Faults: NOT_A_PROJECT, DAMAGED.
 */
export function openIncomingLog(file: string): IncomingDatabase {
  return guarded(() => {
    const copy = writesAhead(file) ? copied(file) : null;
    try {
      const at = copy === null ? file : join(copy, COPY);
      const store = openStore(at);
      try {
        assertOurs(store);
        return new IncomingDatabase(store, at, copy);
      } catch (thrown) {
        store.close();
        throw thrown;
      }
    } catch (thrown) {
      if (copy !== null) rmSync(copy, { recursive: true, force: true });
      throw thrown;
    }
  });
}

/** A connection that reads what somebody else wrote. */
export function openStore(file: string): Store {
  const store = new Store(new Database(file, { readonly: true, fileMustExist: true, timeout: 0 }));
  harden(store.sqlite);
  // It is read from start to end once: a large cache would only cost memory.
  store.sqlite.pragma('cache_size = -2048');
  store.sqlite.pragma('cell_size_check = ON');
  store.sqlite.pragma('query_only = ON');
  return store;
}

const COPY = 'copy.sqlite';

function copied(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sourcebook-'));
  try {
    const copy = join(folder, COPY);
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const sqlite = new Database(copy);
    try {
      harden(sqlite);
      sqlite.pragma('journal_mode = DELETE');
    } finally {
      sqlite.close();
    }
    return folder;
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    throw thrown;
  }
}

function assertOurs(store: Store): void {
  if (store.value<unknown>('PRAGMA application_id') !== APPLICATION_ID) throw bent('it wasn’t written by Sourcebook');
  const table = unreadableTable(store);
  if (table !== null) throw bent(`its table ${table} isn’t a Sourcebook table`);
}
