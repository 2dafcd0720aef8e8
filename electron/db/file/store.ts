import type Database from 'better-sqlite3';
import type { Query, Readable, SqlValue } from '../types.ts';
import { Fault } from '../../../shared/errors.ts';
import { guarded } from '../faults.ts';

type Statement = Database.Statement<SqlValue[], unknown>;

/** One SQLite connection with its prepared statements. The caller states the type of a row, next to the SQL. */
export class Store {
  readonly sqlite: Database.Database;
  private readonly rows = new Map<string, Statement>();
  private readonly lists = new Map<string, Statement>();
  private readonly values = new Map<string, Statement>();
  private readonly named = new Map<string, Database.Statement<Record<string, SqlValue>, unknown>>();

  constructor(sqlite: Database.Database) {
    this.sqlite = sqlite;
  }

  all<Row>(sql: string, ...params: SqlValue[]): Row[] {
    return this.statement(sql).all(...params) as Row[];
  }
  get<Row>(sql: string, ...params: SqlValue[]): Row | undefined {
    return this.statement(sql).get(...params) as Row | undefined;
  }
  /** The first column of the first row. */
  value<T>(sql: string, ...params: SqlValue[]): T | undefined {
    return this.pluck(sql).get(...params) as T | undefined;
  }
  /** The first column of every row. */
  list<T>(sql: string, ...params: SqlValue[]): T[] {
    return this.pluck(sql).all(...params) as T[];
  }
  /** Streams rows. Each call has its own statement, so that two streams of one SQL text can run at once. */
  iterate<Row>(sql: string, ...params: SqlValue[]): IterableIterator<Row> {
    return this.sqlite.prepare<SqlValue[], Row>(sql).iterate(...params);
  }
  /** Streams rows as lists of values: half the cost of objects. */
  iterateRaw(sql: string, ...params: SqlValue[]): IterableIterator<unknown[]> {
    return this.sqlite
      .prepare<SqlValue[], unknown[]>(sql)
      .raw()
      .iterate(...params);
  }
  /** Rows as lists of values. */
  allRaw<Row extends readonly unknown[]>(sql: string, ...params: SqlValue[]): Row[] {
    return prepared(this.lists, sql, () => this.sqlite.prepare<SqlValue[], unknown>(sql).raw()).all(...params) as Row[];
  }
  /** Rows of a query with named parameters. */
  allNamed<Row>(sql: string, params: Record<string, SqlValue>): Row[] {
    return prepared(this.named, sql, () => this.reader(sql)).all(params) as Row[];
  }
  /** Prepares a statement with named parameters, which the caller keeps. */
  reader(sql: string): Database.Statement<Record<string, SqlValue>, unknown> {
    return this.sqlite.prepare<Record<string, SqlValue>, unknown>(sql);
  }
  /** The lines of EXPLAIN QUERY PLAN. */
  explain(sql: string): string[] {
    const names = [...sql.matchAll(/[@:$]([A-Za-z_]\w*)/g)].map((found) => [found[1] ?? '', null] as const);
    const statement = this.sqlite.prepare<Record<string, SqlValue>, { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
    return statement.all(Object.fromEntries(names)).map((row) => row.detail);
  }
  /** Returns the row id of an INSERT. */
  run(sql: string, ...params: SqlValue[]): number {
    return Number(this.statement(sql).run(...params).lastInsertRowid);
  }
  /** How many rows an INSERT of several added, and the row id of the last; an INSERT may ignore some. */
  insert(sql: string, ...params: SqlValue[]): { readonly rows: number; readonly last: number } {
    const { changes, lastInsertRowid } = this.statement(sql).run(...params);
    return { rows: changes, last: Number(lastInsertRowid) };
  }
  exec(sql: string): void {
    this.sqlite.exec(sql);
  }
  /** One immediate transaction: all of `work`, or nothing. */
  transaction<T>(work: () => T): T {
    return this.sqlite.transaction(work).immediate();
  }
  close(): void {
    this.rows.clear();
    this.values.clear();
    this.lists.clear();
    this.named.clear();
    this.sqlite.close();
  }

  private statement(sql: string): Statement {
    return prepared(this.rows, sql, () => this.sqlite.prepare<SqlValue[], unknown>(sql));
  }
  private pluck(sql: string): Statement {
    return prepared(this.values, sql, () => this.sqlite.prepare<SqlValue[], unknown>(sql).pluck());
  }
}

function prepared<S>(cache: Map<string, S>, sql: string, make: () => S): S {
  const known = cache.get(sql);
  if (known !== undefined) return known;
  const statement = make();
  cache.set(sql, statement);
  return statement;
}

/** Runs the queries of features. A statement that would write is rejected: the only way to write is a commit. */
export class ReadSide implements Readable {
  private readonly store: Store;
  private readonly statements = new Map<string, ReturnType<Store['reader']>>();

  constructor(store: Store) {
    this.store = store;
  }

  all<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>, params: P): Row[] {
    return guarded(() => this.statement(q).all(params) as Row[]);
  }
  get<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>, params: P): Row | undefined {
    return guarded(() => this.statement(q).get(params) as Row | undefined);
  }
  plan<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>): string {
    const rows = guarded(() => this.store.explain(q.sql));
    return rows.join('\n');
  }

  private statement<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>): ReturnType<Store['reader']> {
    const known = this.statements.get(q.sql);
    if (known !== undefined) return known;
    const made = this.store.reader(q.sql);
    if (!made.readonly) throw new Fault('INTERNAL', `The query ${q.name} would write. Only a commit writes.`);
    this.statements.set(q.sql, made);
    return made;
  }
}
