import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const QUERY = '转移就业';

/** The hits of a search in the sample project, on the page of the search. */
async function atHits(): Promise<Journey> {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  await journey.page.keyboard.press('Alt+9');
  await journey.page.getByRole('searchbox', { name: /^Search texts/ }).waitFor();
  await journey.page.keyboard.type(QUERY);
  await journey.page.getByRole('listbox', { name: 'Results' }).getByRole('option').first().waitFor();
  return journey;
}
const pane = (journey: Journey) => journey.page.getByRole('complementary', { name: 'Hits to passages' });
const rows = (journey: Journey) => journey.page.getByRole('listbox', { name: 'Hits' }).getByRole('option');
/** Included, skipped, not decided, passages: as the pane counts them. */
const counts = async (journey: Journey): Promise<number[]> =>
  (await pane(journey).locator('.look-counts dd').allInnerTexts()).map(Number);
const numberOfPassages = async (journey: Journey): Promise<number> => (await journey.call('passages.list', {})).total;
const hitsInTexts = async (journey: Journey) =>
  (await journey.call('search.query', { query: QUERY, in: ['sources'], limit: 10_000, whole: true })).hits;

test('hits are looked through by key alone, included and skipped; those that are passages stay, the others become passages in one edit that one undo takes back', async () => {
  const journey = await atHits();
  const { page } = journey;
  const before = await numberOfPassages(journey);
  const hits = await hitsInTexts(journey);
  const { spans } = await journey.call('search.spans', {
    hits: hits.map(({ source, layer, start, end }) => {
      if (source === null || layer === null) throw new Error('a hit outside the texts');
      return { source, layer, start, end };
    }),
    unit: 'hit',
  });
  const there = spans.filter((one) => (one?.passage ?? null) !== null).length;
  const open = hits.length - there;
  expect(open).toBeGreaterThan(4);
  expect(there).toBeGreaterThan(0);

  // From a result that is not the first one, to come back to it.
  const results = page.getByRole('listbox', { name: 'Results' });
  const current = results.locator('[aria-selected="true"]');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => current.count()).toBe(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const from = await current.innerText();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => counts(journey)).toEqual([0, 0, open, there]);
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox');
  // Nothing is included: nothing is made.
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Space');
  await page.keyboard.press('KeyX');
  await page.keyboard.press('Space');
  await page.keyboard.press('Space');
  await expect.poll(() => counts(journey)).toEqual([3, 1, open - 4, there]);
  const marked = pane(journey).locator('.look-marked');
  const clause = await marked.innerText();
  await page.keyboard.press('BracketLeft');
  await expect.poll(() => marked.innerText()).toBe(QUERY);
  await page.keyboard.press('BracketRight');
  await expect.poll(() => marked.innerText()).toBe(clause);
  expect(clause).toContain(QUERY);
  await page.keyboard.press('BracketLeft');
  await page.keyboard.press('KeyT');
  await page.keyboard.type('TRF');
  await page.keyboard.press('Enter');
  await pane(journey).getByText(/TRF/).waitFor();
  await journey.inspect('look-through');
  await expect.poll(() => numberOfPassages(journey)).toBe(before);

  await page.keyboard.press('Control+Enter');
  await page.getByText('Made 3 passages').waitFor();
  await expect.poll(() => numberOfPassages(journey)).toBe(before + 3);
  await expect.poll(() => counts(journey)).toEqual([0, 1, open - 4, there + 3]);
  const { commits } = await journey.call('history.list', {});
  expect(commits[0]?.label).toContain(`Make 3 passages from hits of “${QUERY}”, tagged`);
  const [made] = (await journey.call('passages.list', {})).passages.toSorted((a, b) => b.createdAt - a.createdAt);
  if (made === undefined) throw new Error('nothing made');
  expect(made.anchor).toMatchObject({ exact: QUERY });
  expect(made.tags).toHaveLength(1);
  await expect.poll(() => journey.call('passages.foundBy', { id: made.id })).toMatchObject({ query: QUERY });

  await page.keyboard.press('Control+z');
  await expect.poll(() => numberOfPassages(journey)).toBe(before);
  // They are included still, so that they need not be decided again.
  await expect.poll(() => counts(journey)).toEqual([3, 1, open - 4, there]);
  await page.keyboard.press('Escape');
  await results.waitFor();
  // Back where it was opened, with the keyboard.
  await expect.poll(() => current.innerText()).toBe(from);
  await expect.poll(() => results.evaluate((list) => list === document.activeElement)).toBe(true);
  await expect.poll(() => numberOfPassages(journey)).toBe(before);
});

test('the look through is folded at 1024, opened by button, keeps its decisions, and a passage says which search found it', async () => {
  const journey = await atHits();
  const { page } = journey;
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.getByRole('button', { name: 'Make passages…' }).click();
  await rows(journey).first().waitFor();
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyK');
  await pane(journey).getByRole('button', { name: 'Include' }).click();
  await expect.poll(async () => (await counts(journey))[0]).toBe(1);
  await journey.inspect('look-through-1024');
  await page.getByRole('button', { name: 'Back to the results' }).click();
  await page.getByRole('searchbox', { name: /^Search texts/ }).waitFor();
  await page.getByRole('button', { name: 'Make passages…' }).click();
  await expect.poll(async () => (await counts(journey))[0]).toBe(1);
  await rows(journey).first().waitFor();
  await page.getByRole('listbox', { name: 'Hits' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Made 1 passage').waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
  // Only passages: the one that was made among them.
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: 'Facets' }).getByText('Texts', { exact: true }).click();
  await page.getByRole('option', { name: '1 more in this source' }).click();
  const own = page.getByRole('listbox', { name: 'Results' }).getByRole('option', { name: /其中转移就业收入占比/ });
  await expect.poll(() => own.count()).toBe(1);
  await own.click();
  await page.getByText('Found by search:').waitFor();
  await page.getByRole('complementary', { name: 'Passage' }).getByText(QUERY, { exact: true }).waitFor();
  await journey.inspect('found-by-search');
});
