import { expect, test } from 'vitest';
import { QUOTES, writeSources } from '../fixtures/sources.ts';
import { browserHost } from '../e2e/support/hosts.ts';
import { Journey } from '../e2e/support/journey.ts';

/** How long each passage takes to be saved, ms: a slow disk. */
const SLOW = 400;

/** A note is open, its sentence is selected, and saving a passage is slow. */
async function selectedOnSlowDisk(): Promise<Journey> {
  const journey = new Journey(browserHost);
  const { notice } = await writeSources(journey.folder);
  await journey.start();
  await journey.newProject('County');
  await journey.choose([notice], () => journey.page.getByRole('button', { name: 'Choose files' }).click());
  await journey.page.getByRole('row', { name: /notice\.txt/ }).waitFor();
  await journey.open(/notice\.txt/);
  await journey.mark(QUOTES.notice);
  await journey.page.route('**/api/passages.create', async (route) => {
    const response = await route.fetch();
    await new Promise((resolve) => setTimeout(resolve, SLOW));
    await route.fulfill({ response });
  });
  return journey;
}

test('H and T in a row tag the passage that is being saved: there is one, with what was typed', async () => {
  const journey = await selectedOnSlowDisk();
  const { page } = journey;
  for (const key of ['h', 't', 'q', 'u', 'o', 't', 'a']) await page.keyboard.press(key);
  await expect
    .poll(() => page.getByRole('dialog', { name: 'Tag this passage' }).getByRole('combobox').inputValue())
    .toBe('quota');
  await page.keyboard.press('Enter');
  await expect.poll(() => journey.passages()).toEqual([{ exact: QUOTES.notice, tags: 1 }]);
});

test('keys that follow a highlight act on its passage: H once more, Delete, undo', async () => {
  const journey = await selectedOnSlowDisk();
  const { page } = journey;
  await page.keyboard.press('h');
  await page.keyboard.press('h');
  await page.keyboard.press('Delete');
  const said = page.locator('.live-region');
  await said.getByText(/^Moved to trash: “Each household/).waitFor();
  expect(await journey.passages()).toEqual([]);
  await page.keyboard.press('Control+z');
  await said.getByText(/^Undid “Move passage to trash/).waitFor();
  await expect.poll(() => journey.passages()).toEqual([{ exact: QUOTES.notice, tags: 0 }]);
});

test('Enter and M after H: no second passage, and the memo that is typed is on the one', async () => {
  const journey = await selectedOnSlowDisk();
  const { page } = journey;
  await page.keyboard.press('h');
  await page.keyboard.press('Enter');
  await page.keyboard.press('m');
  await page.keyboard.type('Compare.');
  await page.keyboard.press('Control+Enter');
  await page.locator('.live-region').getByText('Memo saved').waitFor();
  expect(await journey.passages()).toEqual([{ exact: QUOTES.notice, tags: 0 }]);
  const { passages } = await journey.call('passages.list', {});
  expect(passages[0]?.memos.map(({ text }) => text)).toEqual(['Compare.']);
});
