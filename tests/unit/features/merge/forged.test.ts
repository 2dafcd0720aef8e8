import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import { type Person, query } from '../../../../electron/db/types.ts';
import { importProjectFile, verifyProjectFile } from '../../../../electron/engine/import-project-file.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import type { PassageId } from '../../../../shared/model/index.ts';
import { addFile, categoriesOf, copyFor, mark, openFor, somebody, testProject } from '../../../support/project.ts';
import { moveEdits, writeBehind } from '../../../support/review.ts';
import { tempFolder } from '../../../support/temp.ts';

const TEXT = '流转土地4.8万亩，完成年度任务。组织培训。\n';

/** Ann's project and Mallory's copy of it. */
async function copied() {
  const { engine: ann, folder, person } = await testProject();
  const source = await addFile(ann, 'report.txt', TEXT);
  const categories = await categoriesOf(ann, 'TRF.PAIR', 'LND.RIGHTS');
  const passage = await mark(ann, source.id, '流转土地', { categories: categories.slice(0, 1), memo: 'Noted' });
  const mallory = await copyFor(ann, 'Mallory');
  await mark(mallory.engine, source.id, '年度任务');
  return { ann, folder, person, passage, source, mallory, categories };
}

const tagEdits = (passage: PassageId, person: Person, category: string | undefined) =>
  Object.entries({ passage, person: person.id, category: category ?? '' }).map(([field, value]) => ({
    entity: 'tag' as const,
    id: tagIds[person.id] ?? (tagIds[person.id] = newId()),
    field: field as 'passage',
    value,
  }));
const tagIds: Record<string, string> = {};

const verified = async (engine: Engine) => {
  const { ok, failures, remarks } = await engine.call('project.verify', {});
  return { ok, failures: failures.map((one) => one.message), remarks: remarks.map((one) => one.message) };
};

it('says in the preview and after merging what is forged in another person’s name; verifying fails until it is undone', async () => {
  const { ann, person, passage, mallory, categories } = await copied();
  await mallory.engine.close();
  writeBehind(mallory.folder, mallory.person, 'Approve', moveEdits(newId(), passage.id, 'approved', person.id, null));
  writeBehind(mallory.folder, mallory.person, 'Tag', tagEdits(passage.id, person, categories[1]));
  writeBehind(mallory.folder, mallory.person, 'Rename', [
    { entity: 'person', id: person.id, field: 'name', value: 'Anna' },
  ]);
  const messages = [
    'A review step in Ann’s name is signed by Mallory, in “Approve”.',
    'A tag in Ann’s name is signed by Mallory, in “Tag”.',
    'Ann’s name was changed to “Anna” by Mallory.',
  ];
  const { byOthers } = await ann.call('merge.preview', { path: mallory.folder });
  expect(byOthers.map(({ message }) => message).toSorted()).toEqual(messages);
  expect(byOthers.every(({ forged, person: by }) => forged && by === 'Mallory')).toBe(true);
  expect(await verified(ann)).toEqual({ ok: true, failures: [], remarks: [] });

  const report = await ann.call('merge.apply', { path: mallory.folder });
  expect(report.byOthers).toEqual(byOthers);
  const after = await verified(ann);
  expect(after).toMatchObject({ ok: false, remarks: [] });
  expect(after.failures.toSorted()).toEqual(messages);
  expect((await ann.call('review.get', { passage: passage.id })).people.find(({ id }) => id === person.id)?.name).toBe(
    'Ann',
  );

  // One person must not stop the exchange of the others.
  const at = tempFolder();
  const file = join(at, 'study.sbk');
  await ann.call('projectFile.export', { path: file });
  const checked = await verifyProjectFile(file, somebody('Eve'));
  expect(checked.failures.map(({ kind }) => kind)).toEqual(['author', 'author', 'author']);
  await importProjectFile({ file, folder: join(at, 'Eves.sourcebook'), person: somebody('Eve') });

  await ann.call('merge.undo', { id: report.id ?? '' });
  expect(await verified(ann)).toEqual({ ok: true, failures: [], remarks: [] });
  // What is here is not named by the next merge.
  const bob = await copyFor(ann, 'Bob');
  expect((await ann.call('merge.preview', { path: bob.folder })).byOthers).toEqual([]);
});

it('says who wrote a claim in another person’s name, and not that somebody changed the words of one', async () => {
  const { ann, folder, person, mallory } = await copied();
  const { id } = await ann.call('claims.create', { text: 'Land was taken.' });
  await mallory.engine.call('merge.apply', { path: folder });
  await mallory.engine.call('claims.change', { id, text: 'Land was given.' });
  await mallory.engine.close();
  const forged = newId();
  writeBehind(mallory.folder, mallory.person, 'Claim', [
    { entity: 'claim', id: forged, field: 'text', value: 'Nobody was forced.' },
    { entity: 'claim', id: forged, field: 'person', value: person.id },
  ]);
  const messages = ['A claim in Ann’s name is signed by Mallory, in “Claim”.'];
  const { byOthers } = await ann.call('merge.preview', { path: mallory.folder });
  expect(byOthers.map(({ message }) => message)).toEqual(messages);
  await ann.call('merge.apply', { path: mallory.folder });
  expect(await verified(ann)).toMatchObject({ ok: false, failures: messages });
});

it('says who chose a place, decided on a suggestion or saved a view in another person’s name, and not who decided the same again', async () => {
  const { ann, folder, person, source, mallory, categories } = await copied();
  const [category] = categories;
  const choose = (engine: Engine, place: string | null) =>
    engine.call('places.choose', { sources: [source.id], text: '和田', place });
  await choose(ann, 'xj-hotan-city');
  const { ids } = await ann.call('places.choose', { sources: [source.id], text: '阿克苏', place: null });
  const view = await ann.call('views.create', { name: 'Land', query: 'category:LND' });
  await mallory.engine.call('merge.apply', { path: folder });
  // What anybody may do: decide the same in their own name, and change a view.
  await choose(mallory.engine, 'xj-hotan-city');
  await mallory.engine.call('views.change', { id: view.id, name: 'Fields' });
  expect((await ann.call('merge.preview', { path: mallory.folder })).byOthers).toEqual([]);
  await mallory.engine.close();
  const [suggestion, forgedView] = [newId(), newId()];
  const suggested = { source: source.id, category: category ?? '', term: '流转', verdict: 'never', person: person.id };
  writeBehind(mallory.folder, mallory.person, 'Place', [
    { entity: 'placechoice', id: ids[0] ?? '', field: 'place', value: 'xj-hotan-city' },
  ]);
  writeBehind(
    mallory.folder,
    mallory.person,
    'Never',
    Object.entries(suggested).map(([field, value]) => ({
      entity: 'suggestion' as const,
      id: suggestion,
      field: field as 'source',
      value,
    })),
  );
  writeBehind(mallory.folder, mallory.person, 'View', [
    { entity: 'view', id: forgedView, field: 'name', value: 'Ann’s' },
    { entity: 'view', id: forgedView, field: 'person', value: person.id },
  ]);
  const messages = [
    'A choice of a place in Ann’s name is signed by Mallory, in “Place”.',
    'A decision on a suggestion in Ann’s name is signed by Mallory, in “Never”.',
    'A view in Ann’s name is signed by Mallory, in “View”.',
  ];
  const { byOthers } = await ann.call('merge.preview', { path: mallory.folder });
  expect(byOthers.map(({ message }) => message).toSorted()).toEqual(messages);
  const { id } = await ann.call('merge.apply', { path: mallory.folder });
  const { ok, failures } = await verified(ann);
  expect([ok, failures.toSorted()]).toEqual([false, messages]);
  await ann.call('merge.undo', { id: id ?? '' });
  expect(await verified(ann)).toEqual({ ok: true, failures: [], remarks: [] });
});

it('says of work that was added from another project where its signature is, also when its category was merged since', async () => {
  const { ann, folder, person } = await copied();
  const other = await testProject({ person: somebody('Bob'), title: 'Other county', at: tempFolder() });
  const source = await addFile(other.engine, 'other.txt', '组织培训。\n');
  const [pair, rights] = await categoriesOf(other.engine, 'TRF.PAIR', 'LND.RIGHTS');
  if (pair === undefined || rights === undefined) throw new Error('The codebook has them');
  const passage = await mark(other.engine, source.id, '组织培训', { categories: [pair], memo: 'Bob’s' });
  await ann.call('merge.apply', { path: other.folder, add: { sources: [source.id] } });
  await ann.call('categories.merge', { ids: [pair], into: rights });
  const { ok, remarks } = await verified(ann);
  expect(ok).toBe(true);
  expect(remarks.toSorted()).toEqual([
    'A memo in Bob’s name is signed by Ann, in “Add a source from “Other county””: it came from another project, where its own signature is.',
    'A passage in Bob’s name is signed by Ann, in “Add a source from “Other county””: it came from another project, where its own signature is.',
    expect.stringMatching(/^A tag in Bob’s name is signed by Ann, in “.*”: it came from another project/),
  ]);
  // The same label on a passage of this project explains nothing.
  await ann.close();
  const { person: bob } = other;
  const again = await openFor(folder, person);
  const { passages } = await again.call('passages.list', {});
  const own = passages.find(({ id }) => id !== passage.id);
  await again.close();
  if (own === undefined) throw new Error('Ann has a passage');
  writeBehind(folder, person, 'Add a source from “Other county”', tagEdits(own.id, bob, rights));
  expect(await verified(await openFor(folder, person))).toMatchObject({
    ok: false,
    failures: ['A tag in Bob’s name is signed by Ann, in “Add a source from “Other county””.'],
  });
});

it('raises no false alarm about a pseudonymous file or a part, whoever merged, split or restored what others wrote', async () => {
  const { ann, mallory, passage, categories, source } = await copied();
  const { engine: bob } = mallory;
  const [pair, rights] = categories;
  if (pair === undefined || rights === undefined) throw new Error('The codebook has them');
  await bob.call('tags.change', { passages: [passage.id], add: [rights] });
  const { id } = await ann.call('merge.apply', { path: mallory.folder });
  await ann.call('merge.undo', { id: id ?? '' });
  await ann.call('merge.restore', { id: id ?? '' });
  await bob.call('categories.merge', { ids: [pair], into: rights });
  await ann.call('merge.apply', { path: mallory.folder });
  expect(await verified(ann)).toEqual({ ok: true, failures: [], remarks: [] });
  const at = tempFolder();
  for (const options of [
    { pseudonyms: true },
    { only: { sources: [source.id] } },
    { only: { categories: [rights] } },
  ]) {
    const file = join(at, 'shared.sbk');
    await ann.call('projectFile.export', { path: file, replace: true, options });
    expect((await verifyProjectFile(file, somebody('Eve'))).failures).toEqual([]);
  }
});

it('names a passage in another person’s name, and not one that was carried over or moved by someone else', async () => {
  const { ann, person, passage, mallory } = await copied();
  const [row] = (await ann.call('passages.list', {})).passages.filter(({ id }) => id === passage.id);
  await mallory.engine.close();
  const { anchor, source, layer } = row ?? passage;
  const id = newId();
  writeBehind(mallory.folder, mallory.person, 'Highlight', [
    { entity: 'passage', id, field: 'source', value: source },
    { entity: 'passage', id, field: 'layer', value: layer },
    { entity: 'passage', id, field: 'anchor', value: JSON.parse(JSON.stringify(anchor)) },
    { entity: 'passage', id, field: 'person', value: person.id },
  ]);
  const message = 'A passage in Ann’s name is signed by Mallory, in “Highlight”.';
  const { byOthers } = await ann.call('merge.preview', { path: mallory.folder });
  expect(byOthers.map((one) => [one.message, one.forged])).toEqual([[message, true]]);
  await ann.call('merge.apply', { path: mallory.folder });
  expect(await verified(ann)).toEqual({ ok: false, failures: [message], remarks: [] });
});

it('does not let anyone take again a step that its person took back', async () => {
  const { ann, passage, mallory } = await copied();
  await ann.call('merge.apply', { path: mallory.folder });
  await mallory.engine.close();
  const cat = await copyFor(ann, 'Cat');
  await cat.engine.call('review.move', { passage: passage.id, to: 'checked' });
  const step = async () => (await cat.engine.call('review.get', { passage: passage.id })).state;
  expect(await step()).toBe('checked');
  await ann.call('merge.apply', { path: cat.folder });
  await cat.engine.call('history.undo', {});
  expect(await step()).toBe('coded');
  await cat.engine.close();
  await ann.call('merge.apply', { path: cat.folder });
  const eve = await copyFor(ann, 'Eve');
  await eve.engine.close();
  const db = openProject({ folder: eve.folder, person: eve.person });
  const [review] = db.read.all(query<Record<string, never>, { id: string }>('test', 'SELECT id FROM p_review'), {});
  db.close();
  writeBehind(eve.folder, eve.person, 'Restore', [
    { entity: 'review', id: review?.id ?? '', field: 'deleted', value: false },
    { entity: 'passage', id: passage.id, field: 'state', value: 'checked' },
  ]);
  await ann.call('merge.apply', { path: eve.folder });
  expect((await ann.call('review.get', { passage: passage.id })).state).toBe('coded');
});
