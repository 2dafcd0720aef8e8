import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';
import { sheetsOfPage } from './support/paper.ts';

test('the browser’s own print of the evidence has the rows in view in their order, and no shape ends with an empty sheet', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  await page.keyboard.press('Alt+8');
  const grid = page.getByRole('grid', { name: 'Passages' });
  await grid.locator('.source-words').first().waitFor();
  const printed = () => sheetsOfPage(page, journey.folder);
  const table = await printed();
  expect(table.filter((sheet) => sheet === '')).toEqual([]);

  // Headings of groups stand above their own rows.
  await page.getByRole('button', { name: 'Not grouped' }).click();
  await page.getByRole('menuitem', { name: 'Source', exact: true }).click();
  const grouped = page.getByRole('treegrid', { name: 'Passages' });
  const headings = grouped.locator('.evidence-group');
  await headings.first().waitFor();
  const rows = grouped.locator('.grid-body > [role=row]');
  const shown = await rows.evaluateAll((all) =>
    all
      .map((row) => ({ top: row.getBoundingClientRect().top, text: row.textContent.replace(/\s/gu, '').slice(0, 8) }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text),
  );
  const text = (await printed()).join('');
  let at = 0;
  for (const words of shown) {
    at = text.indexOf(words, at);
    expect(at, words).not.toBe(-1);
  }

  for (const shape of ['Matrix', 'Timeline', 'Coverage']) {
    await page.getByRole('radio', { name: shape }).click();
    await page.locator('.evidence-shape .chart-view').first().waitFor();
    expect((await printed()).filter((sheet) => sheet === '')).toEqual([]);
  }
});
