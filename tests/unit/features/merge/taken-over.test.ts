import { expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import { query, type Edit, type Json } from '../../../../electron/db/types.ts';
import { addFile, categoriesOf, copyFor, mark, openFor, testProject } from '../../../support/project.ts';
import { writeBehind } from '../../../support/review.ts';

/** Somebody puts work that another person signed in their own name: with all of its content, so that they have signed that, too. */

const TAKEN = ['memo', 'comment', 'review', 'tag', 'setting', 'snapshot', 'adjudication'] as const;

/** Ann’s project with a passage and work of hers on it, and a copy of Mallory’s. */
async function withWork() {
  const { engine: ann, folder, person } = await testProject();
  const source = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。组织培训。\n');
  const categories = await categoriesOf(ann, 'LND.RIGHTS');
  const passage = await mark(ann, source.id, '流转土地', { categories, memo: 'Noted' });
  await ann.call('translations.set', { passage: passage.id, text: 'Land was transferred', language: 'en' });
  const mallory = await copyFor(ann, 'Mallory');
  return { ann, folder, person, passage, source, mallory };
}

const fields = (entity: Edit['entity'], id: string, values: Readonly<Record<string, Json>>): Edit[] =>
  Object.entries(values).map(([field, value]) => ({ entity, id, field, value }) as Edit);

it('names who put a memo, step, tag or other record of somebody else’s in their own name with all of its content', async () => {
  const { ann, folder, person, passage, source, mallory } = await withWork();
  await ann.close();
  const ids = Object.fromEntries(TAKEN.map((kind) => [kind, newId()])) as Record<(typeof TAKEN)[number], string>;
  const refs = [newId(), newId()];
  const ref = (n: string): string => refs[n === '' ? 0 : 1] ?? '';
  const content = (by: Readonly<Record<string, Json>>, n = ''): Edit[] => [
    ...fields('memo', ids.memo, { targetKind: 'source', target: source.id, text: `Certain${n}`, ...by }),
    ...fields('comment', ids.comment, { passage: passage.id, text: `Agreed${n}`, mentions: [], ...by }),
    ...fields('review', ids.review, { passage: passage.id, state: 'returned', comment: `No${n}`, ...by }),
    ...fields('tag', ids.tag, { passage: passage.id, category: ref(n), ...by }),
    ...fields('setting', ids.setting, { passage: passage.id, dimension: ref(n), value: ref(n), ...by }),
    ...fields('snapshot', ids.snapshot, {
      name: 'Agreed',
      heads: [],
      state: (n === '' ? 'ab' : 'cd').repeat(32),
      ...by,
    }),
    ...fields('adjudication', ids.adjudication, { passage: passage.id, categories: [], reason: `No${n}`, ...by }),
  ];
  writeBehind(folder, person, 'Work', content({ person: person.id }));
  await mallory.engine.call('merge.apply', { path: folder });
  await mallory.engine.close();
  // What is set to what it is already is no edit, so that the content is first changed and then put back.
  writeBehind(mallory.folder, mallory.person, 'Change', content({}, ', changed'));
  writeBehind(mallory.folder, mallory.person, 'Take', content({ person: mallory.person.id }));
  const again = await openFor(folder, person);
  const taken = (what: string): string =>
    `${what} that is Ann’s by their signature was put in Mallory’s name by Mallory, in “Take”.`;
  const { byOthers } = await again.call('merge.preview', { path: mallory.folder });
  expect(
    byOthers
      .filter(({ forged }) => forged)
      .map(({ message }) => message)
      .toSorted(),
  ).toEqual(
    ['A comment', 'A decision', 'A dimension setting', 'A memo', 'A review step', 'A snapshot', 'A tag'].map(taken),
  );
});

it('names who put a translation of somebody else’s in their own name, unchanged or but for blanks', async () => {
  const { ann, passage, mallory } = await withWork();
  await mallory.engine.close();
  const db = openProject({ folder: mallory.folder, person: mallory.person });
  const [row] = db.read.all(query<Record<string, never>, { id: string }>('test', 'SELECT id FROM p_translation'), {});
  db.close();
  const draft = (text: string): Edit[] =>
    fields('translation', row?.id ?? '', { draft: { text, person: mallory.person.id, method: 'human' } });
  writeBehind(mallory.folder, mallory.person, 'Take', draft('Land was transferred'));
  const message = (label: string): string =>
    `A translation that is Ann’s by their signature was put in Mallory’s name by Mallory, in “${label}”.`;
  const { byOthers } = await ann.call('merge.preview', { path: mallory.folder });
  expect(byOthers.map((one) => [one.message, one.forged])).toEqual([[message('Take'), true]]);
  await ann.call('merge.apply', { path: mallory.folder });
  const { failures } = await ann.call('project.verify', {});
  expect(failures.map((one) => one.message)).toEqual([message('Take')]);
  const { unsigned } = await ann.call('review.get', { passage: passage.id });
  expect(unsigned.map(({ words }) => words)).toEqual([
    'The translation is Ann’s by their signature, and was put in Mallory’s name by Mallory.',
  ]);
  writeBehind(mallory.folder, mallory.person, 'Touch', draft('Land was\u200b  transferred '));
  const touched = await ann.call('merge.preview', { path: mallory.folder });
  expect(touched.byOthers.map((one) => [one.message, one.forged])).toEqual([[message('Touch'), false]]);
});

it('a translation that somebody edits, or writes again after its author had removed it, is no forgery', async () => {
  const { ann, folder, passage, mallory } = await withWork();
  const say = (engine: typeof ann, text: string) =>
    engine.call('translations.set', { passage: passage.id, text, language: 'en' });
  await say(mallory.engine, 'Land was handed over');
  await ann.call('merge.apply', { path: mallory.folder });
  expect(await ann.call('project.verify', {})).toMatchObject({ ok: true, remarks: [] });
  // An undo puts Ann’s draft back in Ann’s name.
  await mallory.engine.call('history.undo', {});
  await ann.call('merge.apply', { path: mallory.folder });
  expect(await ann.call('project.verify', {})).toMatchObject({ ok: true, remarks: [] });
  await say(ann, '');
  await mallory.engine.call('merge.apply', { path: folder });
  await say(mallory.engine, 'Land was transferred');
  const { ok, remarks } = await mallory.engine.call('project.verify', {});
  expect(ok).toBe(true);
  expect(remarks.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^A translation that is Ann’s by their signature was put in Mallory’s name by Mallory, in “Translate/u,
    ),
  ]);
});
