import { copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openProject, restoreBackup } from '../../../electron/db/index.ts';
import { query, type ProjectDb } from '../../../electron/db/types.ts';
import { tempFolder } from '../../support/temp.ts';
import { edits, newId, project, somebody } from './support.ts';

const titles = query<Record<string, never>, { title: string }>('titles', 'SELECT title FROM p_source ORDER BY title');
const allTitles = (db: ProjectDb): string[] => db.read.all(titles, {}).map((row) => row.title);

/** A closed project with one source in it. */
function closedProject(): string {
  const db = project();
  db.write.commit('Add', edits('source', newId(), { title: 'kept' }));
  db.close();
  return db.folder;
}

it('a project whose database was replaced writes nothing more: what it had is a backup, and the other database opens as it is', async () => {
  const folder = closedProject();
  const earlier = join(tempFolder(), 'earlier.sqlite');
  copyFileSync(join(folder, 'project.sqlite'), earlier);
  const add = (title: string) => edits('source', newId(), { title });
  const before = openProject({ folder, person: somebody('Ann') });
  before.write.commit('Add', add('closed with'));
  before.close();
  const db = openProject({ folder, person: somebody('Ann') });
  db.write.commit('Add', add('saved'));
  // A sync service puts what it downloaded beside it, then renames it.
  renameSync(earlier, join(folder, 'project.sqlite'));
  expect(() => db.write.commit('Add', add('refused'))).toThrow('Nothing more is saved here.');
  const [kept] = db.backups();
  expect(kept).toMatchObject({ reason: 'replaced' });
  expect(db).toMatchObject({ readOnly: true, holder: null, replacedWhileOpen: { kept: kept?.name } });
  expect(() => db.undo()).toThrow(`is kept as the backup “${String(kept?.name)}”`);
  expect(allTitles(db)).toEqual(['closed with', 'kept', 'saved']);
  db.close();
  const other = openProject({ folder, person: somebody('Ann') });
  expect(allTitles(other)).toEqual(['kept']);
  // Verify names what the backup has and it lacks.
  expect(await other.verifyBackups()).toContainEqual(
    expect.objectContaining({
      message: expect.stringContaining(`Merge backups/${String(kept?.name)} to get them back.`),
    }),
  );
  other.close();
  restoreBackup({ folder, name: kept?.name ?? '' });
  const restored = openProject({ folder, person: somebody('Ann') });
  expect(allTitles(restored)).toEqual(['closed with', 'kept', 'saved']);
  expect(restored.verifyLog().failures).toEqual([]);
  restored.close();
});

it('a project whose database was replaced just before it is closed keeps what it had, too; one whose folder was moved goes on', () => {
  const folder = closedProject();
  const earlier = join(tempFolder(), 'earlier.sqlite');
  copyFileSync(join(folder, 'project.sqlite'), earlier);
  const db = openProject({ folder, person: somebody('Ann') });
  db.write.commit('Add', edits('source', newId(), { title: 'saved' }));
  renameSync(earlier, join(folder, 'project.sqlite'));
  db.close();
  expect(db.backups().map(({ reason }) => reason)).toEqual(['replaced', 'daily', 'daily']);
  const again = openProject({ folder, person: somebody('Ann') });
  expect(allTitles(again)).toEqual(['kept']);
  const moved = join(tempFolder(), 'moved');
  renameSync(folder, moved);
  again.write.commit('Add', edits('source', newId(), { title: 'in the moved folder' }));
  again.close();
  const there = openProject({ folder: moved, person: somebody('Ann') });
  expect(allTitles(there)).toEqual(['in the moved folder', 'kept']);
  there.close();
});
