import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openProject } from '../../electron/db/index.ts';
import { query } from '../../electron/db/types.ts';
import { tempFolder } from '../support/temp.ts';
import { edits, somebody } from '../unit/db/support.ts';

const NEW_FIELDS = ['archive', 'parts', 'content', 'captureStatus', 'captureRedirects', 'replaces'];

/** What a database of before knows of sources and passages. */
function columnsOf(path: string, table: string): string[] {
  const database = new Database(path, { readonly: true });
  try {
    return database
      .prepare<[string], { name: string }>('SELECT name FROM pragma_table_xinfo(?)')
      .all(table)
      .map(({ name }) => name);
  } finally {
    database.close();
  }
}

it('A project from before web captures opens with everything; its tables are rebuilt from the log, with the new fields', () => {
  const folder = join(tempFolder(), 'Old.sourcebook');
  mkdirSync(folder);
  const path = join(folder, 'project.sqlite');
  copyFileSync(join(import.meta.dirname, '../fixtures/migrations/version-1.sqlite'), path);
  for (const field of NEW_FIELDS) expect(columnsOf(path, 'p_source')).not.toContain(field);

  const db = openProject({ folder, person: somebody('Cai') });
  const rows = (sql: string): unknown[] => db.read.all(query<Record<string, never>, unknown>(sql, sql), {});
  const [source] = rows('SELECT id, title, archive, parts, content, captureStatus, replaces FROM p_source') as {
    id: string;
  }[];
  expect(source).toMatchObject({
    title: '政府工作报告',
    archive: null,
    parts: null,
    content: null,
    captureStatus: null,
  });
  // A passage that was never moved is on the layer on which it was made.
  expect(rows('SELECT "start", layer = onLayer AS same FROM p_passage')).toEqual([{ start: 3, same: 1 }]);
  expect(db.verifyLog().failures).toEqual([]);

  const part = { path: 'a_files/b.png', sha256: 'a'.repeat(64), bytes: 3 };
  db.write.commit('Add its folder', edits('source', source?.id ?? '', { parts: [part], captureStatus: 200 }));
  expect(rows('SELECT captureStatus FROM p_source')).toEqual([{ captureStatus: 200 }]);
  expect(db.rebuild()).toBe(0);
  db.close();
  for (const field of NEW_FIELDS) expect(columnsOf(path, 'p_source')).toContain(field);
});
