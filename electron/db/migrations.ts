import { Fault } from '../../shared/errors.ts';
import { newer } from './file/connect.ts';
import { allFolded } from './projection/all-folded.ts';
import { writeConflicts, writeRow } from './projection/projection.ts';
import { Log } from './log/log.ts';
import { BASE_SCHEMA, PROJECTION_SCHEMA, TRIGGER_NAMES, TRIGGERS, isEntity } from './file/schema.ts';
import type { Store } from './file/store.ts';

/**
 * One step forward of the database's shape, never of the log's bytes. Number = place in the list, from 1. A migration is
 * never edited once it has been shipped.
 */
export interface Migration {
  readonly name: string;
  up(store: Store): void;
}

export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-log', up: (store) => BASE_SCHEMA.forEach((sql) => store.exec(sql)) },
];

const version = (store: Store): number => store.value<number>('PRAGMA user_version') ?? 0;

/**
 * The migrations that are still to be applied. PROJECT_NEWER for a version beyond ours; UNSUPPORTED where what was
 * applied is not what this program knows under those numbers.
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

/** Applies what is pending, each in one transaction: a kill leaves the version before or the one after. */
export function migrate(store: Store, now: number, known: readonly Migration[] = MIGRATIONS): void {
  for (const migration of pending(store, known)) {
    store.transaction(() => {
      const number = version(store) + 1;
      migration.up(store);
      store.run('INSERT INTO migration_(number, name, at) VALUES(?, ?, ?)', number, migration.name, Math.floor(now));
      store.exec(`PRAGMA user_version = ${number}`);
    });
  }
}

/** The triggers that keep the log append-only, put back where somebody dropped them. */
export function guardLog(store: Store): void {
  const there = new Set(store.list<string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'"));
  if (TRIGGER_NAMES.every((name) => there.has(name))) return;
  store.transaction(() => {
    for (const sql of TRIGGERS) if (!there.has(/TRIGGER (\w+)/.exec(sql)?.[1] ?? '')) store.exec(sql);
  });
}

/** Whether the projections have exactly the shape that the registry asks for. */
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
 * Makes the projection tables anew in today's shape and fills them from the log: the registry gained a field, or the
 * project comes from a version that knows others. Fields that an older version could not show come to light.
 */
export function remakeProjections(store: Store): void {
  store.transaction(() => {
    for (const { type, name } of storedProjections(store)) if (type === 'table') store.exec(`DROP TABLE "${name}"`);
    for (const sql of PROJECTION_SCHEMA) store.exec(sql);
    const log = new Log(store);
    const all = [...allFolded(log)];
    for (const folded of all) {
      if (isEntity(folded.kind)) writeRow(log, folded.kind, folded);
      writeConflicts(log, folded.ent, folded.conflicts);
    }
  });
}
