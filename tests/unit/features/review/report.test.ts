import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { categoriesOf } from '../../../support/project.ts';
import { reviewProject } from '../../../support/review.ts';
import { tempFolder } from '../../../support/temp.ts';

it('a report names who checked and approved the present state, and no one whose step no longer counts', async () => {
  const { as, passage, moveAs } = await reviewProject();
  const written = async (): Promise<(name: string) => string | undefined> => {
    const path = join(tempFolder(), 'report.csv');
    await as('ann', (engine) => engine.call('report.write', { path, format: 'csv' }));
    const [head = '', row = ''] = readFileSync(path, 'utf8').replace('\ufeff', '').split('\r\n');
    const cells = row.split(',');
    return (name) => cells[head.split(',').indexOf(name)];
  };
  const vouchers = async (): Promise<(string | undefined)[]> => {
    const cell = await written();
    return ['state', 'checker', 'approver'].map((name) => cell(name)?.toLowerCase());
  };
  const second = async (): Promise<string | undefined> => (await written())('second coding');
  await moveAs('dan', 'second-coded');
  expect(await second()).toBe('Dan (agrees with TRF.PAIR)');
  await moveAs('ben', 'checked');
  expect(await vouchers()).toEqual(['checked', 'ben', '']);
  await moveAs('cat', 'approved');
  expect(await vouchers()).toEqual(['approved', 'ben', 'cat']);
  await as('ann', async (engine) => {
    await engine.call('tags.change', { passages: [passage.id], add: await categoriesOf(engine, 'TRF.XPROV') });
  });
  expect(await vouchers()).toEqual(['reopened', '', '']);
  // Who checked what was there before did not check what Dan approves.
  await moveAs('dan', 'approved');
  expect(await vouchers()).toEqual(['approved', '', 'dan']);
  await moveAs('ben', 'returned', 'The page is another.');
  expect(await vouchers()).toEqual(['returned', '', '']);
});
