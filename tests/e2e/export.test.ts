import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { browserHost, electronHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';
import { TwoCoders } from './support/two-coders.ts';

const PASSPHRASE = 'four plain words here';

/** The first command that answers these letters. */
async function run(page: Page, letters: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog');
  await palette.waitFor();
  await page.keyboard.type(letters);
  await page.keyboard.press('Enter');
}

test('a project is exported encrypted, its report as a page, and opened again with its passphrase', async () => {
  const sender = new TwoCoders();
  await sender.prepare();
  await sender.start(sender.study);
  const { page } = sender;
  await page.getByRole('button', { name: 'Library', exact: true }).waitFor();
  const open = async (): Promise<void> => {
    await run(page, 'share');
    await page.getByRole('dialog').getByText('6 passages from 1 source').waitFor();
  };
  const dialog = page.getByRole('dialog', { name: 'Share' });

  // A page of the evidence for someone without Sourcebook.
  await open();
  await dialog.getByText('Evidence page').click();
  const report = await sender.save('evidence.html', () => dialog.getByRole('button', { name: 'Export page' }).click());
  await dialog.waitFor({ state: 'detached' });
  expect(readFileSync(report, 'utf8')).toContain('第2件：流转土地若干亩。');

  // Encrypted: a passphrase that is short or differs is reported, and blocks the export.
  await open();
  await dialog.getByText('Passphrase').click();
  const go = dialog.getByRole('button', { name: 'Export file' });
  await dialog.getByLabel('Passphrase', { exact: true }).fill('short');
  await dialog.getByText('Use at least 12 characters').waitFor();
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Confirm passphrase').fill('four plain words');
  await dialog.getByText('The passphrases don’t match.').waitFor();
  await expect.poll(() => go.isDisabled()).toBe(true);
  await sender.inspect('hand-over');
  await dialog.getByLabel('Confirm passphrase').fill(PASSPHRASE);
  const sealed = await sender.save('sent.sbk.age', () => go.click());
  await dialog.waitFor({ state: 'detached' });
  expect(readFileSync(sealed, 'latin1').startsWith('age-encryption.org/v1')).toBe(true);

  // Opened again, from a project and from the start screen: it asks, says what is wrong, and the file need not be chosen again.
  const asks = page.getByRole('dialog', { name: 'Encrypted file' });
  await sender.choose([sealed], async () => {
    await run(page, 'open project file');
  });
  await asks.getByText('sent.sbk.age is encrypted with a passphrase').waitFor();
  await page.keyboard.press('Escape');
  await asks.waitFor({ state: 'detached' });
  await sender.quit();
  await sender.start();
  const again = sender.page.getByRole('dialog', { name: 'Encrypted file' });
  await sender.choose([sealed], () => sender.page.getByRole('button', { name: /^Open project file/ }).click());
  await again.waitFor();
  await sender.page.keyboard.type('another phrase');
  await sender.page.keyboard.press('Enter');
  await again.getByText('Incorrect passphrase').waitFor();
  await sender.inspect('sealed-file');
  await sender.page.keyboard.type(PASSPHRASE);
  await sender.page.keyboard.press('Enter');
  await sender.page.getByRole('button', { name: 'Library', exact: true }).waitFor();
  await again.waitFor({ state: 'detached' });
  await expect.poll(() => sender.passages()).toHaveLength(6);
});

test('a file that is not an encrypted project file is rejected with a sentence, and no passphrase is asked for', async () => {
  const somebody = new TwoCoders();
  const path = join(somebody.desktop, 'broken.sbk.age');
  writeFileSync(path, 'not sealed at all');
  await somebody.start();
  const { page } = somebody;
  await somebody.choose([path], () => page.getByRole('button', { name: /^Open project file/ }).click());
  await page.getByRole('alert').waitFor();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});

test.each([electronHost, browserHost])(
  'in $name: an encrypted file named when the program starts asks for its passphrase in its window, and opens',
  async (host) => {
    const sender = new TwoCoders();
    await sender.prepare();
    const sealed = join(sender.desktop, 'sent.sbk.age');
    const options = { protection: { passphrase: PASSPHRASE } };
    await sender.at(sender.study, sender.me, (engine) => engine.call('projectFile.export', { path: sealed, options }));
    const reader = new Journey(host);
    await reader.start(sealed);
    const { page } = reader;
    const asks = page.getByRole('dialog', { name: 'Encrypted file' });
    await asks.getByText('sent.sbk.age is encrypted with a passphrase').waitFor();
    await page.keyboard.type('another phrase');
    await page.keyboard.press('Enter');
    await asks.getByText('Incorrect passphrase').waitFor();
    // A reloaded page asks again.
    await page.reload();
    await asks.waitFor();
    await page.keyboard.type(PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Library', exact: true }).waitFor();
    await asks.waitFor({ state: 'detached' });
  },
);
