import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import { type Edit, query } from '../../../../electron/db/types.ts';
import {
  possibleOriginals,
  memosThere,
  namedByOthers,
  namedByOthersOn,
  replicaKeys,
} from '../../../../electron/project/people/attribution-queries.ts';
import { removedAndLive } from '../../../../electron/project/people/signed-by-others.ts';
import { touchedMarks } from '../../../../electron/project/masks/standing-marks.ts';
import { categoryId, recordId } from '../../../../shared/model/index.ts';
import { addFile, categoriesOf, mark } from '../../../support/project.ts';
import { moveEdits, reviewProject, SENTENCE, writeBehind } from '../../../support/review.ts';
import { tempFolder } from '../../../support/temp.ts';

const words = ({ unsigned }: { readonly unsigned: readonly { readonly words: string }[] }): string[] =>
  unsigned.map((one) => one.words).toSorted();

it('lists tags, comments, memos and translations that name someone who did not sign them; so does verifying', async () => {
  const { as, folder, people, passage, get, translateAs } = await reviewProject();
  const { ann, ben, cat } = people;
  await as('ben', (engine) => engine.call('comments.add', { passage: passage.id, text: 'Mu?' }));
  await translateAs('cat', 'Pairing assistance is done.');
  expect(words(await get())).toEqual([]);
  const [tag] = passage.tags;
  const given = newId();
  const set = (entity: Edit['entity'], id: string, fields: Record<string, string | object>): Edit[] =>
    Object.entries(fields).map(([field, value]) => ({ entity, id, field, value }) as Edit);
  const { comments, translations } = await get();
  writeBehind(folder, ann, 'By another program', [
    ...set('tag', given, { passage: passage.id, category: tag?.category ?? '', person: ben.id }),
    ...set('comment', comments[0]?.id ?? '', { text: 'Hectares.' }),
    ...set('translation', translations[0]?.id ?? '', {
      draft: { text: 'It is not.', person: cat.id, method: 'human' },
    }),
    ...set('memo', newId(), { targetKind: 'passage', target: passage.id, text: 'So', person: ben.id }),
  ]);
  const now = await get();
  expect(words(now)).toEqual([
    'A comment is in Ben’s name, but was signed by Ann.',
    'A memo is in Ben’s name, but was signed by Ann.',
    'The tag “Pairing Assistance” is in Ben’s name, but was signed by Ann.',
    'The translation is in Cat’s name, but was signed by Ann.',
  ]);
  expect(now.unsigned.find(({ entity }) => entity === 'tag')).toMatchObject({ id: given, person: ben.id, by: ann.id });
  expect(now.unsigned.map(({ forged }) => forged)).toEqual([true, true, true, true]);
  const report = await as('dan', (engine) => engine.call('project.verify', {}));
  expect(report).toMatchObject({ ok: false, remarks: [] });
  expect(new Set(report.failures.map(({ kind }) => kind))).toEqual(new Set(['author']));
  expect(report.failures.map(({ message }) => message).toSorted()).toEqual([
    'A comment in Ben’s name is signed by Ann, in “By another program”.',
    'A memo in Ben’s name is signed by Ann, in “By another program”.',
    'A tag in Ben’s name is signed by Ann, in “By another program”.',
    'A translation in Cat’s name is signed by Ann, in “By another program”.',
  ]);
  // Said again by whom it names, it is theirs.
  writeBehind(folder, ben, 'Mine', set('comment', comments[0]?.id ?? '', { text: 'Mine.' }));
  expect(words(await get())).toHaveLength(3);
});

it('recognises tags made by splitting, merging and carrying over, and others not', async () => {
  const { as, folder, people, passage, get } = await reviewProject();
  const [tag] = passage.tags;
  const target = { kind: 'passage' as const, id: recordId.parse(passage.id) };
  await as('ann', (engine) => engine.call('memos.set', { target, text: 'Noted' }));
  await as('ben', async (engine) => {
    const [from] = await categoriesOf(engine, 'TRF.PAIR');
    const [into] = await categoriesOf(engine, 'TRF.XPROV');
    if (from === undefined || into === undefined) throw new Error('No categories');
    const parts = ['One', 'Two', 'Three'].map((name) => ({ name }));
    const { ids } = await engine.call('categories.split', {
      id: from,
      parent: from,
      parts,
      given: [{ passage: passage.id, parts: [0, 1, 2] }],
    });
    await engine.call('categories.merge', { ids: ids.slice(1, 2), into });
    const newer = await addFile(engine, 'newer.txt', `第一句。\n${SENTENCE}\n`);
    const start = '第一句。\n'.length;
    await engine.call('versions.accept', {
      older: { source: passage.source },
      newer: { source: newer.id },
      passages: [{ passage: passage.id, start, end: start + SENTENCE.length }],
    });
    const { passages } = await engine.call('passages.list', {});
    expect(passages.flatMap(({ tags }) => tags.map(({ person }) => person))).toEqual(Array(6).fill(people.ann.id));
  });
  const verified = async () => {
    const { failures, remarks } = await as('dan', (engine) => engine.call('project.verify', {}));
    return [...failures, ...remarks].map(({ message }) => message);
  };
  expect(await verified()).toEqual([]);
  // Only another program moves her tag to a category that hers was neither split nor merged into.
  const db = openProject({ folder, person: people.ben });
  const [moved] = db.read.all(possibleOriginals.tag, { ids: JSON.stringify([passage.id]) });
  db.close();
  const other = await as('ben', (engine) => categoriesOf(engine, 'LND.RIGHTS'));
  writeBehind(folder, people.ben, 'x', [
    { entity: 'tag', id: moved?.id ?? '', field: 'category', value: other[0] ?? null },
  ]);
  expect(tag?.person).toBe(people.ann.id);
  expect(words(await get())).toEqual(['The tag “Land-use-rights transfer” is in Ann’s name, but was signed by Ben.']);
  expect(await verified()).toEqual(['A tag in Ann’s name is signed by Ben, in “x”.']);
});

it('keeps a step with its person, whoever puts it on another passage; and names who undid another’s', async () => {
  const { as, folder, people, passage, moveAs, get } = await reviewProject();
  const other = await as('ann', (engine) => mark(engine, passage.source, '第二句。'));
  await moveAs('ben', 'checked');
  await moveAs('ben', 'returned', 'Look again.');
  const steps = async () => (await get()).moves.map(({ state, counts, why }) => [state, counts, why]);
  const db = openProject({ folder, person: people.ann });
  const [checked, returned] = db.read.all(
    query<Record<string, never>, { id: string }>('test.moves', 'SELECT id FROM p_review ORDER BY createdAt'),
    {},
  );
  db.close();
  const id = returned?.id ?? '';
  writeBehind(folder, people.ann, 'x', [
    { entity: 'review', id, field: 'passage', value: other.id },
    { entity: 'passage', id: passage.id, field: 'state', value: 'checked' },
  ]);
  expect(await steps()).toEqual([
    ['checked', true, ''],
    ['returned', true, ''],
  ]);
  const elsewhere = await as('dan', (engine) => engine.call('review.get', { passage: other.id }));
  expect(elsewhere.moves).toMatchObject([{ state: 'returned', forged: true, counts: false }]);
  expect((await get()).state).toBe('returned');
  writeBehind(folder, people.ann, 'x', [
    { entity: 'review', id, field: 'passage', value: passage.id },
    { entity: 'review', id, field: 'deleted', value: true },
    { entity: 'review', id: checked?.id ?? '', field: 'deleted', value: true },
  ]);
  // Nobody else takes back a return.
  expect(await steps()).toEqual([
    ['checked', false, 'Ann undid it: with its merge, with its passage, or with a modified program.'],
    ['returned', true, ''],
  ]);
  // A step that was written over in its person's name is named by verifying.
  const forged = newId();
  writeBehind(folder, people.ann, 'Approve', moveEdits(forged, passage.id, 'coded', people.ben.id, null));
  const { failures } = await as('dan', (engine) => engine.call('project.verify', {}));
  expect(failures.map(({ message }) => message)).toContain(
    'A review step in Ben’s name is signed by Ann, in “Approve”.',
  );
});

it('a decision in somebody’s name, or with other categories than they signed, is in no report, list or review', async () => {
  const { as, folder, people, passage, get } = await reviewProject();
  const [pair = '', rights = ''] = await as('ann', (engine) => categoriesOf(engine, 'TRF.PAIR', 'LND.RIGHTS'));
  const decided = { passage: passage.id, categories: [rights], compared: null, reason: 'x', person: people.ben.id };
  const forged = newId();
  const asEdits = (id: string, values: object): Edit[] =>
    Object.entries(values).map(([field, value]) => ({ entity: 'adjudication', id, field, value }) as Edit);
  writeBehind(folder, people.ann, 'Decide', asEdits(forged, decided));
  const listed = () =>
    as('dan', async (engine) => {
      const path = join(tempFolder(), 'report.csv');
      await engine.call('report.write', { path, format: 'csv' });
      const [, row = ''] = readFileSync(path, 'utf8').split('\n');
      const { adjudications } = await engine.call('adjudications.list', { passage: passage.id });
      return [adjudications.map(({ categories }) => categories), row.includes('LND.RIGHTS')];
    });
  expect(await listed()).toEqual([[], false]);
  expect((await get()).unsigned.map(({ words }) => words)).toEqual([
    expect.stringMatching(/^The decision is in .*’s name, but was signed by Ann\.$/),
  ]);

  // What Ben decided stays so, whatever somebody else writes into it.
  await as('ben', (engine) =>
    engine.call('adjudications.decide', {
      passage: passage.id,
      categories: categoryId.array().parse([pair]),
      reason: 'Pairing',
    }),
  );
  const db = openProject({ folder, person: people.ann });
  const [own] = db.read.all(
    query<{ not: string }, { id: string }>('test.decisions', 'SELECT id FROM p_adjudication WHERE id <> $not'),
    { not: forged },
  );
  db.close();
  writeBehind(folder, people.ann, 'Decide', asEdits(own?.id ?? '', { categories: [rights] }));
  expect(await listed()).toEqual([[[pair]], false]);
});

it('finds what is on a passage through indexes', async () => {
  const { folder, people } = await reviewProject();
  const db = openProject({ folder, person: people.ann });
  for (const plan of [db.read.plan(namedByOthersOn), db.read.plan(possibleOriginals.tag), db.read.plan(memosThere)])
    expect(plan).not.toMatch(/SCAN (r|p|p_tag|p_memo|h)\b/);
  // Both look through all changes: of another field’s, only the index is read.
  for (const query of [removedAndLive, touchedMarks]) {
    expect(db.read.plan(query)).toContain('SCAN change_ USING COVERING INDEX change_by_field');
    expect(db.read.plan(query)).not.toMatch(/SCAN h\b/);
  }
  expect([namedByOthers.name, replicaKeys.name]).toEqual(['signed.byOthers', 'signed.replicas']);
  db.close();
});
