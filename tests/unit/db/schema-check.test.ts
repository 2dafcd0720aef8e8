import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openProject, rebuildProject, restoreBackup } from '../../../electron/db/index.ts';
import { PROJECTION_SCHEMA } from '../../../electron/db/file/schema.ts';
import { query, type ProjectDb } from '../../../electron/db/types.ts';
import { Fault } from '../../../shared/errors.ts';
import { withoutGuards } from '../../support/alter-log.ts';
import { edits, newId, project, somebody } from './support.ts';

const ann = somebody('Ann');
const titles = query<Record<string, never>, { title: string }>('titles', 'SELECT title FROM p_source ORDER BY title');
const titlesIn = (db: ProjectDb): string[] => db.read.all(titles, {}).map((row) => row.title);

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
  throw new Error('Nothing was thrown');
}

/** A closed project with one source. */
function sample(): string {
  const db = project({ person: ann });
  db.write.commit('Add', edits('source', newId(), { title: 'kept' }));
  db.close();
  return db.folder;
}
function alter(file: string, ...statements: string[]): void {
  const sqlite = new Database(file);
  try {
    sqlite.unsafeMode(true);
    for (const sql of statements) sqlite.exec(sql);
  } finally {
    sqlite.close();
  }
}

const DROPPING =
  "CREATE TRIGGER quiet BEFORE INSERT ON change_ WHEN NEW.value LIKE '%secret%' BEGIN SELECT RAISE(IGNORE); END";
const [EMPTIED, GUARD] = [
  'CREATE TRIGGER change_no_update BEFORE UPDATE ON change_ BEGIN SELECT 1; END',
  'DROP TRIGGER change_no_update',
];
const passageTable = PROJECTION_SCHEMA.find((sql) => sql.startsWith('CREATE TABLE p_tag(')) ?? '';

/** What the database of a folder from elsewhere can contain, and the object that the error names. */
const STRANGE: [string, string[], string][] = [
  ['a trigger that drops writes', [DROPPING], 'quiet'],
  ['a guard of the log without its body', [GUARD, EMPTIED], 'change_no_update'],
  ['a trigger on its own state', ['CREATE TRIGGER own AFTER INSERT ON local_self BEGIN DELETE FROM head_; END'], 'own'],
  ['a trigger on a projection', ['CREATE TRIGGER p_x AFTER INSERT ON p_tag BEGIN DELETE FROM p_tag; END'], 'p_x'],
  ['a view', ["CREATE VIEW p_shown AS SELECT 'x' AS id"], 'p_shown'],
  ['a table', ['CREATE TABLE more(x)'], 'more'],
  ['an index', ['CREATE INDEX more ON commit_(label)'], 'more'],
  ['an index of an expression', ['CREATE INDEX p_more ON p_tag(upper(category))'], 'p_more'],
  ['a unique index, which refuses rows', ['CREATE UNIQUE INDEX p_more ON p_tag(category)'], 'p_more'],
  [
    'a projection that checks what is written',
    ['DROP TABLE p_tag', passageTable.replace('"category" TEXT', `"category" TEXT CHECK (category <> 'x')`)],
    'p_tag',
  ],
  [
    'a projection with an expression of its own',
    ['DROP TABLE p_tag', passageTable.replace(') STRICT', ', "more" TEXT AS (upper(id)) VIRTUAL) STRICT')],
    'p_tag',
  ],
  [
    'a table of the log with a default of its own',
    [
      'PRAGMA writable_schema = ON',
      "UPDATE sqlite_schema SET sql = replace(sql, 'label TEXT', 'label TEXT CHECK (length(label) < 9)') WHERE name = 'commit_'",
    ],
    'commit_',
  ],
  ['no index of the log', ['DROP INDEX change_by_field'], 'change_by_field'],
  ['no guard of the log', [GUARD], 'change_no_update'],
];

describe('a database whose schema isn’t ours', () => {
  it.each(STRANGE)('is not opened, for writing or reading, and nothing of it runs: %s', (_what, statements, name) => {
    const folder = sample();
    const file = join(folder, 'project.sqlite');
    alter(file, ...statements);
    const before = readFileSync(file);
    for (const readOnly of [false, true]) {
      const { code, message } = faultOf(() => openProject({ folder, person: ann, readOnly })).data;
      expect(code).toBe('DAMAGED');
      expect(message).toContain(`“${name}”`);
      expect(message).toMatch(/Restore a backup, or rebuild the project from its history\.$/);
    }
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(join(folder, 'lock.sqlite-journal'))).toBe(false);
  });

  it.each(STRANGE)('is not restored from a backup: %s', (_what, statements, name) => {
    const folder = sample();
    const db = openProject({ folder, person: ann });
    const backup = db.backup('asked');
    db.write.commit('Add', edits('source', newId(), { title: 'later' }));
    db.close();
    alter(join(folder, 'backups', backup), ...statements);
    const { code, message } = faultOf(() => restoreBackup({ folder, name: backup })).data;
    expect(code).toBe('DAMAGED');
    expect(message).toContain(`“${name}”`);
    const again = openProject({ folder, person: ann });
    expect(titlesIn(again)).toEqual(['kept', 'later']);
    again.close();
  });

  it.each(STRANGE)('is rebuilt from its history, and the former one is kept: %s', (_what, statements) => {
    const folder = sample();
    const file = join(folder, 'project.sqlite');
    alter(file, ...statements);
    const before = readFileSync(file);
    const { commits, rejected, kept } = rebuildProject({ folder, person: ann });
    expect([commits, rejected]).toEqual([1, []]);
    expect(readFileSync(join(folder, 'backups', kept, 'project.sqlite')).equals(before)).toBe(true);
    const db = openProject({ folder, person: ann });
    expect(titlesIn(db)).toEqual(['kept']);
    db.write.commit('Add', edits('source', newId(), { title: 'a secret' }));
    expect(titlesIn(db)).toEqual(['a secret', 'kept']);
    expect(db.verifyLog().failures).toEqual([]);
    db.close();
  });

  it('is not made empty where no edit is as signed, as with another project’s ID', () => {
    const folder = sample();
    const file = join(folder, 'project.sqlite');
    const sqlite = new Database(file);
    withoutGuards(sqlite, () => sqlite.exec("UPDATE project_ SET id = x'01a223b7eed070008a268b4f94cdc819'"));
    sqlite.close();
    const before = readFileSync(file);
    expect(() => rebuildProject({ folder, person: ann })).toThrow(/None of this project’s edits matches its signature/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});
