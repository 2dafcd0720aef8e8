import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hasTimeAuthority, TimeAuthority } from '../support/time-authority.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

test.skipIf(!hasTimeAuthority())(
  'a dossier’s file is certified: its request goes to an authority as a file, the answer comes back, and counts once the root is trusted',
  async () => {
    const authority = new TimeAuthority();
    onTestFinished(() => authority.close());
    const journey = new Journey(browserHost);
    await journey.startInSample();
    const { page } = journey;
    await journey.call('dossiers.create', { title: 'Liuquan', from: { kind: 'query', query: '' } });
    await page.keyboard.press('Alt+8');
    await page.getByRole('button', { name: 'All dossiers' }).click();
    const made = await journey.save('dossier.html', () =>
      page.getByRole('button', { name: 'Web page, one file' }).click(),
    );
    // Measured, and so said only now.
    await page.getByText(/^last time [\d.]+ [kM]B, [\d.]+ s$/).waitFor();

    await page.getByRole('button', { name: 'Time stamps…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Time stamps of Liuquan' });
    await journey.choose([made], () => dialog.getByRole('button', { name: 'Choose a file of this dossier' }).click());
    await dialog.getByText('This file has no time stamp yet.').waitFor();
    const request = await journey.save('request.tsq', () =>
      dialog.getByRole('button', { name: 'Save request…' }).click(),
    );
    await dialog.getByText('waiting for the answer').waitFor();
    await journey.inspect('time-stamps-waiting');

    // On another computer.
    const answer = join(journey.desktop, 'answer.tsr');
    writeFileSync(answer, authority.answer(readFileSync(request), authority.certificate()));
    const wrong = join(journey.desktop, 'wrong.tsr');
    writeFileSync(wrong, 'no answer');
    await journey.choose([wrong], () => dialog.getByRole('button', { name: 'Add answer…' }).click());
    await dialog.getByRole('alert').waitFor();
    await journey.choose([answer], () => dialog.getByRole('button', { name: 'Add answer…' }).click());
    await dialog.getByText('not checked against a root that you trust').waitFor();
    await dialog.getByText(/^It existed at .* UTC, according to/).waitFor();

    // The root is compared and trusted; then it counts.
    await dialog.getByRole('button', { name: 'Trusted roots…' }).click();
    const root = join(journey.desktop, 'root.pem');
    writeFileSync(root, authority.root);
    await journey.choose([root], () => page.getByRole('button', { name: 'Add certificate…' }).click());
    const compared = page.getByRole('group', { name: 'Compare before you trust it' });
    await compared.getByText('CN=Test root').waitFor();
    await compared.getByRole('button', { name: 'Trust this root' }).click();
    await page.getByRole('button', { name: /^Remove .*Test root/ }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.getByText('root trusted here').waitFor();
    // The link that opened the roots is gone, and the dialog below keeps the focus: Escape closes it.
    await expect.poll(() => dialog.evaluate((one) => one.contains(document.activeElement))).toBe(true);
    await page.setViewportSize({ width: 1024, height: 768 });
    await journey.inspect('time-stamps-trusted-1024');
    const stamp = await journey.save('stamp.tsr', () =>
      page.getByRole('button', { name: 'Save time stamp as a file' }).click(),
    );
    expect(authority.verify(made, stamp)).toContain('Verification: OK');
  },
);
