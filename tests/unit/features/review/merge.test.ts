import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { addFile, categoriesOf, mark, openFor, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

it('concurrent steps of two people are a conflict, and both stay in the history', async () => {
  const { engine: ann } = await testProject();
  const { id: source } = await addFile(ann, 'report.txt', '流转土地4.8万亩。\n');
  const { id: passage } = await mark(ann, source, '流转土地', { categories: await categoriesOf(ann, 'LND.RIGHTS') });
  const at = tempFolder();
  const file = join(at, 'study.sbk');
  await ann.call('projectFile.export', { path: file });
  const folder = join(at, 'Bens.sourcebook');
  const person = somebody('Ben');
  await importProjectFile({ file, folder, person });
  const ben = await openFor(folder, person);

  await ben.call('review.move', { passage, to: 'approved' });
  await ann.call('review.move', { passage, to: 'returned', comment: 'Not yet.' });
  const { conflicts } = await ann.call('merge.apply', { path: folder });
  expect(conflicts).toMatchObject([{ entity: 'passage', field: 'state' }]);
  const [conflict] = conflicts;
  const both = await ann.call('review.get', { passage });
  expect(both.moves.map(({ state, name, forged }) => [state, name, forged])).toEqual([
    ['approved', 'Ben', false],
    ['returned', 'Ann', false],
  ]);
  expect(both.state).toBe('returned');
  await ann.call('merge.resolve', { conflict: conflict?.id ?? '', keep: 'incoming' });
  expect((await ann.call('review.get', { passage })).state).toBe('approved');
  // What was decided against sends nothing back any more.
  const decided = await ann.call('review.get', { passage });
  expect(decided.steps.find(({ to }) => to === 'released')?.allowed).toBe(true);
  expect(decided.moves.map(({ forged, counts, why }) => [forged, counts, why])).toEqual([
    [false, true, ''],
    [false, false, 'Another step was taken at the same time, and that one counts.'],
  ]);

  // A change that comes in by a merge reopens what was approved here.
  await ben.call('tags.change', { passages: [passage], add: await categoriesOf(ben, 'TRF.PAIR') });
  expect((await ann.call('review.queue', { queue: 'to-release' })).total).toBe(1);
  await ann.call('merge.apply', { path: folder });
  const reopened = await ann.call('review.get', { passage });
  expect(reopened).toMatchObject({ state: 'reopened', differences: [{ what: 'tags', person: 'Ben' }] });
  expect((await ann.call('review.queue', { queue: 'to-release' })).total).toBe(0);
});
