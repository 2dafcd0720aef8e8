import { expect, test } from 'vitest';
import { taggedProject } from '../support/tagged-project.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

test('what is like tagged passages is marked in a source, says which passages and how sure, and becomes a tag by a key', async () => {
  const { engine, folder, fresh } = await taggedProject();
  const { total } = await engine.call('passages.list', {});
  await engine.close();
  const journey = new Journey(browserHost);
  await journey.start(folder);
  await journey.page.getByRole('row', { name: /fresh\.txt/ }).waitFor({ timeout: 60_000 });
  await journey.open(/fresh\.txt/);
  const { page } = journey;
  await page.getByRole('document').first().waitFor();
  await page.keyboard.press('Alt+s');
  const pane = page.getByRole('complementary', { name: 'Suggestions' });
  const learned = pane.locator('.suggestion-row', { hasText: /\d%/ });
  const marks = page.locator('.margin-code.is-learned');
  await pane.getByText('Also suggest what is like tagged passages').click();
  await pane.getByText('Nothing has been learned yet.').waitFor();
  // A mark of a term is no mark of what was learned.
  await expect.poll(() => marks.count()).toBe(0);
  await pane.getByRole('button', { name: 'Learn from tags' }).click();
  await pane.getByRole('button', { name: 'Learn again' }).waitFor({ timeout: 60_000 });
  const { suggestions } = await journey.call('suggestions.list', { source: fresh.id, learned: true });
  const clauses = suggestions.filter((one) => one.learned !== null);
  expect(clauses.length).toBeGreaterThan(3);
  await expect.poll(() => learned.count()).toBe(clauses.length);
  await marks.first().waitFor();
  await pane.getByRole('list', { name: 'How often suggestions are right' }).waitFor();

  // Why it is suggested: how sure that is, and the passages that are most like it.
  await learned.first().locator('.suggestion-words').click();
  const current = page.locator('.suggestion-row[data-current]');
  await current.getByRole('list').getByRole('button').first().waitFor();
  const words = await current.locator('.suggestion-words .source-words').innerText();
  await journey.inspect('suggestions-learned-marks');
  await page.setViewportSize({ width: 1024, height: 768 });
  await journey.inspect('suggestions-learned-marks-1024');
  await page.setViewportSize({ width: 1440, height: 900 });
  // It counts as nothing so far.
  expect((await journey.call('passages.list', {})).total).toBe(total);

  await page.keyboard.press('y');
  await expect.poll(async () => (await journey.call('passages.list', {})).total).toBe(total + 1);
  expect((await journey.passages()).at(-1)).toEqual({ exact: words, tags: 1 });
  await expect.poll(() => learned.count()).toBeLessThan(clauses.length);
  const { decided } = await journey.call('suggestions.list', { source: fresh.id });
  expect(decided).toMatchObject([{ verdict: 'accepted', term: '' }]);
  const [accepted] = decided;
  if (accepted === undefined) throw new Error('Nothing was decided');

  // Its passage, the only one here, says where it came from.
  await current.waitFor();
  await page.getByRole('tab', { name: 'Passage', exact: true }).click();
  await page.keyboard.press('k');
  await page.getByText(/^Accepted suggestion: .*, learned from tags, \d+% sure$/).waitFor();

  // The category counts it, beside its terms.
  const { categories } = await journey.call('codebook.get', {});
  const name = categories.find(({ id }) => id === accepted.category)?.name ?? '';
  await page.keyboard.press('Alt+3');
  await page.locator('.codebook-filter input').fill(name);
  await page
    .getByRole('treegrid', { name: 'Codebook' })
    .locator('.ledger-item')
    .filter({ hasText: name })
    .first()
    .click();
  await page.getByRole('button', { name: 'Edit category' }).click();
  const use = page.getByRole('region', { name: 'Use of its terms' });
  await use.getByText('Learned from its tags: accepted 1, rejected 0, never here 0').waitFor();
  await use.scrollIntoViewIfNeeded();
  await journey.inspect('codebook-learned');
});
