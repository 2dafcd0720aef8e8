import { expect, it } from 'vitest';
import { mended } from '../../../../shared/query/faults.ts';
import { addFile, categoriesOf, mark, testProject } from '../../../support/project.ts';

/** A report of one publisher, with one passage. */
async function report() {
  const { engine } = await testProject();
  const { id } = await addFile(engine, 'report.txt', '流转土地4.8万亩。');
  await engine.call('sources.edit', { id, patch: { title: 'Work report', publisher: 'Liuquan County Government' } });
  const [land] = await categoriesOf(engine, 'LND.RIGHTS');
  if (land === undefined) throw new Error('No such category');
  await mark(engine, id, '流转土地4.8万亩', { categories: [land] });
  return engine;
}

it.each([
  ['category:LDN.RIGHTS', 'category:LND.RIGHTS'],
  ['category:lnd.rihgts', 'category:LND.RIGHTS'],
  ['publisher:Liuqan', 'publisher:"Liuquan County Government"'],
  ['source:"Wrok report"', 'source:"Work report"'],
  ['state:chekced', 'state:checked'],
  ['missing:translaton', 'missing:translation'],
])('%s names nothing, and one press makes it %s', async (query, right) => {
  const engine = await report();
  const { faults, rows } = await engine.call('evidence.rows', { query });
  expect(rows).toEqual([]);
  expect(faults).toMatchObject([{ code: 'valueUnknown' }]);
  expect(faults[0]?.sentence).toMatch(/^There is no .* here\. Did you mean “.*”\?$/u);
  const [mend] = faults[0]?.mends ?? [];
  expect(mend === undefined ? null : mended(query, mend)).toBe(right);
  expect((await engine.call('evidence.rows', { query: right })).faults).toEqual([]);
});

it('a place is offered by the name that only it has, and 和田 is not offered for 于田', async () => {
  const engine = await report();
  const { faults } = await engine.call('evidence.rows', { query: 'place:Karghalk' });
  expect(faults[0]?.sentence).toContain('Did you mean');
  const [mend] = faults[0]?.mends ?? [];
  const right = await engine.call('evidence.rows', {
    query: mend === undefined ? '(' : mended('place:Karghalk', mend),
  });
  expect(right.faults).toEqual([]);
  const short = await engine.call('evidence.rows', { query: 'place:子田' });
  expect(short.faults).toMatchObject([{ code: 'valueUnknown', mends: [] }]);
});

it('what is like nothing is offered nothing, and a publisher is named by any part of its name', async () => {
  const engine = await report();
  const nothing = await engine.call('evidence.rows', { query: 'publisher:Xinhua category:ZZZZZZ' });
  expect(nothing.faults.map(({ sentence, mends }) => [sentence, mends])).toEqual([
    ['There is no publisher “Xinhua” here.', []],
    ['There is no category “ZZZZZZ” here.', []],
  ]);
  expect(await engine.call('evidence.rows', { query: 'publisher:county' })).toMatchObject({ faults: [], total: 1 });
});

it('a code means its category, also where somebody called another one so', async () => {
  const engine = await report();
  const query = 'category:LND.RIGHTS';
  const before = await engine.call('evidence.rows', { query });
  for (const name of ['LND.RIGHTS', 'AND'])
    await engine.call('categories.add', {
      category: { code: `X${name.length}`, name, colour: '#55606B' },
      parent: null,
    });
  expect(await engine.call('evidence.rows', { query })).toMatchObject({ total: before.total, faults: [] });
  expect(await engine.call('evidence.rows', { query: 'category:AND' })).toMatchObject({ total: 0, faults: [] });
});
