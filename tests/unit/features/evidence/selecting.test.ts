import { expect, it } from 'vitest';
import { addFile, categoriesOf, mark, testProject } from '../../../support/project.ts';

/** Three passages: one about land, one about land and training, one without a category. */
async function county() {
  const { engine } = await testProject();
  const { id } = await addFile(engine, 'report.txt', '流转土地4.8万亩。培训300人。组织赴外县务工。');
  const [land, training] = await categoriesOf(engine, 'LND.RIGHTS', 'TRN');
  if (land === undefined || training === undefined) throw new Error('No such categories');
  const first = await mark(engine, id, '流转土地4.8万亩', { categories: [land] });
  const both = await mark(engine, id, '培训300人', { categories: [land, training] });
  const bare = await mark(engine, id, '组织赴外县务工');
  return { engine, land, training, first, both, bare };
}

it('how many passages each of several filters finds; one with a fault has no number', async () => {
  const { engine, bare } = await county();
  const queries = ['', 'category:LND', 'category:NOSUCH', 'category:TRN', ''];
  expect(await engine.call('evidence.totals', { queries })).toEqual({ totals: [3, 2, null, 1, 3] });
  await engine.call('passages.remove', { ids: [bare.id] });
  expect(await engine.call('evidence.totals', { queries })).toEqual({ totals: [2, 2, null, 1, 2] });
});

it('the passages of a filter are listed by id, and in each group those of a selection are counted', async () => {
  const { engine, land, training, first, both, bare } = await county();
  expect(await engine.call('evidence.found', { query: 'category:LND' })).toEqual({ passages: [first.id, both.id] });
  const within = [{ by: 'category' as const, value: training }];
  expect(await engine.call('evidence.found', { within })).toEqual({ passages: [both.id] });
  expect(await engine.call('evidence.found', { query: '(' })).toEqual({ passages: [] });
  const counted = await engine.call('evidence.count', { passages: [both.id, bare.id], group: 'category' });
  expect(counted).toMatchObject({ faults: [], found: 2, sources: 1 });
  expect(Object.fromEntries(counted.groups.map(({ value, found }) => [value, found]))).toEqual({
    [land]: 1,
    [training]: 1,
    '': 1,
  });
});
