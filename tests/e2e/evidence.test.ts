import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { atEvidence, table, rows, filter, counts } from './support/evidence.ts';
import type { Journey } from './support/journey.ts';

test('a faulty filter says where it is wrong while the last rows stay, dimmed, and one press puts it right', async () => {
  const journey = await atEvidence();
  const { page } = journey;
  await filter(journey).fill('category:LND');
  await expect.poll(() => rows(journey).count()).toBe(3);
  await filter(journey).fill('category:LND person:');
  const faults = page.locator('.query-faults');
  await faults.waitFor();
  const still = page.getByRole('status').filter({ hasText: 'Still showing the passages of' });
  await still.getByText('category:LND', { exact: true }).waitFor();
  await still.getByText('3 passages').waitFor();
  await expect.poll(() => rows(journey).count()).toBe(3);
  await page.locator('.evidence-shape[data-behind]').waitFor();
  await journey.inspect('evidence-fault');
  await page.setViewportSize({ width: 1024, height: 768 });
  await journey.inspect('evidence-fault-1024');
  await filter(journey).fill('category:LDN');
  await faults.getByText(/There is no category “LDN” here. Did you mean “/).waitFor();
  await journey.inspect('evidence-misspelled');
  await page.getByRole('radio', { name: 'Matrix' }).click();
  await page.getByRole('figure', { name: /^Categories by year/ }).waitFor();
  await filter(journey).focus();
  await page.keyboard.press('Alt+1');
  await faults.waitFor({ state: 'detached' });
  await expect.poll(() => filter(journey).inputValue()).toBe('category:LND');
  await page.locator('.evidence-shape:not([data-behind])').waitFor();
});

test('what is chosen is a condition that can be left out, turned round and changed, and the form says what the query says', async () => {
  const journey = await atEvidence();
  const { page } = journey;
  await page
    .locator('.evidence-filter')
    .getByRole('button', { name: /^Category/ })
    .click();
  await page.keyboard.type('LND');
  await page.keyboard.press('Enter');
  await expect.poll(() => filter(journey).inputValue()).toBe('category:LND');
  const chips = page.getByRole('group', { name: 'Conditions of the query' });
  await chips.getByRole('button', { name: /^Category/ }).focus();
  await page.keyboard.press('!');
  await expect.poll(() => filter(journey).inputValue()).toBe('NOT category:LND');
  await chips.getByRole('button', { name: /^not ?Category/ }).click();
  await page.getByRole('menuitem', { name: 'Change' }).click();
  const form = page.getByRole('group', { name: 'The query as a form' });
  await form.getByRole('textbox', { name: 'Any of these', exact: true }).fill('流转, 劳动力');
  await expect.poll(() => filter(journey).inputValue()).toBe('(流转 OR 劳动力) NOT category:LND');
  await form.getByRole('textbox', { name: 'Date', exact: true }).fill('2023-13');
  await form.getByText('2023-13 is no date.').waitFor();
  await journey.inspect('evidence-form');
  await page.setViewportSize({ width: 1024, height: 768 });
  await journey.inspect('evidence-form-1024');
  await form.getByRole('textbox', { name: 'Date', exact: true }).fill('2023');
  await expect.poll(() => filter(journey).inputValue()).toBe('(流转 OR 劳动力) NOT category:LND date:2023');
  await filter(journey).fill('(流转 category:LND');
  await form.getByText('The query can’t be read yet.').waitFor();
  await filter(journey).fill('流转 NEAR/9 土地');
  await expect.poll(() => form.getByRole('textbox', { name: 'Near each other' }).inputValue()).toBe('流转');
  await expect.poll(() => form.getByRole('textbox', { name: 'Within' }).inputValue()).toBe('9');
  await filter(journey).fill('NOT category:LND date:2023');
  await chips.getByRole('button', { name: /^Remove Not Category/ }).click();
  await expect.poll(() => filter(journey).inputValue()).toBe('date:2023');
});

test('many rows are tagged in one edit, which one undo takes back', async () => {
  const journey = await atEvidence();
  const { page } = journey;
  const before = await journey.passages();
  await table(journey).focus();
  for (const key of ['Home', ' ', 'ArrowDown', ' ', 'ArrowDown', ' ']) await page.keyboard.press(key);
  const bar = page.getByRole('toolbar', { name: 'Selected passages' });
  await bar.getByText('3 selected').waitFor();
  await bar.getByRole('button', { name: 'Add tag' }).click();
  await page.keyboard.type('settling');
  await page.keyboard.press('Enter');
  await page
    .locator('.notices')
    .getByText(/^3 passages changed|2 passages changed|1 passage changed/)
    .waitFor();
  await journey.inspect('evidence-batch');
  // Where width is short the bar stays one line: the other acts are in a menu.
  await page.setViewportSize({ width: 1024, height: 768 });
  await bar.getByRole('button', { name: 'More' }).waitFor();
  await expect.poll(() => bar.evaluate((one) => one.clientHeight)).toBeLessThan(50);
  await expect.poll(() => bar.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
  await bar.getByRole('button', { name: 'More' }).click();
  const acts = page.getByRole('dialog', { name: 'More' });
  await acts.getByRole('button', { name: 'Set dimension' }).waitFor();
  await acts.getByRole('button', { name: 'Move to state' }).click();
  await page.getByRole('menuitem').first().waitFor();
  await journey.inspect('evidence-batch-more');
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await acts.waitFor({ state: 'detached' });
  await page.locator('.evidence-tools').getByText('1 line').click();
  await journey.inspect('evidence-batch-1024');
  await page.locator('.evidence-tools').getByText('2 lines').click();
  await page.setViewportSize({ width: 1440, height: 900 });
  await bar.getByRole('button', { name: 'Move to state' }).waitFor();
  await page.keyboard.press('Control+z');
  await expect.poll(() => journey.passages()).toEqual(before);
});

test('the matrix counts by category and year; a cell opens its passages, and the table can be narrowed to them', async () => {
  const journey = await atEvidence();
  const { page } = journey;
  await page.getByRole('radio', { name: 'Matrix' }).click();
  const figure = page.getByRole('figure', { name: /^Categories by year: .* has the most/ });
  await figure.locator('[data-mark]').first().waitFor();
  await journey.inspect('evidence-matrix-figure');
  await page.getByRole('radio', { name: 'Each other' }).click();
  await page
    .getByRole('figure', { name: /^Most often together: / })
    .locator('[data-mark]')
    .first()
    .waitFor();
  // The list beside it has the pairs with their passages, and opens them.
  const together = page.locator('.evidence-together');
  const pair = together.getByRole('button').first();
  const both = Number(await pair.locator('.number').innerText());
  await pair.click();
  await page
    .getByRole('complementary', { name: 'Passages of the mark' })
    .getByText(both === 1 ? '1 passage' : `${String(both)} passages`, { exact: true })
    .waitFor();
  await page.keyboard.press('Escape');
  // The sample has few passages: no share of so few.
  await expect.poll(() => together.getByText('%').count()).toBe(0);
  await journey.inspect('evidence-pairs');
  await page.getByRole('radio', { name: 'Same source' }).click();
  await page.getByRole('figure', { name: /^Most often together: .* in \d+ sources?$/ }).waitFor();
  await page.getByRole('radio', { name: 'Year', exact: true }).click();
  await page.keyboard.press('v');
  const cells = page.locator('[data-cell]');
  await cells.first().waitFor();
  await journey.inspect('evidence-matrix');
  const filled = page.locator('[data-cell]:not([data-step="0"])').first();
  const count = Number(await filled.innerText());
  await filled.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: 'Passages of the mark' });
  await drawer.getByText(count === 1 ? '1 passage' : `${String(count)} passages`, { exact: true }).waitFor();
  await journey.inspect('evidence-drawer');
  await drawer.getByRole('button', { name: 'Open as table' }).click();
  await counts(journey)
    .getByText(new RegExp(`^${String(count)} of`))
    .waitFor();
  await expect.poll(() => rows(journey).count()).toBe(count);
  await page.getByRole('button', { name: 'Show all again' }).click();
  await page.getByRole('radio', { name: 'Coverage' }).click();
  await page.getByRole('heading', { name: 'What each category rests on' }).waitFor();
  await page.keyboard.press('v');
  await page
    .getByRole('figure', { name: /^\d+ of \d+ categories rest/ })
    .locator('[data-mark]')
    .first()
    .waitFor();
  await journey.inspect('evidence-coverage');
  const category = page.getByRole('figure', { name: /^\d+ of \d+ categories rest/ }).locator('[data-mark]');
  await category.first().click();
  await page.getByRole('button', { name: 'Add to filter' }).click();
  await expect.poll(() => filter(journey).inputValue()).toMatch(/^category:\S+$/);
  await expect.poll(() => category.count()).toBeLessThan(5);
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.getByRole('radio', { name: 'Matrix' }).click();
  await journey.inspect('evidence-matrix-1024');
  await page.getByRole('radio', { name: 'Table' }).click();
  await rows(journey).first().waitFor();
  await journey.inspect('evidence-table-1024');
});

test('the rows that are shown are exported, in the order shown', async () => {
  const journey = await atEvidence();
  await filter(journey).fill('category:LND');
  const button = journey.page.getByRole('button', { name: 'Export 3 rows' });
  await button.waitFor();
  await button.click();
  const csv = journey.page.getByRole('menuitem', { name: 'CSV' });
  const file = await journey.save('evidence.csv', () => csv.click());
  const text = readFileSync(file, 'utf8');
  const [first, second] = [text.indexOf('全县流转土地4.8万亩'), text.indexOf('上解放劳动力3200余人')];
  expect(first).toBeGreaterThan(0);
  expect(second).toBeGreaterThan(first);
  expect(text).not.toContain('完成年度目标任务的108%');
  await button.click();
  const excel = journey.page.getByRole('menuitem', { name: 'Excel workbook' });
  const workbook = await journey.save('evidence.xlsx', () => excel.click());
  expect(readFileSync(workbook).subarray(0, 2).toString()).toBe('PK');
});

test('only selected rows are exported, and their sources are rated as one edit', async () => {
  const journey = await atEvidence();
  const { page } = journey;
  await table(journey).focus();
  for (const key of ['Home', ' ', 'ArrowDown', ' ']) await page.keyboard.press(key);
  const button = page.getByRole('button', { name: 'Export 2 selected rows' });
  await button.waitFor();
  await button.click();
  const csv = page.getByRole('menuitem', { name: 'CSV' });
  const file = await journey.save('evidence.csv', () => csv.click());
  expect(readFileSync(file, 'utf8').trimEnd().split('\r\n')).toHaveLength(3);
  await page.getByRole('button', { name: 'Rate sources' }).click();
  const dialog = page.getByRole('dialog', { name: /^Rate \d sources?$/ });
  await dialog.getByRole('button', { name: /Choose a rating/ }).click();
  await page.getByRole('option', { name: /^C,/ }).click();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Read beside the minutes.');
  await journey.inspect('evidence-rate');
  await dialog.getByRole('button', { name: 'Rate', exact: true }).click();
  await page
    .locator('.notices')
    .getByText(/^\d sources? rated/)
    .waitFor();
  const rated = async () =>
    (await journey.call('sources.list', {})).sources.filter(
      ({ gradeReason }) => gradeReason === 'Read beside the minutes.',
    );
  await expect.poll(async () => (await rated()).map(({ grade }) => grade)).toContain('C');
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await rated()).length).toBe(0);
});

const rail = (journey: Journey) => journey.page.getByRole('complementary', { name: 'Evidence' });

test('a view is saved in the project, and opens again as it was from the rail, which counts its passages', async () => {
  const journey = await atEvidence();
  const { page } = journey;
  const { total } = await journey.call('passages.list', {});
  await filter(journey).fill('category:LND');
  await page.keyboard.press('Control+s');
  await page.getByRole('textbox', { name: 'Name' }).fill('Land');
  await page.keyboard.press('Enter');
  const land = rail(journey).getByRole('button', { name: 'Land', exact: true });
  await land.and(page.locator('[aria-pressed="true"]')).waitFor();
  await rail(journey).locator('.rail-entry', { hasText: 'Land' }).getByText('3', { exact: true }).waitFor();
  await rail(journey).locator('.rail-entry', { hasText: 'All passages' }).getByText(String(total)).waitFor();
  await filter(journey).focus();
  await journey.inspect('evidence-rail');

  await filter(journey).fill('category:LND state:coded');
  await page.getByText('changed', { exact: true }).waitFor();
  await journey.inspect('evidence-view-changed');
  await page.getByRole('button', { name: 'Back to saved' }).click();
  await expect.poll(() => filter(journey).inputValue()).toBe('category:LND');

  await land.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => filter(journey).inputValue()).toBe('');
  await land.click();
  await expect.poll(() => filter(journey).inputValue()).toBe('category:LND');
  await expect
    .poll(() => journey.call('views.list', {}))
    .toMatchObject({ views: [{ name: 'Land', query: 'category:LND' }] });

  await page.getByRole('radio', { name: 'Coverage' }).click();
  const byLanguage = page.getByRole('radio', { name: 'Language' });
  await byLanguage.click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('changed', { exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: 'Publisher', exact: true }).click();
  await land.click();
  await byLanguage.and(page.locator('[aria-checked="true"], :checked')).waitFor();
  await expect
    .poll(() => journey.call('views.list', {}))
    .toMatchObject({
      views: [{ shape: 'coverage', coverage: { by: 'language' } }],
    });
});

test('where width is short the rail is folded, and its button opens it', async () => {
  const journey = await atEvidence();
  const { page } = journey;
  await rail(journey).waitFor();
  await page.setViewportSize({ width: 1024, height: 768 });
  await rail(journey).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Show saved views' }).click();
  await rail(journey).getByRole('button', { name: 'All passages' }).waitFor();
  await journey.inspect('evidence-rail-1024');
  await page.setViewportSize({ width: 800, height: 768 });
  await rail(journey).getByRole('button', { name: 'All passages' }).click();
  await rail(journey).waitFor({ state: 'detached' });
  await rows(journey).first().waitFor();
});

test('the current row is whole: by the arrow at the end of the table, and near its start where a typed date goes', async () => {
  const journey = await atEvidence();
  const { page } = journey;
  // Room for a few rows.
  await page.setViewportSize({ width: 1440, height: 420 });
  await page.getByRole('columnheader', { name: 'Act' }).getByRole('button').click();
  await page.getByRole('columnheader', { name: 'Act' }).and(page.locator('[aria-sort="ascending"]')).waitFor();
  await table(journey).focus();
  /** Where the current row is, in CSS pixels from the edges of what can be seen of the rows. */
  const current = (): Promise<{ above: number; below: number; height: number } | null> =>
    table(journey).evaluate((grid) => {
      const row = grid.querySelector('[data-current]')?.getBoundingClientRect();
      const head = grid.querySelector('.grid-head')?.getBoundingClientRect();
      if (row === undefined || head === undefined) return null;
      const end = grid.getBoundingClientRect().top + grid.clientTop + grid.clientHeight;
      return { above: row.top - head.bottom, below: end - row.bottom, height: row.height };
    });
  for (let row = 2; row <= 12; row += 1) {
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await current())?.below ?? -1).toBeGreaterThanOrEqual(0);
  }
  await page.keyboard.press('Home');
  await page.keyboard.type('202311');
  // With the row before it at most.
  await expect
    .poll(async () => {
      const at = await current();
      return at === null || !(await rows(journey).and(page.locator('[data-current]')).innerText()).includes('2023-11')
        ? -1
        : at.above / at.height;
    })
    .toSatisfy((before: number) => before >= 0 && before <= 1.1);
});
