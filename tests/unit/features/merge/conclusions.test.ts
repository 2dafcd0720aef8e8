import { expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { maskWords } from '../../../support/masks.ts';
import { addFile, copyFor, mark, testProject } from '../../../support/project.ts';

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
