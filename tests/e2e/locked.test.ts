import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { writeSources } from '../fixtures/sources.ts';
import { browserHost, electronHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const PASSPHRASE = 'seven random words';
const LONG = { timeout: 60_000 };

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
    await settings.getByText(/Encrypted with your passphrase/).waitFor(LONG);
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
    await page.getByText('Incorrect passphrase.').waitFor(LONG);
    await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /notice\.txt/ }).waitFor(LONG);

    await page.keyboard.press('Control+k');
    await page.keyboard.type('close and encrypt');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Close and encrypt project' });
    await dialog.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE);
    await dialog.getByRole('textbox', { name: 'Confirm passphrase' }).fill(PASSPHRASE);
    await journey.inspect('close-encrypted');
    await dialog.getByRole('button', { name: 'Close and encrypt' }).click();
    const recent = page.getByRole('button', { name: /County.*Encrypted/ });
    await recent.waitFor(LONG);
    expect(existsSync(journey.project('County'))).toBe(false);
    expect(existsSync(`${journey.project('County')}.age`)).toBe(true);
    await journey.inspect('start-encrypted');

    await recent.click();
    const asked = page.getByRole('dialog', { name: 'Encrypted file' });
    await asked.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /notice\.txt/ }).waitFor(LONG);
    expect(existsSync(journey.project('County'))).toBe(true);
  },
  300_000,
);
