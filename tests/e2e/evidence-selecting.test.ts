import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

/** The sample’s evidence table, with the keyboard in it. */
async function inTable(): Promise<Journey> {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  await journey.page.keyboard.press('Alt+8');
  await rows(journey).first().locator('.source-words').waitFor();
  await table(journey).focus();
  return journey;
}
const table = (journey: Journey) => journey.page.getByRole('grid', { name: 'Passages' });
const rows = (journey: Journey) => table(journey).locator('.grid-body > .grid-row:not(.evidence-group)');
const bar = (journey: Journey) => journey.page.getByRole('toolbar', { name: 'Selected passages' });
const selectedRows = (journey: Journey) => rows(journey).and(journey.page.locator('[aria-selected="true"]'));
/** Whether what has the keyboard is this, or within it. */
const hasKeyboard = (locator: ReturnType<typeof table>): Promise<boolean> =>
  locator.evaluate((element) => element.contains(document.activeElement));

test('the table is left by Tab after its column heads, and a head sorts by key', async () => {
  const journey = await inTable();
  const { page } = journey;
  const heads = await page.getByRole('columnheader').getByRole('button').count();
  for (let press = 0; press < 2; press++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('columnheader', { name: 'Category' }).and(page.locator('[aria-sort="ascending"]')).waitFor();
  await expect.poll(() => hasKeyboard(table(journey))).toBe(true);
  for (let press = 1; press < heads; press++) await page.keyboard.press('Tab');
  await expect.poll(() => hasKeyboard(table(journey))).toBe(false);
});

test('with all rows selected every row says so, and one that is taken out of them is not changed', async () => {
  const journey = await inTable();
  const { page } = journey;
  const before = await journey.passages();
  const total = before.length;
  await page.keyboard.press('Control+a');
  await bar(journey)
    .getByText(`${String(total)} selected`)
    .waitFor();
  await expect.poll(() => selectedRows(journey).count()).toBe(await rows(journey).count());
  await page.keyboard.press('Home');
  await page.keyboard.press(' ');
  await bar(journey)
    .getByText(`${String(total - 1)} selected`)
    .waitFor();
  await journey.inspect('evidence-all-but-one');
  const left = await rows(journey).first().locator('.source-words').innerText();
  await page.keyboard.press('t');
  const choice = page.getByRole('searchbox', { name: 'Add tag' });
  await expect.poll(() => hasKeyboard(choice)).toBe(true);
  await page.keyboard.type('settling');
  await page.keyboard.press('Enter');
  await page
    .locator('.notices')
    .getByText(/passages? changed/)
    .waitFor();
  const changed = (await journey.passages()).filter(({ tags }, at) => tags !== before[at]?.tags);
  expect(changed.length).toBeGreaterThanOrEqual(total - 2);
  expect(changed.map(({ exact }) => exact)).not.toContain(left);
  await bar(journey).getByRole('button', { name: 'Clear' }).click();
  await expect.poll(() => hasKeyboard(table(journey))).toBe(true);
});

test('after an edit the keyboard is on the act, and what the filter no longer finds is counted', async () => {
  const journey = await inTable();
  const { page } = journey;
  await page.getByRole('searchbox', { name: 'Filter of the evidence' }).fill('state:coded category:LND');
  await page.locator('.evidence-counts').getByText(/^3 of/).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => hasKeyboard(table(journey))).toBe(true);
  for (const key of ['Home', ' ', 'ArrowDown', ' ']) await page.keyboard.press(key);
  await bar(journey).getByText('2 selected').waitFor();
  const act = bar(journey).getByRole('button', { name: 'Move to state' });
  await act.click();
  await page.getByRole('menuitem', { name: 'Checked' }).click();
  await bar(journey).getByText('2 of them are outside the filter').waitFor();
  await expect.poll(() => hasKeyboard(act)).toBe(true);
});

test('T and a number key tag what is selected with the category that the bar shows beside it', async () => {
  const journey = await inTable();
  const { page } = journey;
  for (const key of ['Home', ' ', 'ArrowDown', ' ']) await page.keyboard.press(key);
  await bar(journey).getByText('2 selected').waitFor();
  await bar(journey).getByRole('button', { name: 'Add tag' }).click();
  await page.keyboard.type('settling');
  await page.keyboard.press('Enter');
  const changed = page.locator('.notices').getByText(/passages? changed/);
  await changed.waitFor();
  const before = await journey.passages();
  // The notice is above the bar: it covers none of its acts.
  const [notice, acts] = [await page.locator('.notices > .note').boundingBox(), await bar(journey).boundingBox()];
  expect((notice?.y ?? 0) + (notice?.height ?? 0)).toBeLessThanOrEqual(acts?.y ?? 0);
  // What was used has a key.
  const keyed = bar(journey).getByRole('button', { name: /Settling and household/ });
  await keyed.first().waitFor();
  await journey.inspect('evidence-number-keys');
  await table(journey).focus();
  for (const key of ['End', ' ']) await page.keyboard.press(key);
  await bar(journey).getByText('3 selected').waitFor();
  await page.keyboard.press('1');
  await expect
    .poll(async () => (await journey.passages()).filter(({ tags }, at) => tags !== before[at]?.tags).length)
    .toBe(1);
});

test('a figure that is turned into its table and back keeps the keyboard', async () => {
  const journey = await inTable();
  const { page } = journey;
  await page.getByRole('radio', { name: 'Timeline' }).click();
  const figure = page.getByRole('figure', { name: /^Of \d+ passages/ });
  const marks = figure.locator('.chart-cursor');
  await marks.first().focus();
  await page.keyboard.press('v');
  await figure.getByRole('table').waitFor();
  await expect.poll(() => hasKeyboard(figure)).toBe(true);
  await page.keyboard.press('v');
  await figure.getByRole('table').waitFor({ state: 'detached' });
  await expect.poll(() => hasKeyboard(figure)).toBe(true);
});

test('coverage stacks in a narrow window, and cuts off nothing that it says', async () => {
  const journey = await inTable();
  const { page } = journey;
  await page.getByRole('radio', { name: 'Coverage' }).click();
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.getByRole('heading', { name: 'What each category rests on' }).waitFor();
  await page.keyboard.press('v');
  await page.getByRole('columnheader', { name: 'Origins' }).waitFor();
  const region = page.getByRole('region', { name: 'Coverage' });
  await expect.poll(() => region.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await page.keyboard.press('v');
});
