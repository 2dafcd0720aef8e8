import Database from 'better-sqlite3';
import { Fault } from '../../shared/errors.ts';
import { newer } from './file/connect.ts';
import { allFolded } from './projection/all-folded.ts';
import { writeConflicts, writeRow } from './projection/projection.ts';
import { Log } from './log/log.ts';
import { isEntity } from '../../shared/changes/fields.ts';
import { PROJECTION_SCHEMA } from './file/schema.ts';
import { Store } from './file/store.ts';
import { LOG_0001 } from './migrations/0001-log.ts';

/**
 * One step of the database's schema; the log's bytes never change. Its number is its place in the list, from 1. A step's SQL
 * does not depend on other code, so that no later change of the code changes what it does, and it is never edited once shipped.
 * The projections (`p_*`) are not part of it: they are made from the registry and filled from the log.
 */
export interface Migration {
  readonly name: string;
  readonly sql: readonly string[];
}

export const MIGRATIONS: readonly Migration[] = [{ name: '0001-log', sql: LOG_0001 }];

/**
 * Makes the tables, indexes and triggers of a new database: the result of all steps, or of the first few. It records no step;
 * {@link migrate} does.
 */
export function makeSchema(store: Store, steps = MIGRATIONS.length): void {
  for (const { sql } of MIGRATIONS.slice(0, steps)) for (const statement of sql) store.exec(statement);
}

const version = (store: Store): number => store.value<number>('PRAGMA user_version') ?? 0;

/**
 * The steps still to be applied. PROJECT_NEWER for a version this program does not know; UNSUPPORTED if the applied steps have
 * other names than ours.
 */
export function pending(store: Store, known: readonly Migration[] = MIGRATIONS): readonly Migration[] {
  const at = version(store);
  if (at > known.length) throw newer(at, known.length);
  if (at > 0) {
    const applied = store.list<string>('SELECT name FROM migration_ ORDER BY number');
    const expected = known.slice(0, at).map((one) => one.name);
    if (applied.join('\n') !== expected.join('\n')) {
      throw new Fault(
        'UNSUPPORTED',
        'This project was changed by a version this Sourcebook doesn’t know. Open it with that version. Nothing was changed.',
        { applied, expected },
      );
    }
  }
  return known.slice(at);
}

/** Applies the pending steps, each in one transaction: a kill leaves the version before or the one after. */
export function migrate(store: Store, now: number, known: readonly Migration[] = MIGRATIONS): void {
  for (const migration of pending(store, known)) {
    store.transaction(() => {
      const number = version(store) + 1;
      for (const statement of migration.sql) store.exec(statement);
      store.run('INSERT INTO migration_(number, name, at) VALUES(?, ?, ?)', number, migration.name, Math.floor(now));
      store.exec(`PRAGMA user_version = ${number}`);
    });
  }
}

let triggers: ReadonlyMap<string, string> | null = null;

/** The triggers that keep the log append-only, as the steps create them: name and SQL. */
export function logTriggers(): ReadonlyMap<string, string> {
  if (triggers !== null) return triggers;
  const store = new Store(new Database(':memory:'));
  try {
    makeSchema(store);
    const rows = store.all<{ name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
    triggers = new Map(rows.map(({ name, sql }) => [name, sql]));
    return triggers;
  } finally {
    store.close();
  }
}

/** Whether the projection tables and their indexes are exactly those of the registry. */
export function projectionsFit(store: Store): boolean {
  const wanted = [...PROJECTION_SCHEMA].sort();
  return (
    storedProjections(store)
      .map((one) => one.sql)
      .sort()
      .join('\n') === wanted.join('\n')
  );
}

function storedProjections(store: Store): { type: string; name: string; sql: string }[] {
  return store.all(
    "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name GLOB 'p_*' ORDER BY name",
  );
}

/**
 * Makes the projection tables again from the registry and fills them from the log: the registry gained a field, or another
 * version of the program wrote the project. Fields that an older version did not know get their values from the log.
 */
export function remakeProjections(store: Store): void {
  store.transaction(() => {
    for (const { type, name } of storedProjections(store)) if (type === 'table') store.exec(`DROP TABLE "${name}"`);
    for (const sql of PROJECTION_SCHEMA) store.exec(sql);
    const log = new Log(store);
    // Written while it is read, some records at once: all of 300,000 would be half a gigabyte.
    for (const folded of allFolded(log)) {
      if (isEntity(folded.kind)) writeRow(log, folded.kind, folded);
      writeConflicts(log, folded.ent, folded.conflicts);
    }
  });
}
