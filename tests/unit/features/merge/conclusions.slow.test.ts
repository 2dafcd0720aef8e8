import { expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import { type Edit, query } from '../../../../electron/db/types.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { markPrivate, maskWords } from '../../../support/masks.ts';
import { openText } from '../../../support/draft.ts';
import { addFile, copyFor, mark, type TestProject, testProject } from '../../../support/project.ts';
import { writeBehind } from '../../../support/review.ts';

/** Ann's claim with a contradiction that she answered, and two sources that she confirmed as copies; Mallory has a copy of it. */
async function concluded() {
  const { engine: ann } = await testProject();
  const report = await addFile(ann, 'report.txt', 'The county transferred 12,600 workers.\n');
  const reprint = await addFile(ann, 'reprint.txt', 'Reprinted: 12,600 workers were transferred.\n');
  const support = await mark(ann, report.id, '12,600 workers');
  const against = await mark(ann, reprint.id, 'were transferred');
  const { id } = await ann.call('claims.create', { text: 'Consent was not free.' });
  await ann.call('claims.link', { id, passages: [support.id], as: 'supports' });
  await ann.call('claims.link', {
    id,
    passages: [against.id],
    as: 'contradicts',
    answer: 'It says nothing of consent.',
  });
  await ann.call('copies.confirm', { sources: [report.id, reprint.id] });
  const mallory = await copyFor(ann, 'Mallory');
  return { ann, mallory, id, support, against, sources: [report.id, reprint.id] };
}
const previewed = async (engine: Engine, path: string) =>
  (await engine.call('merge.preview', { path })).conclusions.map(({ kind, message }) => [kind, message]);

it('names in the preview and after merging what a colleague did to the team’s conclusions, in their words', async () => {
  const { ann, mallory, id, support, against, sources } = await concluded();
  await mallory.engine.call('claims.change', { id, text: 'Consent was free.' });
  await mallory.engine.call('claims.unlink', { id, passage: against.id });
  await mallory.engine.call('copies.withdraw', { sources });
  // A support that goes makes the claim weaker, which its gaps say.
  await mallory.engine.call('claims.unlink', { id, passage: support.id });
  await mallory.engine.close();
  const named = [
    ['claimChanged', 'Mallory changed the claim “Consent was not free.” to “Consent was free.”.'],
    [
      'contradictionUnlinked',
      'Mallory unlinked a passage that contradicts the claim “Consent was free.”: “were transferred”, page 1.',
    ],
    ['copiesWithdrawn', 'Mallory withdrew that “report.txt” and “reprint.txt” are copies of one text.'],
  ];
  expect((await previewed(ann, mallory.folder)).map(([kind, words]) => [kind, inOrder(words)])).toEqual(
    named.map(([kind, words]) => [kind, inOrder(words)]),
  );
  const report = await ann.call('merge.apply', { path: mallory.folder });
  expect(report.conclusions.map(({ kind, person }) => [kind, person])).toEqual(
    named.map(([kind]) => [kind, 'Mallory']),
  );
});

/** The sources of a decision stand in the order of their ids, which is not known. */
const inOrder = (words = ''): string[] => words.split(/[“”]/).toSorted();

it('names a claim that was removed, a contradiction made a support, an answer rewritten, and copies decided to be different', async () => {
  const { ann, mallory, id, against, sources } = await concluded();
  const { id: other } = await ann.call('claims.create', { text: 'Land was taken.' });
  const { id: third } = await ann.call('claims.create', { text: 'It was paid.' });
  await ann.call('claims.link', { id: third, passages: [against.id], as: 'contradicts', answer: 'Not to them.' });
  await mallory.engine.close();
  const eve = await copyFor(ann, 'Eve');
  await eve.engine.call('claims.link', { id, passages: [against.id], as: 'supports' });
  await eve.engine.call('claims.answer', { id: third, passage: against.id, answer: 'It was.' });
  await eve.engine.call('claims.remove', { id: other });
  await eve.engine.call('copies.apart', { sources });
  await eve.engine.close();
  const found = await previewed(ann, eve.folder);
  const kinds = found.map(([kind]) => String(kind));
  expect(kinds.toSorted()).toEqual(['answerChanged', 'claimRemoved', 'contradictionTurned', 'copiesWithdrawn']);
  expect(found.map(([, words]) => words)).toEqual(
    expect.arrayContaining([
      'Eve removed the claim “Land was taken.”.',
      expect.stringContaining('from “Not to them.” to “It was.”.'),
    ]),
  );
});

it('names nothing that a colleague only adds, nor what was here already', async () => {
  const { ann, mallory, id, support } = await concluded();
  const { id: own } = await mallory.engine.call('claims.create', { text: 'Land was taken.' });
  await mallory.engine.call('claims.change', { id: own, text: 'Land was given.' });
  await mallory.engine.call('claims.link', { id: own, passages: [support.id], as: 'contradicts' });
  await mallory.engine.call('claims.unlink', { id: own, passage: support.id });
  await ann.call('claims.change', { id, text: 'Consent was never free.' });
  await mallory.engine.close();
  expect(await previewed(ann, mallory.folder)).toEqual([]);
});

it('names a mask that a colleague took away, without the words under it', async () => {
  const { engine: ann } = await testProject();
  const source = await addFile(ann, 'news.txt', 'The worker Zulhayat sews.');
  await maskWords(ann, source.id, 'Zulhayat', 'A worker');
  const mallory = await copyFor(ann, 'Mallory');
  const { masks } = await mallory.engine.call('masks.list', {});
  await mallory.engine.call('masks.remove', { ids: masks.map(({ id }) => id) });
  await mallory.engine.close();
  expect(await previewed(ann, mallory.folder)).toEqual([
    ['maskRemoved', 'Mallory removed a mask (“A worker”) from “news.txt”.'],
  ]);
});

/** The id of the only record of a kind. */
function only(
  { folder, person }: TestProject,
  entity: 'mask' | 'claimlink' | 'dimension' | 'setting' | 'value',
  where = 'TRUE',
) {
  const db = openProject({ folder, person });
  const [row] = db.read.all(query<{}, { id: string }>('test', `SELECT id FROM p_${entity} WHERE ${where}`), {});
  db.close();
  return row?.id ?? '';
}

it('names a mask that was shrunk or put elsewhere by a changed program', async () => {
  const { engine: ann } = await testProject();
  const source = await addFile(ann, 'news.txt', 'The worker Zulhayat sews.');
  await maskWords(ann, source.id, 'Zulhayat', 'A worker');
  const mallory = await copyFor(ann, 'Mallory');
  const [mask] = (await mallory.engine.call('masks.list', {})).masks;
  await mallory.engine.close();
  if (mask?.anchor.kind !== 'text') throw new Error('No mask');
  const anchor = { ...mask.anchor, end: mask.anchor.start + 1, exact: 'Z' };
  writeBehind(mallory.folder, mallory.person, 'Mask', [
    { entity: 'mask', id: only(mallory, 'mask'), field: 'anchor', value: { ...anchor } },
  ]);
  expect(await previewed(ann, mallory.folder)).toEqual([
    ['maskMoved', 'Mallory put a mask (“A worker”) in “news.txt” on other words or another area.'],
  ]);
});

it('names a mark of a private person that was taken away, by a value or with the dimension, without the words', async () => {
  const { engine: ann } = await testProject();
  const source = await addFile(ann, 'news.txt', 'The worker Zulhayat sews.');
  const passage = await mark(ann, source.id, 'Zulhayat');
  await markPrivate(ann, passage.id);
  const [mallory, eve, ben] = [await copyFor(ann, 'Mallory'), await copyFor(ann, 'Eve'), await copyFor(ann, 'Ben')];
  // A changed program takes away Ann’s mark; otherwise people change their own alone.
  await mallory.engine.close();
  writeBehind(mallory.folder, mallory.person, 'Set privacy', [
    { entity: 'setting', id: only(mallory, 'setting'), field: 'deleted', value: true },
  ]);
  const unmarked = 'took away the mark that a private person is named from a passage in “news.txt”.';
  expect(await previewed(ann, mallory.folder)).toEqual([['privacyUnmarked', `Mallory ${unmarked}`]]);
  // It renames what the marks are found by.
  await eve.engine.close();
  const privacy = only(eve, 'dimension', `code = 'privacy'`);
  const value = only(eve, 'value', `code = 'private' AND dimension = '${privacy}'`);
  writeBehind(eve.folder, eve.person, 'Rename', [
    { entity: 'value', id: value, field: 'code', value: 'known' },
    { entity: 'dimension', id: privacy, field: 'code', value: 'secrecy' },
  ]);
  expect((await previewed(ann, eve.folder)).map(([kind]) => kind)).toEqual(['privacyUnmarked', 'privacyUnmarked']);
  // Another mark, a dimension without the word for it: nothing to name.
  const { dimensions } = await ben.engine.call('codebook.get', {});
  const other = dimensions.find(({ code, on }) => code !== 'privacy' && on === 'passage');
  const set = other?.values[0];
  if (other === undefined || set === undefined) throw new Error('No other dimension');
  for (const values of [[set.id], []])
    await ben.engine.call('settings.set', { passage: passage.id, dimension: other.id, values });
  await ben.engine.close();
  expect(await previewed(ann, ben.folder)).toEqual([]);
});

it('names a contradiction that was put on another passage', async () => {
  const { ann, mallory, support } = await concluded();
  await mallory.engine.close();
  const link = only(mallory, 'claimlink', `relation = 'contradicts'`);
  writeBehind(mallory.folder, mallory.person, 'Link', [
    { entity: 'claimlink', id: link, field: 'passage', value: support.id },
  ]);
  const [[kind, words] = []] = await previewed(ann, mallory.folder);
  expect(kind).toBe('contradictionUnlinked');
  expect(words).toContain('unlinked a passage that contradicts the claim “Consent was not free.”: “were transferred”');
});

it('names conversions that come in, change or come back, and reference values that change', async () => {
  const { engine: ann } = await testProject();
  const rule = { from: 'tael', to: 'jin', factor: '1/10', by: 'The market system' };
  const { id } = await ann.call('conversions.set', rule);
  const { id: gone } = await ann.call('conversions.set', { ...rule, from: 'picul', factor: '100' });
  await ann.call('conversions.remove', { id: gone });
  const kept = { quantity: 'Population', place: null, period: '2020', value: '269000', unit: 'person', isWhole: true };
  const { id: reference } = await ann.call('references.add', { ...kept, source: null, citation: 'Seventh census' });
  const mallory = await copyFor(ann, 'Mallory');
  await mallory.engine.close();
  const set = (one: string, value: object): Edit => ({
    entity: 'conversion',
    id: one,
    field: 'rule',
    value: { ...value },
  });
  writeBehind(mallory.folder, mallory.person, 'Edit', [
    set(id, { ...rule, factor: '1/16' }),
    set(newId(), { ...rule, from: 'hectare', to: 'mu', factor: '10' }),
    { entity: 'conversion', id: gone, field: 'deleted', value: false },
    { entity: 'reference', id: reference, field: 'value', value: { ...kept, value: '900000' } },
  ]);
  expect(sorted(await previewed(ann, mallory.folder))).toEqual([
    [
      'conversionChanged',
      'Mallory changed a conversion from “1 tael is 1/10 jin (The market system)” to “1 tael is 1/16 jin (The market system)”.',
    ],
    ['conversionChanged', 'Mallory set a conversion: “1 hectare is 10 mu (The market system)”.'],
    ['conversionChanged', 'Mallory set a conversion: “1 picul is 100 jin (The market system)”.'],
    [
      'referenceChanged',
      'Mallory changed the reference value “Population, 2020: 269000 person” to “Population, 2020: 900000 person”.',
    ],
  ]);
});

it('names a draft whose author or date was changed, and a release', async () => {
  const { engine: ann } = await testProject();
  const draft = await openText(ann, { text: 'So it goes on.', author: 'Mallory' });
  const mallory = await copyFor(ann, 'Mallory');
  await mallory.engine.call('drafts.change', { id: draft.id, author: 'Somebody', published: '2020-01-01' });
  await mallory.engine.close();
  const release = Object.entries({ draft: draft.id, person: mallory.person.id, deleted: false }).map(
    ([field, value]) => ({ entity: 'draftrelease', id: RELEASE, field, value }) as Edit,
  );
  writeBehind(mallory.folder, mallory.person, 'Release', release);
  expect(sorted(await previewed(ann, mallory.folder))).toEqual([
    ['draftChanged', 'Mallory changed the Author of the draft “quota” from “Mallory” to “Somebody”.'],
    ['draftChanged', 'Mallory changed the Date of publication of the draft “quota” from “2024-06-03” to “2020-01-01”.'],
    ['draftReleased', 'Mallory released the draft “quota”.'],
  ]);
});
const RELEASE = newId();
const sorted = (found: readonly (readonly string[])[]) =>
  found.toSorted((one, other) => one.join(' ').localeCompare(other.join(' '), 'en'));
