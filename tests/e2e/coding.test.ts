import { expect, test } from 'vitest';
import { TwoCoders } from './support/two-coders.ts';

test('a sample is assigned blind and submitted, agreement is shown, and a difference is decided by key', async () => {
  const coders = new TwoCoders();
  await coders.prepare();
  await coders.start(coders.study);
  const { page, main } = coders;
  await page.getByRole('button', { name: 'Library', exact: true }).waitFor();

  // Given out from the screen, as a file.
  await page.keyboard.press('Alt+7');
  await page.getByRole('button', { name: 'Coding', exact: true }).click();
  await main.getByRole('heading', { name: 'No double coding yet' }).waitFor();
  await main.getByRole('button', { name: 'New assignment' }).click();
  await page.keyboard.type('Ben');
  await main.getByRole('textbox', { name: 'How many' }).fill('many');
  await main.getByText('Enter 10%, 20 or /5.').waitFor();
  await main.getByRole('textbox', { name: 'How many' }).fill('100%');
  await main.getByText('12 units of 1 source').waitFor();
  await coders.inspect('coding-new');
  const sent = await coders.save('for-ben.sbk', () => page.keyboard.press('Enter'));
  await main.getByText('Ben: coding').waitFor();

  // Ben codes: of six about land he finds five, and he sees transfer where the lead gave nothing.
  const back = await coders.handsBack(sent, async (engine, { units }) => {
    expect(units).toHaveLength(12);
    expect((await engine.call('passages.list', {})).passages).toEqual([]);
    await coders.tagAll(
      engine,
      [2, 4, 6, 8, 10].map((at) => `第${String(at)}件：流转土地若干亩。`),
      'LND.RIGHTS',
    );
    await coders.tagAll(engine, ['第3件：组织转移就业若干人。'], 'TRF.PAIR');
  });
  await coders.choose([back], () => page.keyboard.press('Control+Shift+m'));
  await main.getByRole('tab', { name: /^Edits/ }).waitFor();
  await page.keyboard.press('Control+Enter');
  await main.getByText(/^Merged \d+ edits? from from-ben\.sbk/).waitFor();

  // What both judged is measured: land differs on one of twelve, transfer on another.
  await page.getByRole('button', { name: 'Coding', exact: true }).click();
  await main.getByText('Ben: finished').waitFor();
  await main.getByRole('tab', { name: 'Agreement' }).click();
  const land = main.getByRole('row', { name: /RIGHTS/ });
  await land.waitFor();
  const { categories } = await coders.call('agreement.report', { unit: 'sentence' });
  const figures = categories.find(({ code }) => code === 'LND.RIGHTS');
  const cells = await land.getByRole('cell').allInnerTexts();
  expect(cells.slice(0, 3)).toEqual(['12', '0.458', '91.7']);
  expect(cells[5]).toBe(Number(figures?.alpha).toFixed(3));
  await coders.inspect('coding-agreement');

  // Two differences; the first is decided without a pointer, and what was begun on the other is not lost.
  await main.getByRole('tab', { name: 'Differences' }).click();
  await main.getByText('2 differences, 2 open').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('1');
  await page.keyboard.type('A draft');
  await page.keyboard.press('Escape');
  await main.getByRole('option', { name: /^第3件/ }).click();
  await coders.inspect('coding-difference');
  await page.keyboard.press('2');
  await page.keyboard.type('It names those who were sent.');
  await page.keyboard.press('Control+Enter');
  await main.getByText('2 differences, 1 open').waitFor();
  await expect.poll(() => main.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('A draft');
  // The form with the keyboard is gone: the list has it.
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Differences');
  const { adjudications } = await coders.call('adjudications.list', {});
  expect(adjudications).toMatchObject([{ reason: 'It names those who were sent.' }]);
  // The coders’ own tags don’t change.
  expect((await coders.call('agreement.report', { unit: 'sentence' })).categories).toEqual(categories);
});

test('a blind coder goes from unit to unit, is told that no one’s work is visible, and submits', async () => {
  const coders = new TwoCoders();
  await coders.prepare({ lead: coders.anne });
  const copy = await coders.receive(coders.me.name, 'sentences:/4');
  await coders.start(copy);
  const { page, main } = coders;
  const bar = page.getByRole('region', { name: 'Blind coding' });
  await bar.getByText('you’re coding 3 sentences without seeing anyone else’s tags').waitFor();
  await page.keyboard.press('Alt+u');
  await bar.getByText('unit 1 of 3 sentences').waitFor();
  await coders.front.waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('.reader .source-host') instanceof HTMLElement);
  await page.locator('.text-matches.is-current').first().waitFor({ state: 'attached' });
  await coders.tag('RIGHTS');
  await bar.getByText('1 tagged.').waitFor();
  await page.keyboard.press('Alt+u');
  await bar.getByText('unit 2 of 3 sentences').waitFor();
  await page.keyboard.press('Alt+Shift+u');
  await bar.getByText('unit 1 of 3 sentences').waitFor();
  await coders.inspect('coding-blind-reader');
  await bar.getByRole('button', { name: 'Show sample and submit' }).click();
  await main.getByRole('option').nth(2).waitFor();
  await coders.inspect('coding-blind');
  const back = await coders.save('back.sbk', () => main.getByRole('button', { name: 'Finish and submit' }).click());
  await main.getByRole('button', { name: 'Submit again' }).waitFor();
  await coders.at(coders.study, coders.lead, async (engine) => {
    await engine.call('merge.apply', { path: back });
    const { assignments } = await engine.call('assignments.list', {});
    expect(assignments).toMatchObject([{ coderDone: true }]);
  });
});
