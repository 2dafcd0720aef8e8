import { expect, test } from 'vitest';
import { writeSources } from '../fixtures/sources.ts';
import { browserHost, electronHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

/** A project with a report, a page and a note. */
async function atWork(host = browserHost): Promise<Journey> {
  const journey = new Journey(host);
  const files = await writeSources(journey.folder);
  await journey.start();
  await journey.newProject('County');
  await journey.choose([files.report, files.page, files.notice], () =>
    journey.page.getByRole('button', { name: 'Choose files' }).click(),
  );
  await journey.page.getByRole('row', { name: /notice\.txt/ }).waitFor();
  await journey.page.getByRole('row', { name: /page\.html/ }).waitFor();
  await journey.page.getByRole('row', { name: /report\.pdf/ }).waitFor();
  return journey;
}

const labels = async (journey: Journey): Promise<string[]> =>
  (await journey.call('history.list', { limit: 20 })).commits.map(({ label }) => label);

test.each([browserHost, electronHost])('undo in a field never changes another one: $name', async (host) => {
  const journey = await atWork(host);
  const { page } = journey;
  const field = (name: RegExp) => page.getByRole('textbox', { name });
  const notice = async () =>
    (await journey.call('sources.list', {})).sources.find((one) => one.fileName === 'notice.txt');
  await page.getByRole('row', { name: /notice\.txt/ }).click();
  await field(/^Author/).click();
  await page.keyboard.type('Zhang San', { delay: 5 });
  await field(/^Publisher/).click();
  await page.keyboard.type('County Labour Bureau', { delay: 5 });
  await field(/^Language/).click();
  await expect.poll(async () => (await notice())?.publisher).toBe('County Labour Bureau');

  // A field that has other text than what is stored: its own typing, and no more.
  await page.keyboard.type('zh');
  await page.keyboard.press('Control+z');
  expect(await field(/^Language/).inputValue()).toBe('');
  await page.keyboard.press('Control+Shift+z');
  expect(await field(/^Language/).inputValue()).toBe('zh');
  await page.keyboard.press('Control+z');
  expect(await notice()).toMatchObject({ author: 'Zhang San', publisher: 'County Labour Bureau' });

  // A field that has what is stored: undo is the program's own, and says of what.
  await page.keyboard.press('Control+z');
  await page.getByText('Undid “Edit publisher of notice.txt”.').waitFor();
  await expect.poll(notice).toMatchObject({ author: 'Zhang San', publisher: null });
  expect(await field(/^Publisher/).inputValue()).toBe('');
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(notice).toMatchObject({ author: 'Zhang San', publisher: 'County Labour Bureau' });

  // Also in a field that was saved and is entered again.
  await field(/^Author/).click();
  await page.keyboard.press('Control+z');
  await expect.poll(notice).toMatchObject({ author: 'Zhang San', publisher: null });
  await page.keyboard.press('Control+z');
  await expect.poll(notice).toMatchObject({ author: null, publisher: null });
  await page.getByRole('row', { name: /report\.pdf/ }).click();
  expect((await labels(journey)).filter((label) => label.startsWith('Edit'))).toEqual([
    'Edit publisher of notice.txt',
    'Edit author of notice.txt',
  ]);
});
