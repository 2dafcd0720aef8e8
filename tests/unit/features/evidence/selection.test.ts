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

it('a typed date is the first row, in the order shown, of a passage whose date begins in it', async () => {
  const { engine } = await testProject();
  const dates = ['2021-03-07', '2020', '2021-03', '2021/2022', null, '2019-12-31'];
  for (const [at, edtf] of dates.entries()) {
    const { id } = await addFile(engine, `${String(at)}.txt`, `第${String(at)}号：流转土地4.8万亩。`);
    await mark(engine, id, '流转土地');
    if (edtf !== null) await engine.call('sources.edit', { id, patch: { dateOfAct: { edtf, implied: false } } });
  }
  const sort = [{ column: 'act' as const, descending: false }];
  const { rows } = await engine.call('evidence.rows', { sort });
  const acts = rows.map((row) => row.dates.act);
  for (const begins of ['2021', '202103', '20210307', '2020', '202012', '2019', '20191231', '2022']) {
    const { position } = await engine.call('evidence.dated', { sort, date: 'act', begins });
    const text = [begins.slice(0, 4), begins.slice(4, 6), begins.slice(6)].filter((part) => part !== '').join('-');
    // In this order no date that only reaches into the period stands before one that begins in it.
    const expected = acts.findIndex((act) => act?.startsWith(text) === true);
    expect(position, begins).toBe(expected < 0 ? null : expected);
  }
  expect(acts[0]).toBe('2019-12-31');
  // Downwards it is the last of them that comes first, and of a filter only what that finds counts.
  const down = [{ column: 'act' as const, descending: true }];
  const { rows: newest } = await engine.call('evidence.rows', { sort: down });
  const first = await engine.call('evidence.dated', { sort: down, date: 'act', begins: '2021' });
  expect(newest[first.position ?? -1]?.dates.act).toMatch(/^2021/);
  expect(first.position).toBe(0);
  expect(await engine.call('evidence.dated', { query: 'act:2020', sort, date: 'act', begins: '2021' })).toEqual({
    position: null,
  });
});
