import { expect, it } from 'vitest';
import type { CategoryId } from '../../../../shared/model/index.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { addFile, categoriesOf, copyFor, mark, testProject } from '../../../support/project.ts';

/** Ann and Bob each decide about one passage, not knowing of each other’s decision; both have merged. */
async function bothDecide() {
  const { engine: ann, folder } = await testProject();
  const { id: source } = await addFile(ann, 'report.txt', '流转土地4.8万亩，完成年度任务。\n');
  const [pair, rights] = await categoriesOf(ann, 'TRF.PAIR', 'LND.RIGHTS');
  if (pair === undefined || rights === undefined) throw new Error('The codebook has them');
  const { id } = await mark(ann, source, '流转土地', { categories: [pair, rights] });
  const { engine: bob, folder: bobAt } = await copyFor(ann, 'Bob');
  const decide = (engine: Engine, ...categories: CategoryId[]) =>
    engine.call('adjudications.decide', { passage: id, categories, reason: 'Because' });
  const open = async (engine: Engine = ann) => (await engine.call('merge.conflicts', {})).conflicts;
  const holds = async (engine: Engine = ann) =>
    (await engine.call('adjudications.list', { passage: id })).adjudications.toSorted((a, b) => b.at - a.at)[0];
  return { ann, bob, folder, bobAt, id, pair, rights, decide, open, holds };
}

it('two decisions of which neither knew the other are a conflict, resolved by deciding again', async () => {
  const { ann, bob, folder, bobAt, id, pair, rights, decide, open, holds } = await bothDecide();
  await decide(ann, pair);
  await decide(bob, rights);
  expect(await ann.call('merge.preview', { path: bobAt })).toMatchObject({ conflictsTotal: 1 });
  expect(await ann.call('merge.apply', { path: bobAt })).toMatchObject({ conflictsTotal: 1 });
  const [conflict, ...more] = await open();
  expect(more).toEqual([]);
  expect(conflict).toMatchObject({
    kind: 'decision',
    passage: id,
    about: expect.stringContaining('流转土地'),
    mine: { person: 'Ann', value: [pair], inForce: false },
    incoming: { person: 'Bob', value: [rights], inForce: true },
    canKeepBoth: false,
  });
  await ann.call('merge.resolve', { conflict: conflict?.id ?? '', keep: 'mine' });
  expect(await open()).toEqual([]);
  expect(await holds()).toMatchObject({ categories: [pair], reason: 'Because' });
  expect((await ann.call('project.verify', {})).ok).toBe(true);
  await ann.call('history.undo', {});
  expect(await open()).toEqual([conflict]);
  await ann.call('history.redo', {});
  expect(await open()).toEqual([]);

  // Bob, who has not seen that, resolves it the other way: a conflict again, on both sides.
  await ann.call('history.undo', {});
  await bob.call('merge.apply', { path: folder });
  await ann.call('history.redo', {});
  const [bobs] = await open(bob);
  await bob.call('merge.resolve', {
    conflict: bobs?.id ?? '',
    keep: bobs?.mine.person === 'Bob' ? 'mine' : 'incoming',
  });
  await ann.call('merge.apply', { path: bobAt });
  await bob.call('merge.apply', { path: folder });
  expect((await open()).map(({ kind }) => kind)).toEqual(['decision']);
  expect((await open(bob)).map((one) => one.id)).toEqual((await open()).map((one) => one.id));
});

it('the same decision twice is none, nor one that knew the other', async () => {
  const { ann, bob, folder, bobAt, pair, rights, decide, open } = await bothDecide();
  await decide(ann, pair, rights);
  await decide(bob, rights, pair);
  await ann.call('merge.apply', { path: bobAt });
  expect(await open()).toEqual([]);
  await bob.call('merge.apply', { path: folder });
  await decide(bob, rights);
  await ann.call('merge.apply', { path: bobAt });
  expect(await open()).toEqual([]);
});
