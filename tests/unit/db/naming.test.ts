import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import { newProject } from '../../../electron/engine/create-project.ts';
import { codeOf, newFolder, somebody } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const unnamed = somebody('Analyst');

it('nothing is signed by someone who has entered no name', async () => {
  const folder = newFolder();
  const db = openProject({ folder, person: unnamed });
  const head = db.head();
  const rename = () => db.write.commit('Rename', [{ entity: 'project', id: db.id, field: 'title', value: 'Other' }]);
  expect(await codeOf(rename)).toBe('NAME_NEEDED');
  expect(db.head()).toBe(head);
  db.close();
  const other = join(tempFolder(), 'Other.sourcebook');
  expect(await codeOf(() => newProject({ folder: other, person: unnamed, title: 'x', codebook: 'empty' }))).toBe(
    'NAME_NEEDED',
  );
  expect(existsSync(other)).toBe(false);
});

it('someone who signed in an earlier version without a name enters it with the next edit, and undoing that keeps it', () => {
  const folder = newFolder();
  const person = somebody('Ann Chen');
  const open = () => openProject({ folder, person });
  let db = open();
  // As earlier versions wrote it.
  db.write.commit('Join', [{ entity: 'person', id: person.id, field: 'name', value: 'Analyst' }]);
  db.close();
  db = open();
  db.write.commit('Rename', [{ entity: 'project', id: db.id, field: 'title', value: 'Other' }]);
  const name = () => db.log.changes('person', [person.id], ['name']).map(({ value }) => value);
  expect(name()).toEqual(['Analyst', 'Ann Chen']);
  db.undo();
  expect(name()).toEqual(['Analyst', 'Ann Chen']);
  db.write.commit('Rename', [{ entity: 'project', id: db.id, field: 'title', value: 'Third' }]);
  expect(name()).toEqual(['Analyst', 'Ann Chen']);
  db.close();
});
