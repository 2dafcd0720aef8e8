import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Reading } from './support/reading.ts';

const PAGE = `<!doctype html><title>County news (fictional)</title><style>.menu{display:none} .note{visibility:hidden} li{display:inline}</style>
<nav class=menu>Home <a>Contact us</a></nav><h1>转移就业 in the county</h1><ul><li>first</li> <li>second</li></ul>
<p>Villagers were organised in groups.<span class=note> Not for the press.</span></p>`;
const TEXT = '转移就业 in the county\nfirst second\nVillagers were organised in groups.';

test('an imported page has its styles read by the window: hidden text is left out and listed; its screenshot is kept; its text is extracted again', async () => {
  const reading = new Reading();
  const file = join(reading.folder, 'news.html');
  writeFileSync(file, PAGE);
  await reading.start();
  await reading.newProject('News');
  await reading.choose([file], () => reading.page.getByRole('button', { name: 'Choose files' }).click());
  await reading.openFrom(/County news/);
  const { page } = reading;

  const { sources } = await reading.call('sources.list', {});
  const [source] = sources;
  if (source === undefined || source.layer === null || source.picture === null)
    throw new Error('no text or no picture');
  expect((await reading.call('layers.text', { id: source.layer })).text).toBe(TEXT);
  const { notes } = await reading.call('layers.get', { id: source.layer });
  expect(notes[0]).toMatch(/^Text as shown in Chromium \d+ at import; 7 hidden words were left out\.$/);
  const [picture] = (await reading.call('layers.get', { id: source.picture })).pages;
  expect(picture?.box.slice(2)).toEqual([1280, expect.any(Number)]);
  if (process.env['SOURCEBOOK_LOOK'] !== undefined) {
    const png = await page.evaluate(
      async (path) => [...new Uint8Array(await (await fetch(path)).arrayBuffer())],
      `picture/${source.picture}`,
    );
    writeFileSync(process.env['SOURCEBOOK_LOOK'], new Uint8Array(png));
  }
  // The frame's text is the stored one: passages are taken.
  await reading.mark('organised in groups');
  await reading.press('KeyH');
  await expect.poll(() => reading.passages()).toMatchObject([{ exact: 'organised in groups' }]);

  await page.getByRole('button', { name: '2 hidden texts' }).click();
  const list = page.getByRole('dialog', { name: '2 hidden texts' });
  await list.getByText('Home Contact us').waitFor();
  await list.getByText('Not for the press.').waitFor();
  await list.getByRole('button', { name: /organised in groups/ }).click();
  await list.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Text layers' }).click();
  const dialog = page.getByRole('dialog', { name: 'Text layers' });
  await dialog.getByText('with styles').waitFor();
  await dialog.getByRole('button', { name: 'Encoding' }).click();
  await page.getByRole('option', { name: /GB18030/ }).click();
  await dialog.getByText('County news').or(dialog.getByText('in the county')).first().waitFor();
  await dialog.getByRole('button', { name: 'Extract again' }).click();
  await dialog.getByText('Text extracted.').waitFor();
  await reading.press('Escape');
  await page.getByText('1 passage is on an earlier text').waitFor();
  expect((await reading.call('layers.list', { source: source.id })).layers).toHaveLength(3);
});
