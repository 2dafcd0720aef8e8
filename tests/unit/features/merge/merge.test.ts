import { chmodSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { logTriggers } from '../../../../electron/db/migrations.ts';
import type { Person } from '../../../../electron/db/types.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import type { SourceId } from '../../../../shared/model/index.ts';
import {
  addFile,
  categoriesOf,
  codeOf,
  contentsOf,
  copyFor,
  faultOf,
  mark,
  openFor,
  somebody,
  testProject,
} from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

const REPORT = '全县转移农村富余劳动力1234人次。\n流转土地4.8万亩，完成年度任务。\n组织培训三期。\n';

/** A project and a colleague's copy of it, both open. */
async function two(): Promise<{
  ann: Engine;
  bob: Engine;
  annAt: string;
  bobAt: string;
  bobIs: Person;
  source: SourceId;
}> {
  const { engine: ann, folder } = await testProject();
  const { id: source } = await addFile(ann, 'report.txt', REPORT);
  await mark(ann, source, '流转土地', { categories: await categoriesOf(ann, 'LND.RIGHTS'), memo: 'Mu?' });
  const { engine: bob, folder: bobAt, person: bobIs } = await copyFor(ann, 'Bob');
  return { ann, bob, annAt: folder, bobAt, bobIs, source };
}
const filesIn = (folder: string, kind: string): string[] =>
  readdirSync(join(folder, kind), { recursive: true, encoding: 'utf8' }).toSorted();

it('A preview counts by person, kind, source and category, and a merge adds the files it needs', async () => {
  const { ann, bob, annAt, bobAt } = await two();
  const added = await addFile(bob, 'new.html', '<!doctype html><title>News</title><p>组织富余劳动力外出。');
  await mark(bob, added.id, '外出', { categories: await categoriesOf(bob, 'TRF.PAIR') });
  const { head } = await contentsOf(ann);
  const preview = await ann.call('merge.preview', { path: bobAt });
  expect(preview).toMatchObject({
    kind: 'same',
    changes: 0,
    refused: [],
    conflicts: [],
    undoneMerge: null,
    other: null,
  });
  expect(preview.byPerson).toEqual([
    expect.objectContaining({
      name: 'Bob',
      isNew: true,
      fingerprint: expect.stringMatching(/^[0-9A-F]{4}( [0-9A-F]{4}){7}$/),
    }),
  ]);
  expect(preview.byKind.map(({ entity, added: count }) => [entity, count])).toEqual(
    expect.arrayContaining([
      ['passage', 1],
      ['source', 1],
      ['tag', 1],
      ['person', 1],
    ]),
  );
  expect(preview.bySource).toEqual([{ source: added.id, title: 'News', isNew: true, passages: 1, tags: 1 }]);
  expect(preview.byCategory).toMatchObject([{ code: 'TRF.PAIR', tags: 1 }]);
  expect(preview.files).toMatchObject({ originals: 1, missing: [] });
  expect(preview.files.layers).toBeGreaterThan(0);
  expect((await contentsOf(ann)).head).toBe(head);
  const leftInCache = () => filesIn(annAt, 'cache').filter((name) => name.startsWith('merge'));
  // What was looked at is kept to be seen item by item, until it is merged.
  expect(leftInCache()).toEqual([
    expect.stringMatching(/^merge-\w+$/),
    expect.stringMatching(/^merge-\w+\/looked-at\.sqlite$/),
  ]);

  const report = await ann.call('merge.apply', { path: bobAt });
  expect(leftInCache()).toEqual([]);
  expect(report).toMatchObject({ adds: preview.adds, changes: 0, conflicts: [], refused: [] });
  expect(filesIn(annAt, 'originals')).toEqual(filesIn(bobAt, 'originals'));
  expect(filesIn(annAt, 'layers')).toEqual(filesIn(bobAt, 'layers'));
  expect(await ann.call('project.verify', {})).toMatchObject({ ok: true });
  expect(await ann.call('merge.apply', { path: bobAt })).toMatchObject({ adds: 0, changes: 0, id: null });
  expect((await ann.call('merge.list', {})).merges).toMatchObject([{ people: ['Bob'], from: 'Bobs.sourcebook' }]);
});

it('A file that does not match its hash is left out and reported', async () => {
  const { ann, bob, annAt, bobAt } = await two();
  const { sha256 } = await addFile(bob, 'new.txt', 'What it said.');
  const path = join(bobAt, 'originals', sha256.slice(0, 2), sha256);
  chmodSync(path, 0o600);
  writeFileSync(path, 'What it says now.');
  const report = await ann.call('merge.apply', { path: bobAt });
  expect(report.refused).toEqual([{ id: sha256, reason: 'Its content doesn’t match its hash.' }]);
  expect(filesIn(annAt, 'originals').some((name) => name.endsWith(sha256))).toBe(false);
  const { failures } = await ann.call('project.verify', {});
  expect(failures).toEqual([expect.objectContaining({ kind: 'original', id: sha256 })]);
  // It comes with the next copy that is whole.
  writeFileSync(path, 'What it said.');
  expect(await ann.call('merge.apply', { path: bobAt })).toMatchObject({ adds: 0, refused: [] });
  expect((await ann.call('project.verify', {})).ok).toBe(true);
});

it('No file that only rejected commits name is kept, and none if nothing was merged', async () => {
  const { ann, bob, annAt, bobAt } = await two();
  const before = [await contentsOf(ann), filesIn(annAt, 'originals'), filesIn(annAt, 'layers')];
  await addFile(bob, 'new.html', '<!doctype html><title>News</title><p>组织富余劳动力外出。');
  await bob.close();
  const database = new DatabaseSync(join(bobAt, 'project.sqlite'));
  for (const name of logTriggers().keys()) database.exec(`DROP TRIGGER IF EXISTS ${name}`);
  const last = "SELECT c FROM commit_ WHERE label LIKE '%new.html%' ORDER BY c LIMIT 1";
  expect(database.prepare(last).all()).toHaveLength(1);
  database.exec(`UPDATE commit_ SET sig = zeroblob(64) WHERE c >= (${last})`);
  database.close();
  const preview = await ann.call('merge.preview', { path: bobAt });
  expect(preview.files).toEqual({ originals: 0, layers: 0, bytes: 0, missing: [] });
  const report = await ann.call('merge.apply', { path: bobAt });
  expect(report.refused.length).toBeGreaterThan(0);
  expect(report).toMatchObject({ adds: 0, id: null });
  expect([await contentsOf(ann), filesIn(annAt, 'originals'), filesIn(annAt, 'layers')]).toEqual(before);
  expect(filesIn(annAt, 'cache').filter((name) => name.startsWith('merge'))).toEqual([]);
});

it('No link out of the merged folder is followed', async () => {
  const { ann, bob, annAt, bobAt } = await two();
  const { sha256 } = await addFile(bob, 'secret.txt', 'A secret of this machine.');
  const kept = join(bobAt, 'originals', sha256.slice(0, 2), sha256);
  const elsewhere = join(tempFolder(), 'secret.txt');
  renameSync(kept, elsewhere);
  symlinkSync(elsewhere, kept);
  expect((await ann.call('merge.preview', { path: bobAt })).files).toMatchObject({ originals: 0, missing: [sha256] });
  await ann.call('merge.apply', { path: bobAt });
  expect(filesIn(annAt, 'originals').some((name) => name.endsWith(sha256))).toBe(false);
});

it('A merge stopped in the middle changes neither log nor rows nor files', async () => {
  const { ann, bob, annAt, bobAt } = await two();
  await addFile(bob, 'new.txt', 'Something new.');
  const before = [await contentsOf(ann), filesIn(annAt, 'originals'), filesIn(annAt, 'layers')];
  const stopAt = ann.onEvent(({ event, payload }) => {
    if (event === 'merge.progress' && payload.phase !== 'opening' && payload.phase !== 'done') ann.interrupt();
  });
  expect(await codeOf(ann.call('merge.apply', { path: bobAt }))).toBe('CANCELLED');
  stopAt();
  expect([await contentsOf(ann), filesIn(annAt, 'originals'), filesIn(annAt, 'layers')]).toEqual(before);
  expect((await ann.call('merge.apply', { path: bobAt })).adds).toBeGreaterThan(0);
});

it('Two texts of one memo can both be kept or replaced by a third, and resolved conflicts are closed', async () => {
  const person = somebody('Ann');
  const { engine: desk, folder } = await testProject({ person });
  const { id: source } = await addFile(desk, 'report.txt', REPORT);
  const { id: passage } = await mark(desk, source, '流转土地', { memo: 'Mu?' });
  const at = tempFolder();
  await desk.call('projectFile.export', { path: join(at, 'study.sbk') });
  const homeAt = join(at, 'Home.sourcebook');
  await importProjectFile({ file: join(at, 'study.sbk'), folder: homeAt, person });
  const home = await openFor(homeAt, person);
  const target = { kind: 'passage' as const, id: passage };
  const memos = async (engine: Engine) =>
    (await engine.call('memos.list', { target })).memos.map(({ text }) => text).toSorted();
  const write = async (words: string): Promise<string> => {
    await desk.call('memos.set', { target, text: `${words} at the desk` });
    await home.call('memos.set', { target, text: `${words} at home` });
    const { conflicts } = await desk.call('merge.apply', { path: homeAt });
    expect(conflicts).toMatchObject([
      { kind: 'field', entity: 'memo', field: 'text', passage, source, canKeepBoth: true, canWrite: true },
    ]);
    expect(conflicts[0]?.mine.text).toBe(`${words} at the desk`);
    expect(conflicts[0]?.incoming.text).toBe(`${words} at home`);
    return conflicts[0]?.id ?? '';
  };
  const first = await write('First');
  await desk.call('merge.resolve', { conflict: first, keep: 'both' });
  expect(await memos(desk)).toEqual(['First at home', 'First at the desk']);
  await home.call('merge.apply', { path: folder });
  expect(await memos(home)).toEqual(['First at home', 'First at the desk']);
  expect([await desk.call('merge.conflicts', {}), await home.call('merge.conflicts', {})]).toMatchObject([
    { conflicts: [] },
    { conflicts: [] },
  ]);
  await desk.call('history.undo', {});
  // The conflict is open again, here and wherever the undo is merged, and can be resolved again.
  expect(await memos(desk)).toEqual(['First at home']);
  for (const [engine, other] of [
    [desk, homeAt],
    [home, folder],
  ] as const) {
    await engine.call('merge.apply', { path: other });
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(conflicts.map(({ mine, incoming }) => [mine.text, incoming.text].toSorted())).toEqual([
      ['First at home', 'First at the desk'],
    ]);
  }
  await home.call('merge.resolve', { conflict: first, keep: 'incoming' });
  await desk.call('merge.apply', { path: homeAt });
  expect((await desk.call('merge.conflicts', {})).conflicts).toEqual([]);
  expect(await memos(desk)).toEqual(await memos(home));
});

it('A preview lists a commit that undid a whole merge, since it would undo that work here too', async () => {
  const { ann, bob, bobAt, source } = await two();
  await mark(bob, source, '组织培训三期');
  const { engine: cy, folder: cyAt } = await copyFor(ann, 'Cy');
  await ann.call('merge.apply', { path: bobAt });
  const { id } = await cy.call('merge.apply', { path: bobAt });
  await cy.call('merge.undo', { id: id ?? '' });
  const { undos } = await ann.call('merge.preview', { path: cyAt });
  expect(undos).toMatchObject([{ label: expect.stringMatching(/^Undo merge from /), person: 'Cy' }]);
});

it('Files that cannot be merged are rejected with a reason', async () => {
  const { ann, annAt } = await two();
  const nothing = join(tempFolder(), 'notes.sbk');
  writeFileSync(nothing, 'no zip');
  expect(await codeOf(ann.call('merge.preview', { path: nothing }))).toBe('DAMAGED');
  expect(await codeOf(ann.call('merge.preview', { path: join(annAt, 'originals') }))).toBe('NOT_A_PROJECT');
  expect(await codeOf(ann.call('merge.preview', { path: join(annAt, 'nowhere') }))).toBe('NOT_FOUND');
  expect((await faultOf(ann.call('merge.resolve', { conflict: 'none', keep: 'mine' }))).code).toBe('NOT_FOUND');
  expect(await codeOf(ann.call('merge.undo', { id: 'none' }))).toBe('NOT_FOUND');
  expect(await codeOf(ann.call('merge.restore', { id: 'none' }))).toBe('NOT_FOUND');
  expect(await ann.call('merge.conflicts', {})).toMatchObject({ conflicts: [], total: 0 });
});
