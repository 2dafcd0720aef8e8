import { expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/engine.ts';
import { openHome } from '../../electron/host/home.ts';
import { writeSources } from '../fixtures/sources.ts';
import { categoriesOf, mark, newFolder } from '../support/project.ts';
import { browserHost } from '../e2e/support/hosts.ts';
import { Journey } from '../e2e/support/journey.ts';

/** A project with a PDF, a saved page and a plain text, one passage with a category and a memo. */
async function projectOf(journey: Journey): Promise<string> {
  const person = openHome({ SOURCEBOOK_HOME: journey.home }).person();
  const folder = newFolder({ person, at: journey.desktop });
  const { report, page, notice } = await writeSources(journey.folder);
  const engine = await openEngine({ folder, person, workers: 1 });
  await engine.call('import.run', { job: 'search', paths: [report, page, notice] });
  const { sources } = await engine.call('sources.list', {});
  const saved = sources.find(({ fileName }) => fileName === 'page.html');
  if (saved === undefined) throw new Error('The saved page did not come in');
  const categories = await categoriesOf(engine, 'TRF.PAIR');
  await mark(engine, saved.id, '转移就业目标', { categories, memo: 'Which goals? 转移就业 again.' });
  await engine.close();
  return folder;
}

test('a word is searched for in all sources, opened with Enter, and followed from result to result while reading', async () => {
  const journey = new Journey(browserHost);
  await journey.start(await projectOf(journey));
  const { page } = journey;
  const field = page.getByRole('searchbox', { name: /^Search texts/ });
  // Pressed as soon as there is anything to see: where one left the project is still being read then, and takes nothing back.
  await page.locator('.workbench').waitFor();
  // Chromium itself drops what is pressed before a page's first frame.
  await page.evaluate(() => new Promise((done) => void requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.keyboard.press('Control+Shift+F');
  await expect
    .poll(() => field.evaluateAll(([input]) => input !== undefined && input === document.activeElement))
    .toBe(true);
  await journey.inspect('search-empty');

  // The codebook has these words, too.
  const places = page.getByRole('toolbar', { name: 'Where to search' });
  await places.getByRole('button', { name: 'Codebook' }).click();
  await field.fill('轉移就業');
  const hits = page.getByRole('listbox', { name: 'Results' }).getByRole('option');
  await expect.poll(() => hits.count()).toBe(3);
  await expect.poll(() => hits.locator('mark').allTextContents()).toEqual(['转移就业', '转移就业', '转移就业']);
  await page.getByText('3 results', { exact: true }).waitFor();
  await journey.inspect('search-found');

  // Enter leaves the field for the list, the next goes to the place; F4 goes on to the passage, whose quotation it is in.
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect.poll(() => journey.front.textContent()).toContain('柳泉新闻');
  await page.keyboard.press('F4');
  await page.getByRole('complementary', { name: 'Passage' }).getByText('转移就业目标').first().waitFor();
  await expect.poll(() => hits.nth(1).getAttribute('aria-selected')).toBe('true');
  // Without eyes: which passage, and which words, one has come to, and that there is nothing further.
  const said = page.locator('.live-region');
  await said.getByText(/^“转移就业目标”, .*, 1 of 1$/).waitFor();
  await page.keyboard.press('Shift+F4');
  await said.getByText(/^“[^”]*转移就业[^”]*”$/).waitFor();
  await page.keyboard.press('Shift+F4');
  await said.getByText('No more results above').waitFor();
  await page.keyboard.press('F4');

  // What is written now is found at once, and what is undone is not.
  const [passage] = (await journey.call('passages.list', {})).passages;
  if (passage === undefined) throw new Error('The passage is gone');
  await journey.call('passages.remove', { ids: [passage.id] });
  await expect.poll(() => hits.count()).toBe(1);
  await journey.call('history.undo', {});
  await expect.poll(() => hits.count()).toBe(3);

  // Narrowed by a category, with a few letters and Enter.
  await page.getByRole('button', { name: 'Texts' }).click();
  await page.getByRole('button', { name: /^Category/ }).click();
  await page.keyboard.type('cross');
  await page.keyboard.press('Enter');
  await page.getByText('You’re searching only part of the project.').waitFor();
  await journey.inspect('search-nothing');
  await page.getByRole('button', { name: 'Search everywhere' }).click();
  await expect.poll(() => hits.count()).toBeGreaterThan(3);

  // Words that are apart from each other, and a place on the page of a PDF.
  await page.keyboard.press('Control+Shift+F');
  await field.fill('spring weeks');
  await page.getByRole('button', { name: 'Match words anywhere on a page' }).click();
  await expect.poll(() => hits.locator('mark').allTextContents()).toEqual(['spring', 'weeks']);
  await hits.nth(1).click();
  await expect.poll(() => journey.front.textContent()).toContain('Work report');
});

test('a query that is wrong is explained at its place and put right with a key; hits in translations, comments and the codebook open', async () => {
  const journey = new Journey(browserHost);
  await journey.start(await projectOf(journey));
  const { page } = journey;
  const [passage] = (await journey.call('passages.list', {})).passages;
  if (passage === undefined) throw new Error('no passage');
  await journey.call('translations.set', {
    passage: passage.id,
    language: 'en',
    text: 'Job transfer goals',
    method: 'human',
  });
  await journey.call('comments.add', {
    passage: passage.id,
    text: 'Whose goals, transfer?',
    mentions: [],
  });
  await page.locator('.workbench').waitFor();
  await page.keyboard.press('Control+Shift+F');
  const field = page.getByRole('searchbox', { name: /^Search texts/ });
  const hits = page.getByRole('listbox', { name: 'Results' }).getByRole('option');
  await field.fill('transfer NEAR/5 goals');
  await page.getByText('“transfer” within 5 words of “goals”').waitFor();
  await expect.poll(() => hits.count()).toBe(2);
  await journey.inspect('search-near');

  await field.fill('(transfer OR quota NEAR/x goals');
  const faults = page.getByRole('alert');
  await faults.getByText('The bracket before transfer is never closed.').waitFor();
  await faults.getByText(/needs a whole number from 1 to 100/).waitFor();
  // What was found before stays.
  await page.getByText('Still showing the results for').waitFor();
  await expect.poll(() => hits.count()).toBe(2);
  await journey.inspect('search-fault');
  await field.focus();
  await page.keyboard.press('Alt+2');
  await expect.poll(() => field.inputValue()).toBe('(transfer OR quota NEAR/10 goals');
  await faults.getByRole('button', { name: /^Close it after/ }).waitFor();
  // Elsewhere the key goes to the library.
  await page.keyboard.press('Alt+1');
  await expect.poll(() => faults.count()).toBe(0);

  await field.fill('"job transfer goals"');
  await expect.poll(() => hits.locator('mark').allTextContents()).toEqual(['Job transfer goals']);
  await hits.first().click();
  await page.getByRole('complementary', { name: 'Passage' }).getByText('转移就业目标').first().waitFor();

  await field.fill('cross-provincial');
  const category = hits.filter({ hasText: /Name|Definition/ }).first();
  await category.click();
  await page.getByRole('complementary', { name: 'Codebook' }).waitFor();
});
