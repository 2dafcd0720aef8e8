import { expect, test } from 'vitest';
import { atEvidence, table, rows, filter, counts } from '../e2e/support/evidence.ts';

test('every passage is a row; a filter, a sort and groups apply to all of them, and Enter reads one in its place', async () => {
  const journey = await atEvidence();
  const { page } = journey;
  const { total } = await journey.call('passages.list', {});
  await counts(journey)
    .getByText(`${String(total)} of ${String(total)} passages`)
    .waitFor();
  await rows(journey).first().locator('.source-words').waitFor();
  await journey.inspect('evidence-table');

  await page.keyboard.press('f');
  await page.keyboard.type('category:LND');
  await counts(journey)
    .getByText(new RegExp(`^\\d+ of ${String(total)} passages`))
    .waitFor();
  const shown = async (): Promise<number> => Number.parseInt(await counts(journey).innerText(), 10);
  // While the filter is typed, no passage fits what is there of it.
  await expect.poll(shown).toSatisfy((count: number) => count > 0 && count < total);
  const land = await shown();
  await expect.poll(() => rows(journey).count()).toBe(land);

  await page.getByRole('button', { name: 'Not grouped' }).click();
  await page.getByRole('menuitem', { name: 'Source', exact: true }).click();
  await table(journey).locator('.evidence-group').first().waitFor();
  await page.getByRole('columnheader', { name: 'Act' }).getByRole('button').click();
  await page.getByRole('columnheader', { name: 'Act' }).and(page.locator('[aria-sort="ascending"]')).waitFor();
  const heading = table(journey).locator('.evidence-group').first();
  await table(journey).focus();
  for (const key of ['Home', 'ArrowLeft']) await page.keyboard.press(key);
  await heading.and(page.locator('[aria-expanded="false"]')).waitFor();
  await expect.poll(() => rows(journey).count()).toBeLessThan(land);
  await page.keyboard.press(' ');
  await heading.getByText(/^\d selected$/).waitFor();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => rows(journey).count()).toBe(land);
  await rows(journey).first().and(page.locator('[aria-selected="true"]')).waitFor();
  await journey.inspect('evidence-grouped');
  await page.keyboard.press(' ');
  await heading.getByText(/selected$/).waitFor({ state: 'detached' });

  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Passage', exact: true }).waitFor();
  await page.keyboard.press('Alt+8');
  await expect.poll(() => filter(journey).inputValue()).toBe('category:LND');
});
