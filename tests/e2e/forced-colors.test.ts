import { expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const drawn = (what: Locator, property: string): Promise<string> =>
  what.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

test('in forced colours an unchecked box has no tick, and the chosen radio button and row differ from the others', async () => {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  const { page } = journey;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    await page.getByRole('row', { name: /work-report\.pdf/ }).click();
    await page.getByText('Implied').first().waitFor();
    const rows = page.locator('.grid-body .grid-row');
    const isChosen = page.locator(".grid-body .grid-row[aria-selected='true']");
    await page.getByPlaceholder('Filter by title, author or publisher').focus();
    await expect.poll(() => drawn(isChosen, 'outline-style')).toBe('solid');
    await expect
      .poll(() => drawn(rows.and(page.locator("[aria-selected='false']")).first(), 'outline-style'))
      .toBe('none');
    await expect
      .poll(() => drawn(page.locator('.check:not([data-selected]) .check-box > svg').first(), 'visibility'))
      .toBe('hidden');

    await page.getByRole('button', { name: /project menu/ }).click();
    await page.getByRole('menuitem', { name: /^Share/ }).click();
    const dot = (chosen: boolean): Locator =>
      page.locator(chosen ? '.radio[data-selected] .radio-dot' : '.radio:not([data-selected]) .radio-dot').first();
    expect(await drawn(dot(true), 'background-color')).not.toBe(await drawn(dot(false), 'background-color'));
    await page.keyboard.press('Escape');
  }
});
