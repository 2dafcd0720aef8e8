import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

/** The page of the search, in the sample project. */
async function atSearch(): Promise<Journey> {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  await journey.page.keyboard.press('Alt+9');
  await field(journey).waitFor();
  return journey;
}
const field = (journey: Journey) => journey.page.getByRole('searchbox', { name: /^Search texts/ });
const hits = (journey: Journey) => journey.page.getByRole('listbox', { name: 'Results' }).getByRole('option');
const facets = (journey: Journey) => journey.page.getByRole('complementary', { name: 'Facets' });

test('the page counts hits by facets, each of which is a condition; a hit opens in its place with all others marked, until Escape', async () => {
  const journey = await atSearch();
  const { page } = journey;
  await journey.inspect('search-page-empty');
  // Entered by a click, too, it has the keyboard in its field, not on the first button.
  await journey.library();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.waitForFunction(() => document.activeElement?.matches('.search-page-field input'));
  await field(journey).fill('转移就业');
  await hits(journey).first().waitFor();
  const years = facets(journey).getByRole('region', { name: 'Year of publication' });
  const year = years.locator('.search-facet').first();
  await year.waitFor();
  const everywhere = ['sources', 'passages', 'translations', 'memos', 'codebook'] as const;
  const asked = (query: string) => journey.call('search.query', { query, in: [...everywhere], whole: true });
  const { total } = await asked(`转移就业 published:${(await year.locator('.check').innerText()).trim()}`);
  await expect.poll(() => year.locator('.hint').innerText()).toBe(String(total));
  await journey.inspect('search-page');
  await year.locator('.check').click();
  await expect.poll(() => field(journey).inputValue()).toMatch(/^转移就业 published:\d{4}$/);
  await page
    .getByText(total === 1 ? '1 result' : `${String(total)} results`)
    .first()
    .waitFor();
  await year.locator('.check').click();
  await expect.poll(() => field(journey).inputValue()).toBe('转移就业');

  // What is found in the codebook is in no source.
  const inSources = (await asked('转移就业')).sources.filter(({ source }) => source !== null).length;
  await page.getByText(new RegExp(` in ${String(inSources)} sources?, the codebook and the project$`)).waitFor();
  // A span of years is counted as a whole.
  const spanned = '转移就业 published:2022..2024';
  await field(journey).fill(spanned);
  const span = years.locator('.search-facet').filter({ hasText: '2022..2024' });
  const { total: inSpan } = await asked(spanned);
  await expect.poll(() => span.locator('.hint').innerText()).toBe(String(inSpan));
  await field(journey).fill('转移就业');
  await expect.poll(() => span.count()).toBe(0);

  await page.setViewportSize({ width: 1024, height: 768 });
  await expect.poll(() => facets(journey).count()).toBe(0);
  await journey.inspect('search-page-1024');
  await page.setViewportSize({ width: 1440, height: 900 });

  await field(journey).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.locator('.reader').waitFor();
  const marks = page.locator('.reader path.text-matches[d^="M"]');
  await expect.poll(() => marks.count()).toBeGreaterThan(0);
  await journey.inspect('search-marks');
  await page.keyboard.press('Escape');
  await expect.poll(() => marks.count()).toBe(0);
});

test('a query is filled in as a form, mended by key, saved in the project and carried to the evidence and back', async () => {
  const journey = await atSearch();
  const { page } = journey;
  await page.getByRole('button', { name: 'Form', exact: true }).click();
  const form = page.getByRole('group', { name: 'The query as a form' });
  await form.getByRole('textbox', { name: 'Any of these', exact: true }).fill('流转, 劳动力');
  await expect.poll(() => field(journey).inputValue()).toBe('流转 OR 劳动力');
  await hits(journey).first().waitFor();
  await field(journey).fill('(流转 OR 劳动力 date:2023-13');
  await page.getByText('Still showing the results for').waitFor();
  await expect.poll(() => hits(journey).count()).toBeGreaterThan(0);
  await journey.inspect('search-page-error');
  await field(journey).focus();
  await page.keyboard.press('Alt+1');
  await expect.poll(() => field(journey).inputValue()).toBe('(流转 OR 劳动力) date:2023-13');
  await field(journey).fill('流转 OR 劳动力');
  await page.getByRole('button', { name: 'Save this search' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Land');
  await page.keyboard.press('Enter');
  await facets(journey).getByRole('button', { name: 'Land', exact: true }).waitFor();
  await expect
    .poll(() => journey.call('views.list', {}))
    .toMatchObject({
      views: [{ name: 'Land', query: '流转 OR 劳动力', shape: 'search', scopes: [] }],
    });
  await field(journey).fill('劳动力');
  await facets(journey).getByRole('button', { name: 'Land', exact: true }).click();
  await expect.poll(() => field(journey).inputValue()).toBe('流转 OR 劳动力');
  await page.getByRole('button', { name: 'As evidence' }).click();
  const filter = page.getByRole('searchbox', { name: 'Filter of the evidence' });
  await expect.poll(() => filter.inputValue()).toBe('流转 OR 劳动力');
  await filter.fill('流转 category:LND');
  await page.getByRole('button', { name: 'Search sources' }).click();
  await expect.poll(() => field(journey).inputValue()).toBe('流转 category:LND');
});

test('passages with the words are counted by place, and a place is a condition', async () => {
  const journey = await atSearch();
  const { page } = journey;
  const { id } = await journey.call('places.add', { name: '柳泉', parent: 'xj-hotan-pref' });
  await field(journey).fill('转移就业');
  const places = facets(journey).getByRole('region', { name: 'Passages by place' });
  const first = places.locator('.search-facet').first();
  await first.waitFor();
  const { groups } = await journey.call('evidence.rows', { query: '转移就业', group: 'places', count: 0 });
  const count = groups.find(({ value }) => value === id)?.count;
  expect(count).toBeGreaterThan(0);
  await expect.poll(() => first.innerText()).toMatch(new RegExp(`^柳泉\\s+${String(count)}$`));
  await first.locator('.check').click();
  await expect.poll(() => field(journey).inputValue()).toBe('转移就业 place:柳泉');
  await hits(journey).first().waitFor();
  await journey.inspect('search-page-place');
  await page.keyboard.press('Escape');
});

test('hits that are passages already, and those that are not, are counted and shown by themselves', async () => {
  const journey = await atSearch();
  const { page } = journey;
  await field(journey).fill('转移就业');
  const already = facets(journey).getByRole('region', { name: 'Already a passage' });
  await already.waitFor();
  const ask = (passages: 'within' | 'outside') =>
    journey.call('search.query', { query: '转移就业', in: ['sources'], passages, whole: true });
  const [within, outside] = [(await ask('within')).total, (await ask('outside')).total];
  expect(within).toBeGreaterThan(0);
  expect(outside).toBeGreaterThan(0);
  await expect.poll(() => already.locator('.hint').allInnerTexts()).toEqual([String(outside), String(within)]);
  await already.getByText('Not yet').click();
  await page
    .getByText(outside === 1 ? '1 result' : `${String(outside)} results`)
    .first()
    .waitFor();
  // Hits of the codebook are gone: two of its terms begin alike, and had one key in the list.
  await expect.poll(() => page.locator('.search-result', { hasText: 'Term' }).count()).toBe(0);
  await journey.inspect('search-page-already');
  await already.getByText('Yes').click();
  await page
    .getByText(within === 1 ? '1 result' : `${String(within)} results`)
    .first()
    .waitFor();
  await expect.poll(() => already.getByRole('checkbox', { name: 'Not yet' }).isChecked()).toBe(false);
  // A saved search keeps it, as the chip beside the query says.
  const chip = page.getByRole('button', { name: 'Remove Already a passage: Yes' });
  await page.getByRole('button', { name: 'Save this search' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Tagged');
  await page.keyboard.press('Enter');
  const saved = facets(journey).getByRole('button', { name: 'Tagged', exact: true });
  await saved.waitFor();
  await chip.click();
  await expect.poll(() => already.getByRole('checkbox', { name: 'Yes' }).isChecked()).toBe(false);
  await expect.poll(() => field(journey).inputValue()).toBe('转移就业');
  await saved.click();
  await chip.waitFor();
  await expect.poll(() => already.getByRole('checkbox', { name: 'Yes' }).isChecked()).toBe(true);
});
