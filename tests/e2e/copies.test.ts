import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { article, reprint } from '../support/copies.ts';
import { seeded } from '../support/seeded.ts';
import { tempFolder } from '../support/temp.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

test('copies of one text are looked for, compared side by side, confirmed, and count once until that is taken back', async () => {
  const journey = new Journey(browserHost);
  await journey.start();
  const { page } = journey;
  await journey.newProject('Newspapers');
  const folder = tempFolder();
  const random = seeded(3);
  const text = article(random, 'chinese', 4);
  const files = [
    ['日报.txt', text],
    ['晚报.txt', reprint(random, text, 'chinese', 'edited')],
    ['商报.txt', reprint(random, text, 'chinese', 'traditional')],
    ['年鉴.txt', reprint(random, text, 'chinese', 'within')],
    ['English.txt', article(random, 'english')],
  ].map(([name = '', words = '']) => {
    const path = join(folder, name);
    writeFileSync(path, words);
    return path;
  });
  await journey.drop(files);
  await expect.poll(async () => (await journey.call('sources.list', {})).sources.length).toBe(5);
  // From the Library, by the palette.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('look for copies');
  await page.getByRole('option', { name: /Look for copies of one text/ }).waitFor();
  await page.keyboard.press('Enter');
  const section = page.locator('.copies');
  await section.getByText('1 found, not decided').first().waitFor();
  await section.getByText('5 sources looked at').waitFor();
  await journey.inspect('copies-found');

  // By keyboard alone.
  await section.getByRole('listbox', { name: '1 found, not decided' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Are these copies of one text?' });
  await dialog.waitFor();
  await expect.poll(() => dialog.getByRole('checkbox', { checked: true }).count()).toBe(3);
  await expect.poll(() => dialog.getByRole('checkbox', { checked: false }).count()).toBe(1);
  await dialog
    .getByText(/of this text is in the other one/)
    .first()
    .waitFor();
  await journey.inspect('copies-side-by-side');
  await dialog.getByRole('button', { name: 'Unknown, or not in the project Origin' }).press('Enter');
  await page.getByRole('option', { name: '日报.txt', exact: true }).click();
  await dialog.getByRole('button', { name: 'Confirm 3 copies' }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await section.getByText('1 confirmed').first().waitFor();
  const { groups, offers } = await journey.call('copies.list', {});
  expect(groups.map(({ sources, origin }) => [sources.length, origin === null])).toEqual([[3, false]]);
  await page.keyboard.press('Alt+1');
  await page.getByRole('row', { name: /晚报\.txt.*Copy of 日报\.txt/ }).waitFor();
  await page.getByRole('row', { name: /日报\.txt.*Origin of 2 other copies/ }).waitFor();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('dialog', { name: 'Columns' }).getByText('Copies', { exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('columnheader', { name: 'Copies' }).waitFor();
  await journey.inspect('copies-library');
  await page.keyboard.press('Alt+8');
  // The yearbook that holds the text is still to be decided.
  expect(offers).toHaveLength(1);
  await section.getByRole('listbox', { name: '1 found, not decided' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Not copies' }).press('Enter');
  await section.getByText(/decided to be no copies/).waitFor();
  await journey.inspect('copies-decided');

  await section.getByRole('listbox', { name: '1 confirmed' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Take back' }).press('Enter');
  await section.getByText('1 confirmed').first().waitFor({ state: 'detached' });
  expect((await journey.call('copies.list', {})).groups).toEqual([]);
});
