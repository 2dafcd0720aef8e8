import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';
import { sheetsOf, sheetsOfPage } from './support/paper.ts';

test('the timeline is gone through by key, a mark opens its passages, and the filter stays', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  await page.keyboard.press('Alt+8');
  await page.getByRole('radio', { name: 'Timeline' }).click();
  const figure = page.getByRole('figure', { name: /^Of \d+ passages \d+ are dated/ });
  await figure.locator('[data-mark]').first().waitFor();
  await journey.inspect('evidence-timeline');

  const filter = page.getByRole('searchbox', { name: 'Filter of the evidence' });
  await filter.fill('category:LND OR category:TRF');
  await page
    .locator('.evidence-counts')
    .getByText(/^(?!34 )\d+ of 34 passages/)
    .waitFor();
  const cursor = figure.locator('.chart-cursor');
  await expect.poll(() => cursor.getAttribute('aria-label')).toMatch(/: \d+ passages?$/);
  await cursor.focus();
  const first = await cursor.getAttribute('aria-label');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => cursor.getAttribute('aria-label')).not.toBe(first);
  const label = (await cursor.getAttribute('aria-label')) ?? '';
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: 'Passages of the mark' });
  await drawer.getByText(/^\d+ passages?$/, { exact: true }).waitFor();
  await expect.poll(() => drawer.getByText(/^\d+ passages?$/).innerText()).toBe(label.split(': ').at(-1));
  await drawer.getByRole('listbox').and(page.locator(':focus')).waitFor();
  await journey.inspect('evidence-timeline-drawer');
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await cursor.and(page.locator(':focus')).waitFor();
  await expect.poll(() => cursor.getAttribute('aria-label')).toBe(label);

  // Read in its place, and back at the same mark.
  await page.keyboard.press('Enter');
  await drawer.getByRole('listbox').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Passage', exact: true }).waitFor();
  await page.keyboard.press('Alt+8');
  await expect.poll(() => cursor.getAttribute('aria-label')).toBe(label);

  // The words of the picture, the months of its axis among them.
  const drawn = (): Promise<string | null> => figure.locator('.chart-picture').textContent();
  const whole = await drawn();
  await page.keyboard.press('Equal');
  await page.getByRole('button', { name: 'Timeline: show more years' }).and(page.locator(':enabled')).waitFor();
  await expect.poll(drawn).not.toBe(whole);
  const middle = await drawn();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(drawn).not.toBe(middle);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(drawn).toBe(middle);
  await page.keyboard.press('v');
  await figure.getByRole('columnheader', { name: 'Known to' }).waitFor();
  await page.keyboard.press('v');
  // In Electron the file is called as suggested, and is there a little later.
  const save = async (format: string, name: string): Promise<Buffer> => {
    await figure.getByRole('button', { name: 'Save the chart' }).click();
    const file = await journey.save(name, () => page.getByRole('menuitem', { name: format }).click());
    await expect.poll(() => existsSync(file)).toBe(true);
    return readFileSync(file);
  };
  const svg = (await save('Drawing (SVG)', 'Liuquan 2023 (fictional sample), timeline.svg')).toString();
  expect(svg).toContain((await figure.getAttribute('aria-label')) ?? 'no name');
  expect(svg).toContain('filter category:LND OR category:TRF');
  expect(svg).not.toMatch(/var\(|light-dark|color-mix|href|data-mark|<style/);
  const png = await save('Picture (PNG)', 'Liuquan 2023 (fictional sample), timeline.png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect((await save('Its numbers (CSV)', 'Liuquan 2023 (fictional sample), timeline.csv')).toString()).toContain(
    'Known to',
  );

  // On paper nobody has a name.
  const me = (await journey.call('people.list', {})).people[0]?.name ?? 'nobody';
  await page.getByRole('radio', { name: 'People' }).click();
  await figure.locator('text', { hasText: me }).first().waitFor();
  await page.keyboard.press('Control+KeyP');
  await page.locator('.print-frame').waitFor({ state: 'attached' });
  const paper = page.frameLocator('.print-frame').locator('body');
  await paper.getByRole('heading', { name: (await figure.getAttribute('aria-label')) ?? 'no name' }).waitFor();
  await paper.getByText('filter category:LND OR category:TRF').waitFor();
  await paper.getByRole('rowheader', { name: 'Coder 1' }).first().waitFor();
  await expect.poll(() => paper.innerText()).not.toContain(me);
  const { head } = await journey.call('project.info', {});
  for (const sheet of await sheetsOf(page, journey.folder)) expect(sheet).toContain(`projectstate${head ?? 'none'}`);
  // Printed by the browser, as any page is: the whole figure, no wider than the sheet.
  await page.getByRole('radio', { name: 'Categories' }).click();
  await figure.locator('text', { hasText: 'Land mechanism' }).first().waitFor();
  const [sheet] = await sheetsOfPage(page, journey.folder);
  expect(sheet).toContain('undated');
  expect(sheet).toContain('filtercategory:LNDORcategory:TRF');
  expect(sheet).not.toContain('Library');
  // The signs of categories have their names below.
  await page.keyboard.press('Control+KeyP');
  await paper.getByText('LND Land mechanism').waitFor();
  await page.getByRole('radio', { name: 'Matrix' }).click();
  await expect.poll(() => filter.inputValue()).toBe('category:LND OR category:TRF');
});
