import type { Store } from '../file/store.ts';
import type { SqlValue } from '../types.ts';

/** Rows in one statement. More gain nothing. */
const AT_ONCE = 64;

/**
 * Inserts new rows of one table many at a time, which is faster than one statement a row. Before the table is read in the same
 * transaction, {@link flush} must be called.
 */
export class RowBatch {
  private readonly store: Store;
  private readonly one: string;
  private readonly many: string;
  private readonly columns: number;
  private params: SqlValue[] = [];

  /** `into`: the statement up to VALUES. */
  constructor(store: Store, into: string, columns: number) {
    this.store = store;
    this.columns = columns;
    const row = `(${Array<string>(columns).fill('?').join(',')})`;
    this.one = `${into} VALUES${row}`;
    this.many = `${into} VALUES${Array<string>(AT_ONCE).fill(row).join(',')}`;
  }

  /** Adds one row: as many values as there are columns. */
  add(values: readonly SqlValue[]): void {
    const { params } = this;
    for (const value of values) params.push(value);
    if (params.length < this.columns * AT_ONCE) return;
    this.params = [];
    this.store.run(this.many, ...params);
  }

  flush(): void {
    const { params, columns } = this;
    this.params = [];
    for (let at = 0; at < params.length; at += columns) this.store.run(this.one, ...params.slice(at, at + columns));
  }
}
