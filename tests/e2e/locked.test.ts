import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Page } from 'playwright-core';
import { writeSources } from '../fixtures/sources.ts';
import { browserHost, electronHost } from './support/hosts.ts';
import { Journey, LOCKED } from './support/journey.ts';

const PASSPHRASE = 'seven random words';

/** Sets a passphrase for the signing key, in Settings. */
async function protectKey(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: 'Set passphrase' }).click();
  // The form has the keyboard, and Enter saves it.
  await page.keyboard.type(PASSPHRASE);
  await settings.getByRole('textbox', { name: 'Confirm passphrase' }).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await settings.getByText(/Encrypted with your passphrase/).waitFor();
  await page.keyboard.press('Escape');
  await settings.waitFor({ state: 'detached' });
}

test.each([browserHost, electronHost])(
  'started with a locked key, it shows nothing before the passphrase, and then what was open: $name',
  async (host) => {
    const journey = new Journey(host);
    await journey.start();
    await journey.newProject('County');
    await protectKey(journey.page);
    await journey.quit();

    await journey.start(journey.project('County'));
    const { page } = journey;
    await page.getByRole('heading', { name: LOCKED }).waitFor();
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toMatch(/County/);
    await expect(journey.call('project.info', {})).rejects.toThrow(/Sourcebook is locked/);
    // A second one, entered while the first is tried, counts.
    await page.keyboard.type('six mistyped words');
    await page.keyboard.press('Enter');
    await page.keyboard.type(PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Import your first sources' }).waitFor();
    expect(await page.title()).toMatch(/County/);
    expect(await page.getByText(LOCKED).count()).toBe(0);
  },
);

test('the key that locks asks for a passphrase if there is none; what is typed then goes into no other field', async () => {
  const journey = new Journey(browserHost);
  await journey.start();
  await journey.newProject('County');
  const { page } = journey;
  await page.keyboard.press('Alt+Shift+L');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.waitFor();
  const field = settings.getByRole('textbox', { name: 'Passphrase', exact: true });
  await expect.poll(() => field.evaluateAll(([one]) => one !== undefined && one === document.activeElement)).toBe(true);
});

test('unused for as long as was chosen, it locks by itself', async () => {
  const journey = new Journey(browserHost);
  // The host’s clock is put forward once this file exists.
  const later = join(journey.folder, 'later');
  const clock = join(journey.folder, 'clock.mjs');
  writeFileSync(
    clock,
    `import { existsSync } from 'node:fs';
     const now = Date.now;
     Date.now = () => now() + (existsSync(${JSON.stringify(later)}) ? 20 * 60_000 : 0);`,
  );
  process.env['NODE_OPTIONS'] = `--import=${pathToFileURL(clock).href}`;
  onTestFinished(() => void delete process.env['NODE_OPTIONS']);
  await journey.start();
  delete process.env['NODE_OPTIONS'];
  await journey.newProject('County');
  const { page } = journey;
  await protectKey(page);
  writeFileSync(later, '');
  await page.getByRole('heading', { name: LOCKED }).waitFor();
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toMatch(/County/);
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Import your first sources' }).waitFor();
});

test.each([browserHost, electronHost])(
  'a key gets a passphrase, the windows lock, and the project becomes one encrypted file: $name',
  async (host) => {
    const journey = new Journey(host);
    const files = await writeSources(journey.folder);
    await journey.start();
    await journey.newProject('County');
    await journey.choose([files.notice], () => journey.page.getByRole('button', { name: 'Choose files' }).click());
    const { page } = journey;
    await page.getByRole('row', { name: /notice\.txt/ }).waitFor();

    await page.keyboard.press('Control+,');
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.getByText('Set a passphrase to lock Sourcebook when you step away.').waitFor();
    await settings.getByRole('button', { name: 'Set passphrase' }).click();
    await settings.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE);
    await settings.getByRole('textbox', { name: 'Confirm passphrase' }).fill(PASSPHRASE);
    await journey.inspect('settings-key-form');
    await settings.getByRole('button', { name: 'Save passphrase' }).click();
    await settings.getByText(/Encrypted with your passphrase/).waitFor();
    await journey.inspect('settings-key');
    await page.keyboard.press('Escape');
    await settings.waitFor({ state: 'detached' });

    await page.keyboard.press('Alt+Shift+L');
    await page.getByRole('heading', { name: 'Sourcebook is locked' }).waitFor();
    const shown = await page.evaluate(() => document.documentElement.outerHTML);
    expect(shown).not.toMatch(/County|notice\.txt/);
    expect(await page.title()).toBe('Sourcebook');
    await expect(journey.call('project.info', {})).rejects.toThrow(/Sourcebook is locked/);
    await journey.inspect('locked');
    await page.keyboard.type('seven wrong words');
    await page.keyboard.press('Enter');
    await page.getByText('Incorrect passphrase.').waitFor();
    await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /notice\.txt/ }).waitFor();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('close and encrypt');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Close and encrypt project' });
    await dialog.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE);
    await dialog.getByRole('textbox', { name: 'Confirm passphrase' }).fill(PASSPHRASE);
    await journey.inspect('close-encrypted');
    await dialog.getByRole('button', { name: 'Close and encrypt' }).click();
    const recent = page.getByRole('button', { name: /County.*Encrypted/ });
    await recent.waitFor();
    expect(existsSync(journey.project('County'))).toBe(false);
    expect(existsSync(`${journey.project('County')}.age`)).toBe(true);
    await journey.inspect('start-encrypted');

    await recent.click();
    const asked = page.getByRole('dialog', { name: 'Encrypted file' });
    await asked.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /notice\.txt/ }).waitFor();
    expect(existsSync(journey.project('County'))).toBe(true);
  },
);
