import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { connect } from '../../electron/db/file/connect.ts';
import { openProject } from '../../electron/db/index.ts';
import { migrate, MIGRATIONS, pending, type Migration } from '../../electron/db/migrations.ts';
import type { Store } from '../../electron/db/file/store.ts';
import { query, type ProjectDb } from '../../electron/db/types.ts';
import { Fault } from '../../shared/errors.ts';
import { tempFolder } from '../support/temp.ts';
import { edits, newId, somebody } from '../unit/db/support.ts';

/**
 * `version-1.sqlite` was written by the first version and never changes: two people, a codebook, a source, a passage
 * with two tags, a memo that was removed, an edit undone, view state. Every later version must open it with all of that.
 */
const FIXTURES = join(import.meta.dirname, '../fixtures/migrations');

function folderOf(fixture: string): string {
  const folder = join(tempFolder(), 'Old.sourcebook');
  mkdirSync(folder);
  copyFileSync(join(FIXTURES, fixture), join(folder, 'project.sqlite'));
  return folder;
}
const opened = (folder: string): ProjectDb => openProject({ folder, person: somebody('Cai') });
const rows = (db: ProjectDb, sql: string): unknown[] =>
  db.read.all(query<Record<string, never>, unknown>(sql, sql), {});
function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.data.code;
    throw thrown;
  }
  return 'nothing';
}

function holdsVersion1(db: ProjectDb): void {
  expect(db.verifyLog()).toEqual({ commits: 9, changes: expect.any(Number), failures: [] });
  expect(rows(db, 'SELECT title FROM p_project')).toEqual([{ title: 'Version 1' }]);
  expect(rows(db, 'SELECT title, bytes, dateOfAct FROM p_source')).toEqual([
    { title: '政府工作报告', bytes: 1234, dateOfAct: '{"edtf":"2019-03","implied":true}' },
  ]);
  expect(rows(db, 'SELECT start, "end", page FROM p_passage')).toEqual([{ start: 3, end: 7, page: 1 }]);
  expect(
    rows(
      db,
      'SELECT c.code, w.name FROM p_tag t JOIN p_category c ON c.id = t.category JOIN p_person w ON w.id = t.person ORDER BY c.code',
    ),
  ).toEqual([
    { code: 'LND', name: 'Bo' },
    { code: 'LND.RIGHTS', name: 'Ann' },
  ]);
  expect(rows(db, 'SELECT text, deleted FROM p_memo')).toEqual([{ text: 'Prüfen 😀', deleted: 1 }]);
  expect(
    db
      .history(20)
      .map((one) => `${one.person}: ${one.label}`)
      .reverse(),
  ).toEqual([
    'Ann: New project',
    'Ann: Codebook',
    'Ann: Add a source',
    'Ann: Highlight',
    'Ann: Memo',
    'Ann: Rename',
    'Ann: Undo: Rename',
    'Bo: Bo tags',
    'Bo: Remove memo',
  ]);
  expect(db.local('place')).toEqual({ page: 3 });
}

describe('a project of version 1', () => {
  it('opens with everything in it, and can be edited', () => {
    const db = opened(folderOf('version-1.sqlite'));
    holdsVersion1(db);
    db.write.commit('Go on', edits('source', newId(), { title: 'new' }));
    expect(db.verifyLog().failures).toEqual([]);
    db.close();
  });

  it('has its bytes rebuilt exactly: every signature made then is valid now', () => {
    const db = opened(folderOf('version-1.sqlite'));
    expect(db.rebuild()).toBe(0);
    expect(db.head()).toBe('6dcbe7fb90c040ad7ee79bbdc99ed0c5f26785cb5084d67989753119f589d5f6');
    db.close();
  });
});

describe('migrations', () => {
  const withStore = (folder: string, work: (store: Store) => void): void => {
    const store = connect(join(folder, 'project.sqlite'));
    try {
      work(store);
    } finally {
      store.close();
    }
  };
  const second: Migration = {
    name: '0002-notes',
    sql: ['CREATE TABLE note(x TEXT) STRICT', 'INSERT INTO note SELECT title FROM p_source'],
  };
  const broken: Migration = {
    name: '0003-broken',
    sql: ['DROP TABLE note', 'CREATE TABLE other(x)', 'SELECT half_way()'],
  };

  it('are frozen: the SQL of a shipped step never changes', () => {
    const hashOf = (sql: readonly string[]): string => createHash('sha256').update(sql.join('\n')).digest('hex');
    expect(MIGRATIONS.map(({ name, sql }) => `${name} ${hashOf(sql)}`)).toEqual([
      '0001-log 3c79c9b9f9bc4563790a429bcf05b8ea5996e39f93ce639e622faad6059894fa',
    ]);
  });

  it('are applied once, in order, each completely or not at all', () => {
    const folder = folderOf('version-1.sqlite');
    withStore(folder, (store) => {
      expect(() => migrate(store, 7, [...MIGRATIONS, second, broken])).toThrow('half_way');
      expect(store.value('PRAGMA user_version')).toBe(2);
      expect(store.list('SELECT name FROM migration_ ORDER BY number')).toEqual(['0001-log', '0002-notes']);
      expect(store.list('SELECT x FROM note')).toEqual(['政府工作报告']);
      expect(store.value("SELECT count(*) FROM sqlite_schema WHERE name = 'other'")).toBe(0);
      migrate(store, 8, [...MIGRATIONS, second]);
      expect(store.list('SELECT x FROM note')).toHaveLength(1);
    });
    expect(codeOf(() => opened(folder))).toBe('PROJECT_NEWER');
  });

  it('reject what they do not know: other names under known numbers', () => {
    const folder = folderOf('version-1.sqlite');
    withStore(folder, (store) => {
      store.exec("UPDATE migration_ SET name = '0001-another'");
      expect(codeOf(() => pending(store))).toBe('UNSUPPORTED');
    });
    expect(codeOf(() => opened(folder))).toBe('UNSUPPORTED');
  });

  it('are not needed for tables that derive from the registry: they are rebuilt from the log, after a backup', () => {
    const folder = folderOf('version-1.sqlite');
    const sqlite = new Database(join(folder, 'project.sqlite'));
    sqlite.exec(
      'ALTER TABLE p_source DROP COLUMN title; ALTER TABLE p_tag ADD COLUMN aura TEXT; DROP INDEX p_tag_by_passage; DROP TABLE p_memo',
    );
    sqlite.close();
    const before = readFileSync(join(folder, 'project.sqlite'));
    const reading = openProject({ folder, person: somebody('Cai'), readOnly: true });
    holdsVersion1(reading);
    reading.close();
    expect(readFileSync(join(folder, 'project.sqlite')).equals(before)).toBe(true);
    const db = opened(folder);
    holdsVersion1(db);
    expect(db.backups().map((one) => one.reason)).toEqual(['migration']);
    expect(rows(db, "SELECT name FROM pragma_table_info('p_tag') WHERE name = 'aura'")).toEqual([]);
    db.close();
    const again = opened(folder);
    expect(again.backups()).toHaveLength(1);
    again.close();
  });
});
