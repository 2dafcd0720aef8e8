import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const TEXT = [
  '2023年全县转移就业1.26万人次，完成年度任务11,600人次的108%。',
  '赴湖北1,120人，赴广东680人，赴江苏246人，合计2,064人。',
  '参训学员864人，其中女学员415人，占48%。',
  '全县耕地36,000亩，其中节水灌溉1,600公顷，占66.7%。',
  '义务教育巩固率稳定在98%以上，受访群众满意率为61%。',
].join('\n\n');

test('a relation is confirmed under a reading, dismissed with a reason, and made by hand from two figures', async () => {
  const journey = new Journey(browserHost);
  await journey.start();
  await journey.newProject('Liuquan');
  const { page } = journey;
  const file = join(journey.folder, 'work-report.txt');
  writeFileSync(file, TEXT);
  await journey.drop([file]);
  await page
    .getByRole('row', { name: /work-report/ })
    .first()
    .waitFor();
  await page.keyboard.press('Alt+8');
  await page.getByRole('button', { name: 'All relations' }).click();
  const list = page.getByRole('listbox', { name: 'Relations' });
  const pane = page.getByRole('complementary', { name: 'Relation' });
  await list.getByRole('option').first().waitFor();
  await list.getByText(/Fails, by 18 steps/).waitFor();
  const unpaired = page.getByRole('region', { name: 'Percentages without a pair' });
  await unpaired.getByText('98%', { exact: true }).waitFor();

  // Two readings of 1.26万: neither is chosen by the program.
  await list.getByRole('option', { name: /completion of quota/ }).click();
  await pane.getByText('Two readings').waitFor();
  await pane.getByText('Suggested', { exact: true }).waitFor();
  await page.keyboard.press('1');
  await pane.getByText('Confirmed', { exact: true }).waitFor();
  await pane.getByRole('button', { name: /Counts are exact/, pressed: true }).waitFor();
  await pane.getByText('No arithmetic conflict found under these readings. That is not proof of the figure.').waitFor();
  await journey.inspect('relations');
  await page.setViewportSize({ width: 1024, height: 768 });
  await journey.inspect('relations-1024');
  await page.setViewportSize({ width: 1440, height: 900 });

  // Somebody asks for another look, and says at what.
  await page.keyboard.press('Shift+R');
  const returning = page.getByRole('dialog', { name: 'Return relation' });
  await returning.getByRole('textbox').fill('Which quota does 108% belong to?');
  await page.keyboard.press('Enter');
  await returning.waitFor({ state: 'detached' });
  await pane.getByText('Returned', { exact: true }).waitFor();
  await pane.getByText('Which quota does 108% belong to?').waitFor();
  await journey.inspect('relations-returned');
  await page.keyboard.press('y');
  await pane.getByText('Confirmed', { exact: true }).waitFor();

  await list.getByRole('option', { name: /sum/ }).click();
  await pane.getByText('sum', { exact: true }).first().waitFor();
  await page.keyboard.press('n');
  const dismissing = page.getByRole('dialog', { name: 'Dismiss relation' });
  await dismissing.getByRole('textbox').fill('The total includes those who stayed.');
  await page.keyboard.press('Enter');
  await dismissing.waitFor({ state: 'detached' });
  await list.getByText(/Fails, by 18 steps/).waitFor({ state: 'detached' });

  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: 'Relate figures' });
  const figures = dialog.getByRole('listbox', { name: 'Figures of the source' });
  await figures.getByRole('option', { name: /1,120人/ }).click();
  await figures.getByRole('option', { name: /864人/ }).click();
  await dialog.getByText('Computed 129.63: not checkable').waitFor();
  // A figure that is removed passes the keyboard on to the next one, the last to the list.
  const remove = (name: RegExp) => dialog.getByRole('button', { name });
  const hasKeyboard = (one: ReturnType<typeof remove>) =>
    expect.poll(() => one.evaluate((it) => it === document.activeElement));
  await remove(/^Remove 1,120人/).press('Enter');
  await hasKeyboard(remove(/^Remove 864人/)).toBe(true);
  await page.getByText('1,120人 is removed.').waitFor({ state: 'attached' });
  await remove(/^Remove 864人/).press('Enter');
  await hasKeyboard(figures).toBe(true);
  await figures.getByRole('option', { name: /1,120人/ }).click();
  await figures.getByRole('option', { name: /864人/ }).click();
  await journey.inspect('relations-by-hand');
  await dialog.getByRole('button', { name: 'Make relation' }).click();
  await dialog.waitFor({ state: 'detached' });
  await pane.getByText('made by hand').waitFor();
  const recorded = async () =>
    (await journey.call('relations.recorded', {})).relations.map(({ kind, state }) => `${kind} ${state}`).toSorted();
  await expect.poll(recorded).toEqual(['completion confirmed', 'implied confirmed', 'sum dismissed']);
});
