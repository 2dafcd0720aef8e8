import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { addFile, newFolder, testProject } from '../support/project.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

test('a folder from elsewhere with altered tables says so, and is rebuilt from its history', async () => {
  const folder = newFolder({ title: 'Liuquan 2023' });
  const db = new Database(join(folder, 'project.sqlite'));
  db.exec("UPDATE p_project SET title = 'Liuquan 2024'");
  db.close();
  const journey = new Journey(browserHost);
  await journey.start(folder);
  const { page } = journey;
  await page.getByText('Liuquan 2024').first().waitFor();
  const warning = page.getByRole('alert').filter({ hasText: 'Another program changed this project’s database' });
  await warning.waitFor();
  await journey.inspect('altered');
  await warning.getByRole('button', { name: 'Rebuild from history' }).click();
  await page.getByText('Liuquan 2023').first().waitFor();
  await warning.waitFor({ state: 'detached' });
  await expect.poll(() => page.getByText('Liuquan 2024').count()).toBe(0);
});

test('the verify dialog reads the originals again where asked, and counts them', async () => {
  const { engine, folder } = await testProject();
  await addFile(engine, 'note.txt', '工人自愿参加\n');
  await addFile(engine, 'page.html', '<!doctype html><title>Report</title><p>工人自愿参加</p>');
  await engine.close();
  const journey = new Journey(browserHost);
  await journey.start(folder);
  const { page } = journey;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Verify project');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Verify project' });
  await dialog.getByText('Also read every PDF and saved page again').click();
  await dialog.getByRole('button', { name: 'Verify', exact: true }).click();
  await dialog.getByText('Everything matches its hash.').waitFor();
  await expect.poll(() => dialog.locator('dt', { hasText: 'Read again' }).locator('+ dd').textContent()).toBe('2');
  await journey.inspect('verified-thoroughly');
});
