import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createProject, openProject } from '../../../electron/db/index.ts';
import { DRAFTS_KEY, FOREIGN_DRAFTS_KEY } from '../../../shared/contract/project.ts';
import { tempFolder } from '../../support/temp.ts';
import { newFolder, somebody } from './support.ts';

const HERE = 'a'.repeat(32);
const ELSEWHERE = 'b'.repeat(32);

/** A closed folder with the view state of somebody on another installation, copied as one receives it. */
function received(): string {
  const made = newFolder();
  const db = createProject({ folder: made, person: somebody('Mallory'), installation: ELSEWHERE });
  db.setLocal(DRAFTS_KEY, { 'a passage': 'An unsaved memo' });
  db.setLocal('review.seen', { 'a passage': 1 });
  db.setLocal('verified', { at: 1, ok: true, failures: 0 });
  db.close();
  const file = new Database(join(made, 'project.sqlite'));
  file.exec("INSERT INTO local_view VALUES('odd', 'no JSON')");
  file.close();
  const folder = join(tempFolder(), 'Received.sourcebook');
  mkdirSync(folder);
  cpSync(made, folder, { recursive: true });
  return folder;
}

test.each([false, true])(
  'a folder from elsewhere brings no view state; its unsaved texts are set aside (read-only: %s)',
  (readOnly) => {
    const folder = received();
    const open = () => openProject({ folder, person: somebody('Ann'), installation: HERE, readOnly });
    const db = open();
    expect(db.local(DRAFTS_KEY)).toBeUndefined();
    expect(db.local(FOREIGN_DRAFTS_KEY)).toEqual({ 'a passage': 'An unsaved memo' });
    for (const key of ['review.seen', 'verified']) expect(db.local(key)).toBeUndefined();
    if (!readOnly) db.setLocal(DRAFTS_KEY, { mine: 'My own' });
    db.close();
    // Known from now on: what was written here stays.
    const again = open();
    expect(again.local(DRAFTS_KEY)).toEqual(readOnly ? undefined : { mine: 'My own' });
    expect(again.local(FOREIGN_DRAFTS_KEY)).toEqual({ 'a passage': 'An unsaved memo' });
    again.close();
  },
);

test('two installations that take turns in one folder each find their own again', () => {
  const folder = received();
  const as = (name: string, installation: string) => openProject({ folder, person: somebody(name), installation });
  const ann = as('Ann', HERE);
  ann.setLocal(DRAFTS_KEY, { mine: 'My own' });
  ann.setLocal(FOREIGN_DRAFTS_KEY, {});
  ann.close();
  const theirs = as('Mallory', ELSEWHERE);
  expect(theirs.local(DRAFTS_KEY)).toEqual({ 'a passage': 'An unsaved memo' });
  expect(theirs.local('review.seen')).toEqual({ 'a passage': 1 });
  expect(theirs.local(FOREIGN_DRAFTS_KEY)).toBeUndefined();
  theirs.close();
  const again = as('Ann', HERE);
  expect(again.local(DRAFTS_KEY)).toEqual({ mine: 'My own' });
  expect(again.local(FOREIGN_DRAFTS_KEY)).toEqual({});
  expect(again.local('review.seen')).toBeUndefined();
  again.close();
});

test('one’s own folder keeps its view state and unsaved texts when it is copied', () => {
  const folder = received();
  const db = openProject({ folder, person: somebody('Mallory'), installation: ELSEWHERE });
  expect(db.local(DRAFTS_KEY)).toEqual({ 'a passage': 'An unsaved memo' });
  expect(db.local(FOREIGN_DRAFTS_KEY)).toBeUndefined();
  expect(db.local('review.seen')).toEqual({ 'a passage': 1 });
  db.close();
});
