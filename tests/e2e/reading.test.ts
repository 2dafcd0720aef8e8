import { expect, test } from 'vitest';
import { sheetsOf } from './support/paper.ts';
import { finds, is, marked, NOTICE, Reading, sidesAre, zoomIs } from './support/reading.ts';

test('a day of reading: find, zoom, highlight, two sides, print, and everything is still there the next day', async () => {
  const reading = new Reading();
  await reading.begin();
  await inPdf(reading);
  await inText(reading);
  await inPage(reading);
  await printing(reading);
  await besideEachOther(reading);
});

async function inPdf(reading: Reading): Promise<void> {
  const { page } = reading;
  const pageField = page.locator('.page-field input');
  await reading.openFrom(/report\.pdf/);
  // Folded: width, case, and white space over the end of a line.
  await finds(reading, 'ＰＬＡＣＥＤ in the satellite', '1 of 1');
  await reading.press('Escape');
  await expect.poll(() => reading.focus()).toContain('pdf-view');
  await page.getByRole('complementary', { name: 'Passage' }).getByText('placed in the satellite').first().waitFor();
  await reading.press('KeyH');
  await marked(reading, 'placed\nin the satellite');
  // A passage over it, which the edges' keys make longer, a character and a word; then it goes again.
  // The first of them is pressed before the passage is there, which takes a moment: it counts all the same.
  await reading.mark('three villages were placed');
  await reading.atOnce({ code: 'KeyH', key: 'h' }, { code: 'BracketLeft', key: '[', altKey: true });
  await marked(reading, 'placed\nin the satellite', 'of three villages were placed');
  await reading.press('Shift+BracketRight');
  await marked(reading, 'placed\nin the satellite', 'of three villages were place');
  await reading.press('Delete');
  await marked(reading, 'placed\nin the satellite');
  // The size, typed and turned; back to the width; the page one goes to.
  await page.locator('.zoom-field input').fill('150');
  await reading.press('Enter');
  await zoomIs(reading, '150%');
  await reading.press('Control+Minus');
  await expect.poll(() => page.locator('.zoom-field input').inputValue()).not.toBe('150%');
  await reading.press('Control+Digit0');
  const wide = await page.locator('.page-box').first().boundingBox();
  await reading.wheel(-100);
  await expect
    .poll(async () => (await page.locator('.page-box').first().boundingBox())?.width)
    .toBeGreaterThan(wide?.width ?? 9999);
  await reading.press('Control+Digit0');
  await reading.press('Control+KeyG');
  await page.keyboard.type('3');
  await reading.press('Enter');
  await expect.poll(() => pageField.inputValue()).toBe('3');
  await expect.poll(() => reading.focus()).toContain('pdf-view');
  // Entering the number that is there already goes to the top of the page.
  const down = () => page.locator('.pdf-view').evaluate((view) => view.scrollTop);
  const beginning = await down();
  await page.locator('.pdf-view').evaluate((view) => view.scrollBy(0, 100));
  await expect.poll(down).toBeGreaterThan(beginning);
  await reading.press('Control+KeyG');
  await page.keyboard.type('3');
  await reading.press('Enter');
  await expect.poll(() => reading.focus()).toContain('pdf-view');
  await expect.poll(down).toBe(beginning);
  await reading.press('KeyP');
  await expect.poll(() => pageField.inputValue()).toBe('2');
  await reading.press('KeyR');
  await expect.poll(() => isTurned(reading)).toBe(true);
  for (const quarter of ['KeyR', 'KeyR', 'KeyR']) await reading.press(quarter);
  await expect.poll(() => isTurned(reading)).toBe(false);
  await reading.press('KeyS');
  await page.getByRole('button', { name: 'Two pages', pressed: true }).waitFor();
  await reading.press('KeyS');
  await reading.press('KeyD');
  await page.locator('.desk[data-paper="dark"]').waitFor();
  await reading.press('KeyD');
  await page.locator('.desk[data-paper="light"]').waitFor();
}

async function isTurned(reading: Reading): Promise<boolean> {
  const box = await reading.active.locator('.page-box').first().boundingBox();
  return box !== null && box.width > box.height;
}

async function inText(reading: Reading): Promise<void> {
  const { page } = reading;
  await reading.openFrom(/notice\.txt/);
  await finds(reading, 'a line', '1 of 120');
  await reading.press('Enter');
  await reading.press('F3');
  await reading.press('Shift+Enter');
  await is(page.locator('.find-count'), '2 of 120');
  await finds(reading, 'HOUSEHOLD', '1 of 1');
  await page.getByRole('button', { name: 'Exact match' }).click();
  await is(page.locator('.find-count'), 'No matches');
  await page.getByRole('button', { name: 'Exact match' }).click();
  await page.getByRole('button', { name: 'Close find bar' }).click();
  await reading.mark(NOTICE);
  await reading.tag('quota');
  await page.getByRole('complementary', { name: 'Passage' }).getByText('by Nour').waitFor();
  await reading.press('Shift+BracketRight');
  await marked(reading, 'placed\nin the satellite', NOTICE.slice(0, -1));
  const size = () =>
    page
      .locator('.text-block p')
      .first()
      .evaluate((line) => getComputedStyle(line).fontSize);
  const own = Number.parseFloat(await size());
  await reading.press('Control+Equal');
  await zoomIs(reading, '110%');
  await reading.wheel(-100);
  await expect.poll(async () => Number.parseFloat(await size())).toBeGreaterThan(1.2 * own);
  await reading.press('Control+Digit0');
  await reading.press('KeyD');
  const ground = () => page.locator('.text-sheet').evaluate((sheet) => getComputedStyle(sheet).colorScheme);
  await expect.poll(ground).toBe('dark');
  await reading.press('KeyD');
  await expect.poll(ground).toBe('light');
  // Quoted with its source, in both of the clipboard's forms.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await reading.press('Control+Shift+KeyC');
  const copied = () =>
    page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const text = async (type: string) => ((await item?.getType(type)) ?? new Blob()).text();
      return [await text('text/plain'), await text('text/html')].join('\n');
    });
  await expect
    .poll(copied)
    .toMatch(/^“Each household shall send one person”\nnotice\.txt.*sha256 [0-9a-f]{64}\n.*<blockquote/s);
}

async function inPage(reading: Reading): Promise<void> {
  const { page } = reading;
  await reading.openFrom(/page\.html/);
  await finds(reading, '108%', '1 of 1');
  // What is folded away is opened by finding it.
  await finds(reading, '每户 一人', '1 of 1');
  await expect.poll(() => reading.frozen.evaluate(() => document.querySelector('details')?.open)).toBe(true);
  await reading.press('Escape');
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('iframe');
  await reading.press('KeyH');
  await marked(reading, 'placed\nin the satellite', NOTICE.slice(0, -1), '每户一人');
  // A link says where it leads, and leads nowhere.
  const link = await reading.frozen.evaluate(() => {
    const { x, y, height } = document.querySelector('a')?.getBoundingClientRect() ?? new DOMRect();
    return { x: x + 5, y: y + height / 2 };
  });
  const frame = await page.locator('iframe').first().boundingBox();
  if (frame === null) throw new Error('No frame');
  const at = [frame.x + link.x, frame.y + link.y] as const;
  await page.mouse.move(...at);
  await is(page.locator('.frozen-page-link'), 'https://elsewhere.example/quota?year=2023');
  await page.mouse.click(...at, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy address' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('https://elsewhere.example/quota?year=2023');
  // Without a pointer too: of the link one was last on.
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await reading.press('Control+KeyK');
  await page.keyboard.type('last link’s address');
  await page.getByRole('option', { name: /^Copy last link’s address/ }).waitFor();
  await reading.press('Enter');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('https://elsewhere.example/quota?year=2023');
  await reading.press('KeyD');
  await page.locator('iframe.is-dark').waitFor();
  await reading.press('KeyD');
  // F7 shows a caret; where one reads stays there in every size.
  await reading.press('F7');
  await reading.press('ArrowRight');
  await reading.press('Shift+ArrowRight');
  await page.getByText('Selected text').waitFor();
  await reading.press('Escape');
  await page.getByText('Selected text').waitFor({ state: 'detached' });
  await reading.press('F7');
  await reading.frozen.evaluate(() => document.querySelector('#deep')?.scrollIntoView());
  await expect.poll(() => reading.frozen.evaluate(deepTop)).toBeLessThan(5);
  await reading.press('Control+Equal');
  await reading.press('Control+Equal');
  await zoomIs(reading, '120%');
  await expect.poll(() => reading.frozen.evaluate(deepTop)).toBeLessThan(40);
}

/** Run in the frozen page: how far the line in its middle is from the upper edge. */
const deepTop = (): number => Math.abs(document.querySelector('#deep')?.getBoundingClientRect().top ?? 9999);

async function printing(reading: Reading): Promise<void> {
  const { page } = reading;
  const dialog = page.getByRole('dialog', { name: 'Print' });
  /** What the printer is given. */
  const onPaper = async (
    choose: () => Promise<void>,
  ): Promise<{ text: string; sheets: number; codes: number; painted: number }> => {
    await page.evaluate(() => document.querySelector('.print-frame')?.remove());
    await reading.press('Control+KeyP');
    await dialog.waitFor();
    await choose();
    await dialog.getByRole('button', { name: 'Print' }).click();
    await dialog.waitFor({ state: 'detached' });
    return page.locator('.print-frame').evaluate((frame: HTMLIFrameElement) => {
      const own = frame.contentDocument;
      const count = (selector: string): number => own?.querySelectorAll(selector).length ?? 0;
      const painted = [...(own?.images ?? [])].filter(({ naturalWidth }) => naturalWidth > 1000).length;
      return {
        text: own?.body.textContent ?? '',
        sheets: count('.printed-sheet'),
        codes: count('.printed-code'),
        painted,
      };
    });
  };
  const whole = async (): Promise<void> => undefined;
  expect((await onPaper(whole)).text).toContain('A line in the middle of the page.');
  const list = await onPaper(() => dialog.getByText('Passages', { exact: true }).click());
  expect(list.text).toContain('每户一人');
  expect(list.text).toContain('1 passage');

  await reading.openFrom(/notice\.txt/);
  // The code of a passage is after its last word.
  expect((await onPaper(whole)).text).toMatch(/send one person⟦\w+\.\w+⟧\./);
  // Read back from what the browser prints: every line, and the source with its hash on every sheet.
  const { sources } = await reading.call('sources.list', {});
  const hashOf = (fileName: string) => sources.find((source) => source.fileName === fileName)?.sha256 ?? 'none';
  const text = await sheetsOf(page, reading.folder);
  expect(text.length).toBeGreaterThan(1);
  for (const sheet of text) expect(sheet).toContain(`notice.txtsha256${hashOf('notice.txt')}`);
  expect(text.join('\n').match(/Alineofthenotice/g)).toHaveLength(120);

  await reading.openFrom(/report\.pdf/);
  const range = (pages: string) => () => dialog.getByLabel('Pages').fill(pages);
  expect(await onPaper(range('1, 3'))).toMatchObject({ sheets: 2, codes: 1, painted: 2 });
  const range13 = await sheetsOf(page, reading.folder);
  expect(range13).toHaveLength(2);
  expect(range13[0]).toContain('page1of3');
  expect(range13[1]).toContain('page3of3');
  for (const sheet of range13) expect(sheet).toContain(`sha256${hashOf('report.pdf')}`);
  const bare = await onPaper(async () => {
    await range('1')();
    await dialog.getByText('Include passages and their codes').click();
  });
  expect(bare).toMatchObject({ sheets: 1, codes: 0, painted: 1 });
}

async function besideEachOther(reading: Reading): Promise<void> {
  const { page } = reading;
  await sidesAre(reading, '[Work] notice.txt Frozen');
  await reading.press('Control+Backslash');
  await sidesAre(reading, '[Work] notice.txt Frozen', '*[Work]');
  // Each side has its own place, size and finding.
  await page.locator('.reader').nth(1).locator('.zoom-field input').fill('60');
  await reading.press('Enter');
  await zoomIs(reading, '60%');
  await expect.poll(() => page.locator('.reader').nth(0).locator('.zoom-field input').inputValue()).not.toBe('60%');
  await finds(reading, 'villages', '1 of 1');
  await expect.poll(() => page.locator('.find-bar').count()).toBe(1);
  await reading.press('Escape');
  await reading.openFrom(/page\.html/);
  await sidesAre(reading, '[Work] notice.txt Frozen', '*Work [Frozen]');
  await reading.press('Control+Shift+Backslash');
  await sidesAre(reading, '*[Work] notice.txt Frozen', 'Work [Frozen]');
  await expect.poll(() => reading.focus()).toContain('pdf-view');
  await reading.press('KeyR');
  await expect.poll(() => isTurned(reading)).toBe(true);
  await reading.press('Alt+PageDown');
  await reading.press('Alt+Shift+PageUp');
  await sidesAre(reading, '*[notice.txt] Work Frozen', 'Work [Frozen]');
  await reading.press('Control+Alt+KeyW');
  await sidesAre(reading, '*[Work] Frozen', 'Work [Frozen]');
  await reading.press('Control+Alt+KeyT');
  await sidesAre(reading, '*[notice.txt] Work Frozen', 'Work [Frozen]');
  await reading.inspect('reader-split');
  // The next day: tabs, split, sizes and places are as they were left.
  await page.locator('.text-view').evaluate((view) => view.scrollTo(0, 1200));
  await reading.press('Control+Equal');
  await zoomIs(reading, '110%');
  const first = () =>
    page.locator('.text-view').evaluate((view) => {
      const { left, top } = view.getBoundingClientRect();
      return document.caretPositionFromPoint(left + 60, top + 12)?.offsetNode.textContent ?? '';
    });
  const before = await first();
  // It is kept when one has rested there.
  const { sources } = await reading.call('sources.list', {});
  const key = `reading.${sources.find(({ kind }) => kind === 'text')?.id ?? ''}`;
  await expect.poll(() => reading.call('view.get', { key })).toMatchObject({ value: { scale: 1.1 } });
  await reading.quit();
  await reading.start(reading.project('Reading'));
  await sidesAre(reading, '*[notice.txt] Work Frozen', 'Work [Frozen]');
  await zoomIs(reading, '110%');
  await expect.poll(() => reading.page.locator('.text-view').evaluate((view) => view.scrollTop)).toBeGreaterThan(600);
  expect(before).not.toBe('');
  await reading.openFrom(/report\.pdf/);
  await expect.poll(() => isTurned(reading)).toBe(true);
  expect((await reading.call('project.verify', {})).ok).toBe(true);
}
