import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

/** The sample's project, open on its work report, with suggestions turned on by key. */
async function suggesting(): Promise<Journey> {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  await journey.open(/work-report\.pdf/);
  await journey.page.getByRole('document').first().waitFor();
  await journey.page.keyboard.press('Alt+s');
  await bar(journey).waitFor();
  return journey;
}
const bar = (journey: Journey) => journey.page.getByRole('toolbar', { name: 'Suggestions' });
const rows = (journey: Journey) => journey.page.locator('.suggestion-row');
const current = (journey: Journey) => journey.page.locator('.suggestion-row[data-current]');

test('terms of the codebook are offered beside the page, and become tags only by a key', async () => {
  const journey = await suggesting();
  const { page } = journey;
  const before = await journey.passages();
  const count = await rows(journey).count();
  expect(count).toBeGreaterThan(3);
  // Under their words, dotted, and in the margin.
  await page.locator('.passage-stroke[stroke-dasharray]').first().waitFor({ state: 'attached' });
  await page.locator('.margin-code.is-suggested').first().waitFor();

  // A key that decides goes to the first one, and decides nothing until its words are selected; `N` turns no page meanwhile.
  const at = await page.locator('.page-field input').first().inputValue();
  await page.keyboard.press('n');
  await current(journey).waitFor();
  expect(await page.locator('.page-field input').first().inputValue()).toBe(at);
  await bar(journey)
    .getByText(`1 of ${String(count)}`)
    .waitFor();
  const words = await current(journey).locator('.source-words').innerText();
  await journey.inspect('suggestions-pdf');
  await expect.poll(() => journey.passages()).toEqual(before);

  await page.keyboard.press('y');
  await expect.poll(() => journey.passages()).toHaveLength(before.length + 1);
  expect((await journey.passages()).at(-1)).toEqual({ exact: words, tags: 1 });
  await expect.poll(() => rows(journey).count()).toBeLessThan(count);

  // One is on the next already: reject it, and never suggest the one after it in this source.
  await current(journey).waitFor();
  const left = await rows(journey).count();
  await page.keyboard.press('n');
  await expect.poll(() => rows(journey).count()).toBe(left - 1);
  await page.locator('.suggestion-decided', { hasText: 'Rejected' }).waitFor();
  await current(journey).waitFor();
  await page.keyboard.press('b');
  await expect.poll(() => rows(journey).count()).toBeLessThan(left - 1);
  await page.locator('.suggestion-decided', { hasText: 'Never here' }).waitFor();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(() => rows(journey).count()).toBe(count);
  await expect.poll(() => journey.passages()).toEqual(before);
  await journey.page.setViewportSize({ width: 1024, height: 768 });
  await journey.inspect('suggestions-1024');
});

test('a click on a suggestion selects its words; going to a passage leaves it, and hiding takes all marks away', async () => {
  const journey = await suggesting();
  const { page } = journey;
  await page.locator('.margin-code.is-suggested').first().click();
  await current(journey).waitFor();
  await page.keyboard.press('j');
  await expect.poll(() => current(journey).count()).toBe(0);
  await page.getByRole('tab', { name: 'Passage', exact: true }).click();
  await page.getByRole('complementary', { name: 'Passage' }).waitFor();
  await page.keyboard.press('Alt+s');
  await bar(journey).waitFor({ state: 'detached' });
  await expect.poll(() => page.locator('.margin-code.is-suggested').count()).toBe(0);
});

test('a saved page has them too, and goes to the first one asked for as soon as it is there', async () => {
  const journey = await suggesting();
  await journey.library();
  await journey.page
    .getByRole('row', { name: /\.html/ })
    .first()
    .dblclick();
  await bar(journey).waitFor();
  await journey.page.keyboard.press('.');
  await current(journey).waitFor();
  await expect.poll(() => journey.page.locator('.margin-code.is-suggested').count()).toBeGreaterThan(0);
  await journey.inspect('suggestions-page');
});

test('what is like tagged passages is suggested only when somebody asks for it, and too few passages are said to be too few', async () => {
  const journey = await suggesting();
  const { page } = journey;
  const pane = page.getByRole('complementary', { name: 'Suggestions' });
  const check = pane.getByRole('checkbox', { name: 'Also suggest what is like tagged passages' });
  await expect.poll(() => check.isChecked()).toBe(false);
  await pane.getByText('Also suggest what is like tagged passages').click();
  await pane.getByText('Nothing has been learned yet.').waitFor();
  await pane.getByRole('button', { name: 'Learn from tags' }).click();
  await pane.getByText('No category has the 20 tagged passages').waitFor();
  await pane.getByRole('button', { name: 'Learn again' }).scrollIntoViewIfNeeded();
  await journey.inspect('suggestions-learned');
});

test('a category says where its terms stand in all sources, and which never do', async () => {
  const journey = await suggesting();
  const { page } = journey;
  await page.keyboard.press('Alt+3');
  const rows = page.getByRole('treegrid', { name: 'Codebook' }).locator('.ledger-item');
  await rows.filter({ hasText: 'Monitoring mechanism' }).click();
  await page.getByRole('button', { name: 'Edit category' }).click();
  const use = page.getByRole('region', { name: 'Use of its terms' });
  await use.getByRole('button', { name: 'Count in all sources' }).click();
  await use.getByText(/In \d+ sources/).waitFor();
  await expect.poll(() => use.getByText('never found').count()).toBeGreaterThan(0);
  await expect.poll(() => use.getByText(/\d+ places?/).count()).toBeGreaterThan(0);
  await use.scrollIntoViewIfNeeded();
  await journey.inspect('codebook-terms');
});
