import { expect, test } from 'vitest';
import { addFile, testProject } from '../support/project.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

test('a read-only project offers no import, and a screen that is shown takes the keyboard from its button', async () => {
  const { engine, folder } = await testProject();
  await addFile(engine, 'note.txt', '工人自愿参加\n');
  const journey = new Journey(browserHost);
  // The engine here keeps the project, so that the window has it for reading.
  await journey.start(folder);
  const { page } = journey;
  await page.getByText(/has this project open elsewhere/).waitFor();
  await page.getByRole('row', { name: /note\.txt/ }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: /import/i }).count()).toBe(0);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Import');
  await page.getByRole('option').first().waitFor();
  await expect.poll(() => page.getByRole('option', { name: /^Import (?:sources|a? ?folder)/ }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Library', exact: true }).click();
  await page.waitForFunction(() => document.activeElement?.closest('main') !== null);
  await engine.close();
});
