import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const SECRET = 'Gulnara Yusup';

test('diagnostics are shown before they are copied', async () => {
  const journey = new Journey(browserHost);
  await journey.start();
  const { page } = journey;
  // Headless Chromium asks for this permission, and nobody can answer.
  await page.context().grantPermissions(['clipboard-write']);
  await page.evaluate((secret) => {
    const error = new TypeError(secret);
    window.dispatchEvent(new ErrorEvent('error', { error, message: secret }));
  }, SECRET);
  await page.getByRole('button', { name: 'Copy diagnostics…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Copy diagnostics' });
  const text = dialog.getByRole('textbox', { name: 'Diagnostics' });
  await expect.poll(() => text.inputValue()).toContain('"event":"page-error"');
  const shown = await text.inputValue();
  expect(shown).toMatch(/^Sourcebook: \d/);
  expect(shown).not.toContain(SECRET);
  expect(shown).not.toContain(journey.folder);
  await journey.inspect('diagnostics');
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  // The command opens the same.
  await page.keyboard.press('Control+KeyK');
  await page.getByRole('combobox').fill('bug');
  await page.getByRole('option', { name: /^Copy diagnostics/ }).click();
  await expect.poll(() => text.inputValue()).toBe(shown);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  // So does who must be named for the data in the program; a browser has no About box of its own.
  await page.keyboard.press('Control+KeyK');
  await page.getByRole('combobox').fill('attribution');
  await page.getByRole('option', { name: /^About Sourcebook/ }).click();
  const about = page.getByRole('dialog', { name: 'About Sourcebook' });
  for (const words of ['Apache-2.0', 'GeoNames', 'CC BY 4.0', 'CC BY-SA 4.0'])
    await about.getByText(words).first().waitFor();
  await journey.inspect('about');
  await about.getByRole('button', { name: 'Close' }).click();
  await about.waitFor({ state: 'hidden' });
});
