import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import { type Edit, query } from '../../../../electron/db/types.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { verifyProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { addFile, categoriesOf, copyFor, mark, openFor, somebody, testProject } from '../../../support/project.ts';
import { writeBehind } from '../../../support/review.ts';
import { tempFolder } from '../../../support/temp.ts';
import { giveOut } from '../coding/support.ts';

const TEXT = '流转土地4.8万亩，完成年度任务。组织培训。\n';

/** Ann’s project with a tagged passage and a memo on it. */
async function withWork() {
  const { engine: ann, folder, person } = await testProject();
  const source = await addFile(ann, 'report.txt', TEXT);
  const categories = await categoriesOf(ann, 'TRF.PAIR');
  const passage = await mark(ann, source.id, '流转土地', { categories, memo: 'Noted' });
  return { ann, folder, person, passage, categories };
}

const verified = async (engine: Engine) => {
  const { ok, failures, remarks } = await engine.call('project.verify', {});
  return { ok, failures: failures.map((one) => one.message), remarks: remarks.map((one) => one.message) };
};

it('names an assignment and a snapshot in another person’s name, before a merge, after it and in verifying', async () => {
  const { ann, person } = await withWork();
  const mallory = await copyFor(ann, 'Mallory');
  await mallory.engine.close();
  const set = (entity: 'assignment' | 'snapshot', fields: Record<string, string | number | boolean | object>) => {
    const id = newId();
    return Object.entries(fields).map(([field, value]) => ({ entity, id, field, value }) as Edit);
  };
  writeBehind(mallory.folder, mallory.person, 'Assign', [
    ...set('assignment', { name: 'Second reading', coderName: 'Bob', person: person.id, unit: 'passage', sample: [] }),
  ]);
  writeBehind(mallory.folder, mallory.person, 'Snapshot', [
    ...set('snapshot', { name: 'Agreed', heads: [], state: 'ab'.repeat(32), person: person.id }),
  ]);
  const messages = [
    'A snapshot in Ann’s name is signed by Mallory, in “Snapshot”.',
    'An assignment in Ann’s name is signed by Mallory, in “Assign”.',
  ];
  const { byOthers } = await ann.call('merge.preview', { path: mallory.folder });
  expect(byOthers.map(({ message }) => message).toSorted()).toEqual(messages);
  expect(byOthers.every(({ forged }) => forged)).toBe(true);
  const report = await ann.call('merge.apply', { path: mallory.folder });
  expect(report.byOthers).toEqual(byOthers);
  const after = await verified(ann);
  expect({ ...after, failures: after.failures.toSorted() }).toEqual({ ok: false, failures: messages, remarks: [] });
});

it('names who put a translation on other words, a comment into another thread, or other content into a snapshot, in its person’s name', async () => {
  const { ann, passage } = await withWork();
  const other = await mark(ann, passage.source, '年度任务');
  const { translation } = await ann.call('translations.set', { passage: passage.id, text: 'Land was transferred' });
  const question = await ann.call('comments.add', { passage: passage.id, text: 'Was anybody forced?' });
  const thread = await ann.call('comments.add', { passage: passage.id, text: 'Is the year right?' });
  const reply = await ann.call('comments.add', { passage: passage.id, parent: thread.id, text: 'No.' });
  const snapshot = await ann.call('snapshots.make', { name: 'Not checked yet' });
  const mallory = await copyFor(ann, 'Mallory');
  // Whoever edits a translation is its author: that somebody else made it is no alarm.
  await mallory.engine.call('translations.set', { passage: passage.id, text: 'Land was moved' });
  expect((await ann.call('merge.preview', { path: mallory.folder })).byOthers).toEqual([]);
  await mallory.engine.call('history.undo', {});
  await mallory.engine.close();
  const wrote = (label: string, edit: Edit): void => writeBehind(mallory.folder, mallory.person, label, [edit]);
  wrote('Place', { entity: 'translation', id: translation?.id ?? '', field: 'passage', value: other.id });
  wrote('Thread', { entity: 'comment', id: reply.id, field: 'parent', value: question.id });
  wrote('Name', { entity: 'snapshot', id: snapshot.id, field: 'name', value: 'Checked by all' });
  const messages = [
    'A comment in Ann’s name is signed by Mallory, in “Thread”.',
    'A snapshot in Ann’s name is signed by Mallory, in “Name”.',
    'A translation in Ann’s name is signed by Mallory, in “Place”.',
  ];
  const { byOthers } = await ann.call('merge.preview', { path: mallory.folder });
  expect(byOthers.map(({ message }) => message).toSorted()).toEqual(messages);
  const { id } = await ann.call('merge.apply', { path: mallory.folder });
  const after = await verified(ann);
  expect({ ...after, failures: after.failures.toSorted() }).toEqual({ ok: false, failures: messages, remarks: [] });
  await ann.call('merge.undo', { id: id ?? '' });
  expect(await verified(ann)).toEqual({ ok: true, failures: [], remarks: [] });
});

it('raises no alarm about assignments and snapshots of their own people, marked as finished, blind or under pseudonyms', async () => {
  const { ann, person, folder } = await withWork();
  await ann.call('snapshots.make', { name: 'Before publication' });
  const at = tempFolder();
  const { path: blind } = await giveOut(ann, { coder: 'Ben' });
  expect((await verifyProjectFile(blind, somebody('Ben'))).failures).toEqual([]);
  const file = join(at, 'shared.sbk');
  await ann.call('projectFile.export', { path: file, options: { pseudonyms: true } });
  expect((await verifyProjectFile(file, somebody('Eve'))).failures).toEqual([]);
  await ann.close();
  expect(await verified(await openFor(folder, person))).toEqual({ ok: true, failures: [], remarks: [] });
});

it('names who restored a tag that its person removed, and not what its person restored', async () => {
  const { ann, folder, passage, categories } = await withWork();
  const bob = await copyFor(ann, 'Bob');
  await ann.call('tags.change', { passages: [passage.id], remove: categories });
  await bob.engine.call('merge.apply', { path: folder });
  await bob.engine.close();
  const db = openProject({ folder: bob.folder, person: bob.person });
  const [tag] = db.read.all(query<Record<string, never>, { id: string }>('test', 'SELECT id FROM p_tag'), {});
  db.close();
  writeBehind(bob.folder, bob.person, 'Tag again', [
    { entity: 'tag', id: tag?.id ?? '', field: 'deleted', value: false },
  ]);
  const message = 'A tag that Ann removed was restored by Bob, in “Tag again”.';
  const { byOthers } = await ann.call('merge.preview', { path: bob.folder });
  expect(byOthers).toMatchObject([{ kind: 'tag', person: 'Bob', records: 1, forged: false, restored: true, message }]);
  const report = await ann.call('merge.apply', { path: bob.folder });
  expect(report.byOthers).toEqual(byOthers);
  expect(await verified(ann)).toEqual({ ok: true, failures: [], remarks: [message] });
  // What is here already isn’t named by the next merge.
  const cat = await copyFor(ann, 'Cat');
  expect((await ann.call('merge.preview', { path: cat.folder })).byOthers).toEqual([]);
  // Ann takes it: it is hers again.
  await ann.call('tags.change', { passages: [passage.id], remove: categories });
  await ann.call('history.undo', {});
  expect(await verified(ann)).toEqual({ ok: true, failures: [], remarks: [] });
});
