import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const FILLER = '当日天气晴好，道路畅通。';
/** Three hits, the last one far down. */
const TEXT = `文本甲：转移就业。\n文本乙：轉移就業。\n${`${FILLER}\n`.repeat(200)}文本丙：转移就业。\n`;
/** Three hits: one over two elements, one in a table, one far down. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Page</title><p>网页甲：转移<b>就业</b>。</p>
<table><tr><td>网页乙：转移就业</td></tr></table>${`<p>${FILLER}</p>`.repeat(200)}<p>网页丙：转移就业。</p>`;

function write(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('all hits of a source are marked while it is open, in text files and saved pages, until Escape', async () => {
  const journey = new Journey(browserHost);
  await journey.start();
  await journey.newProject('Marks');
  const files = [write(journey.folder, 'notice.txt', TEXT), write(journey.folder, 'page.html', PAGE)];
  await journey.choose(files, () => journey.page.getByRole('button', { name: 'Choose files' }).click());
  const { page } = journey;
  for (const name of [/notice\.txt/, /page\.html/]) await page.getByRole('row', { name }).waitFor();

  /** Opens a hit of a source, whose lines begin with this word. */
  const open = async (source: string, word: string, at: number): Promise<void> => {
    await page.keyboard.press('Alt+9');
    const field = page.getByRole('searchbox', { name: /^Search texts/ });
    await field.waitFor();
    await field.fill(`转移就业 source:${source}`);
    const results = page.getByRole('listbox', { name: 'Results' }).locator('.search-result', { hasText: word });
    await expect.poll(() => results.count()).toBe(3);
    await results.nth(at).click();
    await page.locator('.reader').waitFor();
  };
  const inText = page.locator('.reader path.text-matches[d^="M"]');
  /** The ranges that are highlighted in a saved page, which has no passages. */
  const inPage = (): Promise<string[]> =>
    page.evaluate(() => {
      const view = document.querySelector<HTMLIFrameElement>('.frozen-page iframe')?.contentWindow;
      const highlights =
        view === null || view === undefined ? [] : [...(view as Window & typeof globalThis).CSS.highlights.values()];
      return highlights.flatMap((one) => [...one].map(String));
    });

  await open('notice', '文本', 1);
  // The two at the top are in view, in whichever of the two drawings.
  await expect.poll(() => inText.count()).toBeGreaterThan(0);
  await expect.poll(() => page.locator('.reader path.text-matches.is-current[d^="M"]').count()).toBe(1);
  await expect.poll(() => page.locator('.reader path.text-matches:not(.is-current)[d^="M"]').count()).toBe(1);
  await journey.inspect('search-marks-text');
  await open('Page', '网页', 0);
  await expect.poll(inPage).toEqual(['转移就业', '转移就业']);
  await journey.inspect('search-marks-page');
  await open('Page', '网页', 2);
  await expect.poll(inPage).toContain('转移就业');
  await page.keyboard.press('Escape');
  await expect.poll(inPage).toEqual([]);
  await open('notice', '文本', 2);
  await expect.poll(() => inText.count()).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await expect.poll(() => inText.count()).toBe(0);
});
