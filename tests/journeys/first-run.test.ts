import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserHost, electronHost } from '../e2e/support/hosts.ts';
import { Journey } from '../e2e/support/journey.ts';

describe.each([electronHost, browserHost])('the first run in $name', (host) => {
  it('asks for a name in one field, and again before anything is signed without one', async () => {
    const journey = new Journey(host, true);
    await journey.start();
    const { page } = journey;
    const asked = page.getByRole('dialog', { name: 'What’s your name?' });
    await asked.waitFor();
    await expect.poll(() => asked.getByRole('textbox').count()).toBe(1);
    await journey.inspect('first-run', 'this host');
    await page.keyboard.press('Escape');
    await asked.waitFor({ state: 'hidden' });
    await page.getByText('No name yet').waitFor();
    await journey.inspect('first-run-put-off', 'this host');

    await page.getByRole('button', { name: /^New project/ }).click();
    const made = page.getByRole('dialog', { name: 'New project' });
    await made.getByRole('textbox', { name: 'Title' }).fill('Liuquan');
    await made.getByRole('button', { name: 'Create project' }).click();
    await asked.waitFor();
    await expect
      .poll(() => asked.getByRole('textbox').evaluate((field) => field === document.activeElement))
      .toBe(true);
    await page.keyboard.type('Analyst');
    await page.keyboard.press('Enter');
    await asked.getByText('Enter your own name').waitFor();
    await asked.getByRole('textbox').fill('Mia Chen');
    await page.keyboard.press('Enter');
    await asked.waitFor({ state: 'hidden' });
    // What was asked for goes on by itself.
    await made.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Library', exact: true }).waitFor();
    await page.getByRole('contentinfo').getByText('Mia Chen').waitFor();
    expect((await journey.call('history.list', {})).commits.map(({ person }) => person)).toEqual(['Mia Chen']);
  });
});

it('the start screen can be used with more recent projects than fit the window', async () => {
  const journey = new Journey(browserHost);
  const recents = Array.from({ length: 20 }, (_, n) => ({
    folder: join(journey.home, `projects/P${n}.sourcebook`),
    title: `P${n}`,
    openedAt: n,
    sources: 1,
  }));
  writeFileSync(join(journey.home, 'recents.json'), JSON.stringify(recents));
  await journey.start();
  await journey.page.getByText('P19', { exact: true }).waitFor();
  await journey.newProject('Liuquan');
});
