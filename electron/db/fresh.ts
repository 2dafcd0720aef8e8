import { existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Fault } from '../../shared/errors.ts';
import { harden } from './file/connect.ts';
import { makeSchema, MIGRATIONS } from './migrations.ts';
import { ENTITIES } from '../../shared/changes/kinds.ts';
import { APPLICATION_ID, COPIED_TABLES, PROJECTION_SCHEMA } from './file/schema.ts';
import { sync } from './file/backups.ts';
import { columnList } from './projection/projection.ts';
import { Store } from './file/store.ts';

/**
 * Writes the project into a new database file, row by row, so that nothing that was ever deleted or local can be in it, as it
 * could in a pruned copy. One file, no write-ahead log. EXISTS if `target` exists; on failure nothing is left behind.
 */
export function writeFresh(store: Store, target: string, version: number): void {
  if (existsSync(target)) throw taken();
  try {
    makeEmpty(target, version);
    store.sqlite.prepare('ATTACH ? AS fresh').run(target);
    // A project opened for reading rejects every write on its connection; this one goes to another file.
    const reading = store.sqlite.pragma('query_only', { simple: true });
    try {
      store.exec('PRAGMA query_only = OFF');
      store.transaction(() => copyRows(store));
    } finally {
      store.exec(`PRAGMA query_only = ${reading === 1 ? 'ON' : 'OFF'}`);
      store.exec('DETACH fresh');
    }
    sync(target);
  } catch (thrown) {
    discard(target);
    throw thrown;
  }
}

/**
 * Writes a new database file. `fill` writes all its rows in one transaction; besides them it has only the version and nothing
 * local. EXISTS if `target` exists; on failure nothing is left behind.
 */
export function writeNew(target: string, fill: (fresh: Store) => void): void {
  if (existsSync(target)) throw taken();
  try {
    makeEmpty(target, MIGRATIONS.length);
    const fresh = new Store(new Database(target));
    try {
      harden(fresh.sqlite);
      // What is overwritten during the write (a list of newest commits) must not stay in the file's free space.
      fresh.sqlite.pragma('secure_delete = ON');
      fresh.transaction(() => {
        MIGRATIONS.forEach(({ name }, k) => {
          fresh.run('INSERT INTO migration_(number, name, at) VALUES(?, ?, 0)', k + 1, name);
        });
        fill(fresh);
      });
    } finally {
      fresh.close();
    }
    sync(target);
  } catch (thrown) {
    discard(target);
    throw thrown;
  }
}

/** Removes an exported database that must not be used. */
export function discard(target: string): void {
  for (const suffix of ['', '-journal']) rmSync(target + suffix, { force: true });
}

const taken = (): Fault => new Fault('EXISTS', 'A file already exists there. Choose another name.');

function makeEmpty(target: string, version: number): void {
  const fresh = new Store(new Database(target));
  try {
    harden(fresh.sqlite);
    fresh.transaction(() => {
      makeSchema(fresh);
      for (const sql of PROJECTION_SCHEMA) fresh.exec(sql);
      fresh.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
      fresh.exec(`PRAGMA user_version = ${version}`);
    });
  } finally {
    fresh.close();
  }
}

function copyRows(store: Store): void {
  for (const [table, columns] of Object.entries(COPIED_TABLES)) {
    store.exec(`INSERT INTO fresh.${table}(${columns}) SELECT ${columns} FROM main.${table}`);
  }
  for (const entity of ENTITIES) {
    const columns = columnList(entity);
    store.exec(`INSERT INTO fresh.p_${entity}(${columns}) SELECT ${columns} FROM main.p_${entity}`);
  }
  store.exec('INSERT INTO fresh.migration_(number, name, at) SELECT number, name, 0 FROM main.migration_');
}
