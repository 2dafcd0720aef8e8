import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/engine.ts';
import { openHome } from '../../electron/host/home.ts';
import { mark, newFolder } from '../support/project.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const PARAGRAPH = 'The county transferred surplus labour of the villages to the satellite factory. '.repeat(6);
const pageWith = (head: string, title: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body><h1>${title}</h1><p>${PARAGRAPH}</p><p>Each household shall send one person.</p><table><tr><th>Year<td>2023</table></body></html>`;

test('a saved page without styles gets a readable layout, with its passages in place; one with styles is left as it is', async () => {
  const journey = new Journey(browserHost);
  const person = openHome({ SOURCEBOOK_HOME: journey.home }).person();
  const folder = newFolder({ person, at: journey.desktop });
  const paths = [
    ['plain.html', pageWith('<link rel="stylesheet" href="gone.css">', 'Plain')],
    ['styled.html', pageWith('<style>body { margin: 3px; }</style>', 'Styled')],
  ].map(([name = '', content = '']) => {
    writeFileSync(join(journey.folder, name), content);
    return join(journey.folder, name);
  });
  const engine = await openEngine({ folder, person, workers: 1 });
  await engine.call('import.run', { job: 'readable', paths });
  const { sources } = await engine.call('sources.list', {});
  const plain = sources.find(({ fileName }) => fileName === 'plain.html');
  if (plain === undefined) throw new Error('The page did not come in');
  await mark(engine, plain.id, 'Each household shall send one person.');
  const layer = plain.layer === null ? null : await engine.call('layers.get', { id: plain.layer });
  await engine.close();

  await journey.start(folder);
  const { page } = journey;
  const widthOfBody = (): Promise<string | null> =>
    page.evaluate(() => {
      const inner = document.querySelector<HTMLIFrameElement>('.frozen-page > iframe:not([hidden])')?.contentDocument;
      const body = inner?.body;
      return body === undefined || body === null ? null : (inner?.defaultView?.getComputedStyle(body).maxWidth ?? null);
    });
  await page.getByRole('row', { name: /Plain/ }).dblclick();
  const toggle = page.getByRole('button', { name: 'Readable layout' });
  await toggle.waitFor();
  await expect.poll(widthOfBody).toMatch(/px$/);
  // The text is the stored one, and so the passage is drawn.
  await page.locator('.frozen-page-margin > *').first().waitFor();
  await journey.inspect('readable-page');
  await toggle.click();
  await expect.poll(widthOfBody).toBe('none');
  await expect.poll(() => toggle.getAttribute('aria-pressed')).toBe('false');
  await toggle.click();
  await expect.poll(widthOfBody).toMatch(/px$/);

  await page.keyboard.press('Alt+Digit1');
  await page.getByRole('row', { name: /Styled/ }).dblclick();
  await expect.poll(widthOfBody).toBe('none');
  await expect.poll(() => toggle.count()).toBe(0);
  // Nothing stored has changed.
  if (layer !== null) expect(await journey.call('layers.get', { id: layer.id })).toEqual(layer);
});
