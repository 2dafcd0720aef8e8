import Database from 'better-sqlite3';
import type { Store } from '../file/store.ts';
import type { SqlValue } from '../types.ts';

/** Rows in one statement; more rows are not faster. */
const AT_ONCE = 64;

/**
 * Inserts new rows of one table many at a time, which is faster than one statement a row. Before the table is read in the same
 * transaction, {@link flush} must be called. After an error, rows of the same statement may be in the table: the caller rolls back
 * its transaction.
 */
export class RowBatch {
  private readonly store: Store;
  private readonly into: string;
  private readonly columns: number;
  private readonly replaces: boolean;
  private readonly many: string;
  private readonly one: string;
  private params: SqlValue[] = [];

  /** `into`: the table and its columns. With `replaces`, a row overwrites one with the same key; otherwise that is an error. */
  constructor(store: Store, into: string, columns: number, replaces = false) {
    this.store = store;
    this.into = into;
    this.columns = columns;
    this.replaces = replaces;
    this.many = this.insert('FAIL', AT_ONCE);
    this.one = this.insert('FAIL', 1);
  }

  /** Adds one row: as many values as there are columns. */
  add(values: readonly SqlValue[]): void {
    const { params } = this;
    for (const value of values) params.push(value);
    if (params.length < this.columns * AT_ONCE) return;
    this.params = [];
    this.run(this.many, params);
  }

  /** {@link add} for a table of five columns: no list is made for a row that comes 400,000 times. */
  addFive(one: SqlValue, two: SqlValue, three: SqlValue, four: SqlValue, five: SqlValue): void {
    const { params } = this;
    params.push(one, two, three, four, five);
    if (params.length < this.columns * AT_ONCE) return;
    this.params = [];
    this.run(this.many, params);
  }

  flush(): void {
    const { params, columns } = this;
    this.params = [];
    for (let at = 0; at < params.length; at += columns) this.run(this.one, params.slice(at, at + columns));
  }

  /**
   * OR FAIL: otherwise SQLite first copies each page that a statement changes, so that it could undo that statement alone. That is a
   * third of the time, and OR REPLACE copies them too. No row of a merge is expected to have a key that is there already.
   */
  private run(sql: string, params: readonly SqlValue[]): void {
    try {
      this.store.run(sql, ...params);
    } catch (thrown) {
      if (!this.replaces || !isConstraint(thrown)) throw thrown;
      this.store.run(this.insert('REPLACE', params.length / this.columns), ...params);
    }
  }

  private insert(or: 'FAIL' | 'REPLACE', rows: number): string {
    const row = `(${Array<string>(this.columns).fill('?').join(',')})`;
    return `INSERT OR ${or} INTO ${this.into} VALUES${Array<string>(rows).fill(row).join(',')}`;
  }
}

const isConstraint = (thrown: unknown): boolean =>
  thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_CONSTRAINT');
