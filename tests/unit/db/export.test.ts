import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { importProject, openIncomingLog, type UnionCounts } from '../../../electron/db/index.ts';
import { logTriggers } from '../../../electron/db/migrations.ts';
import { query, type ProjectDb } from '../../../electron/db/types.ts';
import { Fault } from '../../../shared/errors.ts';
import { tempFolder } from '../../support/temp.ts';
import { edits, newFolder, newId, project, somebody, steadyClock } from './support.ts';

const [ann, bo] = [somebody('Ann'), somebody('Bo')];

/** A project written afresh into a file, as it goes into a project file. */
function handedOver(): { db: ProjectDb; file: string } {
  const db = project({ person: ann });
  const [source, passage] = [newId(), newId()];
  db.write.commit('Add', edits('source', source, { title: '报告', captureUrl: 'https://example.org/' }));
  db.write.commit(
    'Highlight',
    edits('passage', passage, { source, anchor: { start: 3, end: 9, page: 2, exact: '就业' } }),
  );
  db.write.commit('Tag', edits('tag', newId(), { passage, category: newId(), person: ann.id }));
  db.write.commit('Move to trash', edits('passage', passage, { deleted: true }));
  db.undo();
  db.setLocal('reading', { place: 'SECRET-PLACE' });
  const file = join(tempFolder(), 'database.sqlite');
  db.writeFresh(file);
  return { db, file };
}

function taken(file: string, folder = newFolder()): { db: ProjectDb; result: UnionCounts } {
  const foreign = openIncomingLog(file);
  let result: UnionCounts = { added: 0, supplied: 0, known: 0, rejected: [] };
  const db = importProject({
    folder,
    person: bo,
    now: steadyClock(),
    project: foreign.project,
    packets: () => foreign.packets(),
    judge: (found) => void (result = found),
  });
  foreign.close();
  return { db, result };
}
const tables = ['source', 'passage', 'tag', 'person', 'project'].map((entity) =>
  query<Record<string, never>, Record<string, unknown>>(entity, `SELECT * FROM p_${entity} ORDER BY id`),
);
const contents = (db: ProjectDb): unknown => tables.map((one) => db.read.all(one, {}));

describe('an exported database', () => {
  it('is one file with the log, without local state or deleted data', () => {
    const { db, file } = handedOver();
    const replica = new Database(join(db.folder, 'project.sqlite'), { readonly: true })
      .prepare("SELECT value FROM local_self WHERE key = 'home'")
      .pluck()
      .get();
    const bytes = readFileSync(file);
    expect(bytes.includes('SECRET-PLACE')).toBe(false);
    expect(Buffer.isBuffer(replica) && bytes.includes(replica)).toBe(false);
    expect([existsSync(`${file}-wal`), existsSync(`${file}-journal`)]).toEqual([false, false]);
    const sqlite = new Database(file, { readonly: true });
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(sqlite.pragma('journal_mode', { simple: true })).toBe('delete');
    expect(
      ['local_self', 'local_view'].map((table) => sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
    ).toEqual([0, 0]);
    sqlite.close();
    expect(() => db.writeFresh(file)).toThrow(/already/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    db.close();
  });

  it('replayed commit by commit elsewhere, gives the same project', () => {
    const { db, file } = handedOver();
    const { db: theirs, result } = taken(file);
    expect(result).toEqual({ added: 5, supplied: 0, known: 0, rejected: [] });
    expect(theirs.id).toBe(db.id);
    expect(contents(theirs)).toEqual(contents(db));
    expect(theirs.history(20)).toEqual(db.history(20));
    expect(theirs.verifyLog().failures).toEqual([]);
    expect(theirs.undoLabels()).toEqual({ undo: null, redo: null });
    theirs.write.commit('Bo’s', edits('source', newId(), { title: 'b' }));
    expect(theirs.history(1)).toMatchObject([{ person: 'Bo', label: 'Bo’s' }]);
    [db, theirs].forEach((one) => one.close());
  });
});

describe('an incoming database', () => {
  /** A copy, bent by SQL. */
  function bentBy(...statements: string[]): string {
    const { db, file } = handedOver();
    db.close();
    const bent = join(tempFolder(), 'bent.sqlite');
    copyFileSync(file, bent);
    const sqlite = new Database(bent);
    for (const name of logTriggers().keys()) sqlite.exec(`DROP TRIGGER ${name}`);
    sqlite.unsafeMode(true);
    for (const sql of statements) sqlite.exec(sql);
    sqlite.close();
    return bent;
  }
  function codeOf(work: () => unknown): string {
    try {
      work();
    } catch (thrown) {
      if (thrown instanceof Fault) return thrown.data.code;
      throw thrown;
    }
    return 'nothing';
  }

  const leafWithoutKey = ['DROP TABLE leaf_', 'CREATE TABLE leaf_(c INTEGER, i INTEGER, salt BLOB, hash BLOB) STRICT'];

  it.each<[string, string[]]>([
    [
      'has a view in the place of a table',
      ['ALTER TABLE change_ RENAME TO other', 'CREATE VIEW change_ AS SELECT * FROM other'],
    ],
    [
      'has a table with a column that computes',
      ['DROP TABLE leaf_', 'CREATE TABLE leaf_(c INTEGER, i INTEGER, salt BLOB, hash BLOB AS (zeroblob(1000000000)))'],
    ],
    [
      'has a strict table with a column that computes',
      [
        'DROP TABLE leaf_',
        'CREATE TABLE leaf_(c INTEGER, i INTEGER, salt BLOB, hash BLOB AS (zeroblob(1000000000)), PRIMARY KEY(c, i)) STRICT, WITHOUT ROWID',
      ],
    ],
    [
      'has a virtual table in the place of a table',
      ['DROP TABLE leaf_', 'CREATE VIRTUAL TABLE leaf_ USING fts5(c, i, salt, hash)'],
    ],
    ['lacks a column', ['ALTER TABLE leaf_ RENAME COLUMN salt TO sugar']],
    [
      'has a column of another type',
      ['DROP TABLE leaf_', 'CREATE TABLE leaf_(c INTEGER, i INTEGER, salt TEXT, hash BLOB, PRIMARY KEY(c, i)) STRICT'],
    ],
    [
      'has a table that takes any type',
      ['DROP TABLE leaf_', 'CREATE TABLE leaf_(c INTEGER, i INTEGER, salt BLOB, hash BLOB, PRIMARY KEY(c, i))'],
    ],
    [
      'may have two rows for one key',
      ['DROP TABLE leaf_', 'CREATE TABLE leaf_(c INTEGER, i INTEGER, salt BLOB, hash BLOB) STRICT'],
    ],
    ['may have two rows for some keys', [...leafWithoutKey, 'CREATE UNIQUE INDEX half ON leaf_(c, i) WHERE c > 1']],
    [
      'compares texts its own way',
      [
        'ALTER TABLE field_ RENAME TO other',
        'CREATE TABLE field_(field INTEGER PRIMARY KEY, entity TEXT COLLATE NOCASE, name TEXT, UNIQUE(entity, name)) STRICT',
        'INSERT INTO field_ SELECT * FROM other',
      ],
    ],
    [
      'answers for SQLite what its tables are',
      [
        ...leafWithoutKey,
        'CREATE TABLE pragma_table_list(schema, name, type, ncol, wr, strict)',
        "INSERT INTO pragma_table_list VALUES('main', 'leaf_', 'table', 4, 1, 1)",
      ],
    ],
    ['lacks a table', ['DROP TABLE leaf_']],
    ['is another program’s', ['PRAGMA application_id = 7']],
    ['has no id', ['DELETE FROM project_']],
    ['has an id of the wrong length', ['UPDATE project_ SET id = zeroblob(1000)']],
    ['has a key of the wrong length', ['UPDATE replica_ SET key = zeroblob(10)']],
    ['has a huge signature', ['UPDATE commit_ SET sig = zeroblob(50000000) WHERE c = 2']],
    ['has a huge value', ["UPDATE change_ SET value = printf('%.*c', 60000000, 'x') WHERE c = 2 AND i = 1"]],
    ['lacks a record that a change is about', ['DELETE FROM entity_ WHERE ent = 2']],
    ['lacks a commit that others build upon', ['DELETE FROM commit_ WHERE c = 2']],
    ['names parents by half', ['UPDATE commit_ SET others = zeroblob(33) WHERE c = 2']],
  ])('that %s is rejected, and no project comes of it', (_how, sql) => {
    const file = bentBy(...sql);
    const folder = newFolder();
    expect(codeOf(() => taken(file, folder))).toBe('DAMAGED');
    expect(existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'lock.sqlite') : []).toEqual([]);
  });

  it('of another version is read: it may have columns and indexes of its own, and its SQL may be worded differently', () => {
    const file = bentBy(
      'ALTER TABLE commit_ ADD COLUMN note TEXT',
      'CREATE INDEX commit_by_time ON commit_(wall)',
      'ALTER TABLE field_ RENAME TO other',
      'CREATE TABLE field_ (\n  name TEXT,\n  entity TEXT,\n  field INTEGER PRIMARY KEY, -- its number\n  UNIQUE (entity, name)\n) STRICT',
      'INSERT INTO field_(field, entity, name) SELECT field, entity, name FROM other',
      'DROP TABLE other',
    );
    const { db, result } = taken(file);
    expect(result).toEqual({ added: 5, supplied: 0, known: 0, rejected: [] });
    expect(db.verifyLog().failures).toEqual([]);
    db.close();
  });

  it.each<[string, string]>([
    ['a change', `UPDATE change_ SET value = '"forged"' WHERE c = 1 AND i = 2`],
    ['a clock', 'UPDATE commit_ SET clock = clock + 1 WHERE c = 1'],
    ['who signed', 'UPDATE replica_ SET key = randomblob(32)'],
  ])('in which %s was altered is not believed: the commits are named', (_what, sql) => {
    const { db, result } = taken(bentBy(sql));
    expect(result.rejected.length).toBeGreaterThan(0);
    expect(db.verifyLog().failures).toEqual([]);
    db.close();
  });

  it('is read for its log only: its tables and indexes are rebuilt', () => {
    const { db, result } = taken(
      bentBy(
        `UPDATE p_source SET title = 'forged'`,
        'DELETE FROM head_',
        'UPDATE commit_ SET chain = 99, vv = 7',
        `INSERT INTO local_self VALUES('replica', x'00')`,
      ),
    );
    expect(result.rejected).toEqual([]);
    expect(db.read.all(query<Record<string, never>, { title: string }>('t', 'SELECT title FROM p_source'), {})).toEqual(
      [{ title: '报告' }],
    );
    expect(db.verifyLog().failures).toEqual([]);
    db.close();
  });

  it('that isn’t a database is reported as damaged', () => {
    const file = join(tempFolder(), 'x.sqlite');
    writeFileSync(file, Buffer.alloc(50_000, 1));
    expect(codeOf(() => openIncomingLog(file))).toBe('DAMAGED');
  });

  it('is not imported if the caller rejects it', () => {
    const { db, file } = handedOver();
    db.close();
    const folder = newFolder();
    const foreign = openIncomingLog(file);
    const judge = (): never => {
      throw new Fault('DAMAGED', 'no');
    };
    expect(
      codeOf(() =>
        importProject({ folder, person: bo, project: foreign.project, packets: () => foreign.packets(), judge }),
      ),
    ).toBe('DAMAGED');
    foreign.close();
    expect(readdirSync(folder).filter((name) => name !== 'lock.sqlite')).toEqual([]);
  });
});
