import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DrawnPassage } from '../../renderer/viewer/types.ts';
import { launchChromium } from '../support/browser.ts';
import { corpus, describeCorpus } from '../support/corpus.ts';
import { seeded } from '../support/seeded.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { startViewerServer, type ServedFile, type ViewerServer } from '../support/viewer/server.ts';
import type { PlannedDrag, Viewer } from '../support/viewer/page.ts';

declare global {
  interface Window {
    viewer: Viewer;
  }
}

const SAMPLE = resolve(import.meta.dirname, '../../electron/sample/files');
const LONG_PAGES = 300;

let folder: string;
let server: ViewerServer;
let browser: Browser;
let page: Page;
const problems: string[] = [];

/** A PDF of many pages, each with its number and some lines. */
async function longPdf(path: string): Promise<void> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let number = 1; number <= LONG_PAGES; number++) {
    const sheet = pdf.addPage([595, 842]);
    for (let line = 0; line < 30; line++) {
      sheet.drawText(`Page ${number}, line ${line}: surplus labour and its transfer.`, {
        x: 60,
        y: 770 - line * 24,
        size: 11,
        font,
      });
    }
  }
  writeFileSync(path, await pdf.save());
}

beforeAll(async () => {
  folder = makeFolder('sourcebook-viewer-');
  const long = join(folder, 'long.pdf');
  const garbage = join(folder, 'garbage.pdf');
  await longPdf(long);
  writeFileSync(garbage, 'This is no PDF, whatever its name says.');
  const files: Record<string, ServedFile> = {
    long,
    chinese: join(SAMPLE, 'work-report.pdf'),
    uyghur: join(SAMPLE, 'notice.pdf'),
    broken: { original: garbage, layerFrom: join(SAMPLE, 'work-report.pdf') },
  };
  if (corpus !== null) {
    for (const language of ['eng', 'cmn_hans', 'uig_arab']) {
      files[`udhr-${language}`] = join(corpus, `udhr-${language}`, 'page.pdf');
      files[`text-${language}`] = join(corpus, `udhr-${language}`, 'text.txt');
    }
    files['columns'] = join(corpus, 'pdf', 'tracemonkey.pdf');
    files['turned'] = join(corpus, 'pdf', 'rotation.pdf');
  }
  server = await startViewerServer(files);
  browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(String(error.stack)));
  await page.goto(server.url);
  await page.waitForFunction(() => window.viewer !== undefined);
});

afterAll(async () => {
  await browser.close();
  await server.close();
  removeFolder(folder);
  expect(problems).toEqual([]);
});

async function openPdf(name: string, zoom = 1): Promise<string> {
  await page.evaluate(([file, at]) => window.viewer.openPdf(file, { fit: null, zoom: at }), [name, zoom] as const);
  await page.waitForFunction(() => window.viewer.ready(1));
  return page.evaluate(() => window.viewer.text);
}

const selected = (): Promise<string> =>
  page.evaluate(() => {
    const range = window.viewer.view.selection();
    return range === null ? '' : window.viewer.text.slice(range.start, range.end);
  });

async function copied(): Promise<string> {
  await page.keyboard.press('Control+c');
  return page.evaluate(() => navigator.clipboard.readText());
}

async function drag({ from, to }: Pick<PlannedDrag, 'from' | 'to'>): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 2 });
  await page.mouse.up();
}

async function checkDrags(name: string, zoom: number, turns: number, count: number): Promise<void> {
  const text = await openPdf(name, zoom);
  for (let turn = 0; turn < turns; turn++) await page.evaluate(() => window.viewer.pdf.rotate());
  const planned = await page.evaluate(
    ([file, seed, wanted, turn]) => window.viewer.planDrags(file, seed, wanted, turn),
    [name, zoom * 100 + turns, count, turns * 90] as const,
  );
  expect(planned.length).toBe(count);
  for (const [at, one] of planned.entries()) {
    await drag(at % 3 === 2 ? { from: one.to, to: one.from } : one);
    expect(await selected()).toBe(text.slice(one.start, one.end));
  }
}

/** Spans anywhere in the first page: set in the DOM, read back, the same. */
async function checkIdentity(name: string, text: string, seed: number, count: number): Promise<void> {
  const most = server.layer(name)?.pages[0]?.end ?? text.length;
  const lost = await page.evaluate(([own, wanted, end]) => window.viewer.lostSpans(own, wanted, 0, end), [
    seed,
    count,
    most,
  ] as const);
  expect(lost).toEqual([]);
}

const passage = (id: string, start: number, end: number, more: Partial<DrawnPassage> = {}): DrawnPassage => ({
  id,
  kind: 'text',
  start,
  end,
  page: 1,
  area: null,
  families: ['trf'],
  codes: ['TRF.ORG'],
  ...more,
});

describe.each(['chinese', 'uyghur', 'long'])('selecting in a PDF (%s)', (name) => {
  it('a range set in the DOM and read back is the same range', async () => {
    const text = await openPdf(name);
    await checkIdentity(name, text, 11, 25);
  });

  it.each([1, 1.5, 2])('a drag takes exactly the characters between its ends (zoom %d)', async (zoom) => {
    await checkDrags(name, zoom, 0, 6);
  });

  it('also on pages the reader has turned', async () => {
    await checkDrags(name, 1, 1, 5);
    await checkDrags(name, 1, 2, 5);
  });

  it('what is copied is the canonical text', async () => {
    const text = await openPdf(name);
    const random = seeded(5);
    for (let turn = 0; turn < 5; turn++) {
      const start = random.int(0, 300);
      const end = start + random.int(1, 400);
      await page.evaluate(
        (range) => {
          window.viewer.view.setSelection(range);
          window.viewer.view.focus();
        },
        { start, end },
      );
      expect(await copied()).toBe(text.slice(start, Math.min(end, text.length)));
    }
  });
});

describe('words, paragraphs and keys', () => {
  it('a double click takes a word, dragging on takes more words, a triple click the paragraph', async () => {
    const text = await openPdf('chinese');
    const at = text.indexOf('转移就业');
    const point = await page.evaluate((offset) => window.viewer.pointOf('chinese', offset), at + 2);
    if (point === null) throw new Error('The words are in view.');
    await page.mouse.dblclick(point.x, point.y);
    expect(await selected()).toBe('就业');
    await page.mouse.click(point.x, point.y, { clickCount: 3 });
    const paragraph = await selected();
    expect(paragraph).toContain('转移就业');
    expect(paragraph.split('\n').length).toBeGreaterThan(1);
  });

  it('Shift and an arrow go the way one sees, also from right to left', async () => {
    const text = await openPdf('uyghur');
    const start = text.indexOf(' ') + 1;
    await page.evaluate((at) => {
      window.viewer.view.setSelection({ start: at, end: at + 2 });
      window.viewer.view.focus();
    }, start);
    await page.keyboard.press('Shift+ArrowLeft');
    expect((await selected()).length).toBeGreaterThan(2);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await selected()).toBe(text.slice(start, start + 1));
  });

  it('goes over the end of a line and of a page, and Escape lets go', async () => {
    const text = await openPdf('long');
    const pages = server.layer('long')?.pages ?? [];
    const end = pages[0]?.end ?? 0;
    await page.evaluate((at) => {
      window.viewer.view.setSelection({ start: at - 3, end: at });
      window.viewer.view.focus();
    }, end);
    for (let step = 0; step < 4; step++) await page.keyboard.press('Shift+ArrowRight');
    expect(await selected()).toBe(text.slice(end - 3, end + 4));
    await page.keyboard.press('Escape');
    expect(await selected()).toBe('');
  });

  it('Ctrl A takes the whole text, and copies it whole though most pages are not in the DOM', async () => {
    const text = await openPdf('long');
    await page.evaluate(() => window.viewer.view.focus());
    await page.keyboard.press('Control+a');
    expect(await copied()).toBe(text);
  });

  it('a key that an input method composes is not ours', async () => {
    await openPdf('chinese');
    const keys = await page.evaluate(() => {
      window.viewer.view.focus();
      const view = document.querySelector('.pdf-view');
      view?.dispatchEvent(new KeyboardEvent('keydown', { key: 'h', code: 'KeyH', isComposing: true, bubbles: true }));
      view?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code: 'KeyH', keyCode: 229, bubbles: true }));
      view?.dispatchEvent(new KeyboardEvent('keydown', { key: 'h', code: 'KeyH', bubbles: true }));
      return window.viewer.heard.keys;
    });
    expect(keys).toEqual(['KeyH']);
  });
});

describe('many pages', () => {
  it('only a handful of them is ever in the DOM, and a far page is there at once', async () => {
    await openPdf('long');
    expect(await page.evaluate(() => window.viewer.pagesInDom())).toBeLessThan(6);
    for (const far of [LONG_PAGES - 5, 40, 200]) {
      await page.evaluate((number) => window.viewer.pdf.goToPage(number), far);
      await page.waitForFunction((number) => window.viewer.ready(number), far);
      expect(await page.evaluate(() => window.viewer.heard.page)).toBe(far);
      expect(await page.evaluate(() => window.viewer.pagesInDom())).toBeLessThan(6);
    }
  });

  it('a drag to the lower edge scrolls on over the pages, and takes all between', async () => {
    const text = await openPdf('long', 0.75);
    const start = text.indexOf('Page 1, line 20');
    const from = await page.evaluate((at) => window.viewer.pointOf('long', at), start);
    if (from === null) throw new Error('Line 20 is in view.');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 30, 895, { steps: 5 });
    await page.waitForFunction(() => window.viewer.heard.page >= 4, null, { timeout: 20_000 });
    await page.mouse.move(from.x + 30, 500);
    await page.mouse.up();
    const taken = await selected();
    expect(taken.startsWith('Page 1, line 20')).toBe(true);
    expect(taken).toContain('Page 3, line 29');
    expect(text.slice(start).startsWith(taken)).toBe(true);
    expect(await copied()).toBe(taken);
  });

  it('goes to a passage on a far page', async () => {
    const text = await openPdf('long');
    const start = text.indexOf('Page 250, line 28');
    await page.evaluate((at) => window.viewer.view.scrollTo(at, at + 10), start);
    await page.waitForFunction(
      (at) => (window.viewer.view.boxOf({ start: at, end: at + 10 })?.bottom ?? 9999) < 900,
      start,
    );
    const box = await page.evaluate((at) => window.viewer.view.boxOf({ start: at, end: at + 10 }), start);
    expect(box?.top).toBeGreaterThan(0);
  });
});

describe('passages', () => {
  it('are found by a click: the shortest first, the next longer on the next click, by their code in the margin too', async () => {
    const text = await openPdf('chinese');
    const at = text.indexOf('转移就业');
    const passages = [
      passage('long', at - 10, at + 30),
      passage('short', at, at + 4, { families: ['fig'], codes: ['FIG.ACT'] }),
    ];
    await page.evaluate((all) => window.viewer.show(all), passages);
    const point = await page.evaluate((offset) => window.viewer.pointOf('chinese', offset), at + 1);
    if (point === null) throw new Error('The passage is in view.');
    await page.mouse.click(point.x, point.y);
    await page.evaluate((all) => window.viewer.show(all, 'short'), passages);
    await page.mouse.click(point.x, point.y + 1);
    await page.locator('.margin-code', { hasText: 'ORG' }).click();
    expect(await page.evaluate(() => window.viewer.heard.clicked)).toEqual(['short', 'long', 'long']);
  });

  it('leave the page to strokes and codes where colours are forced', async () => {
    await openPdf('chinese');
    await page.evaluate((all) => window.viewer.show(all), [passage('one', 10, 40)]);
    await page.emulateMedia({ forcedColors: 'active' });
    const drawn = await page.evaluate(() => {
      const style = (selector: string) => getComputedStyle(document.querySelector(selector) ?? document.body);
      return { fill: style('.passage-fill').fill, stroke: style('.passage-stroke').stroke };
    });
    await page.emulateMedia({ forcedColors: 'none' });
    expect(drawn.fill).toBe('none');
    expect(drawn.stroke).not.toBe('none');
  });

  it('keep the colours of light paper in the dark theme', async () => {
    await openPdf('chinese');
    await page.evaluate((all) => window.viewer.show(all), [passage('one', 10, 40)]);
    const fill = () =>
      page.evaluate(() => getComputedStyle(document.querySelector('.passage-fill') ?? document.body).fill);
    const light = await fill();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await fill()).toBe(light);
    await page.emulateMedia({ colorScheme: 'light' });
  });
});

describe('areas of a page', () => {
  it('are drawn with the pointer, in points of the page', async () => {
    await openPdf('chinese');
    await page.evaluate(() => window.viewer.pdf.markArea(true));
    const sheet = await page.locator('.page-box[data-page="1"]').boundingBox();
    if (sheet === null) throw new Error('Page 1 is in view.');
    await drag({ from: { x: sheet.x + 100, y: sheet.y + 200 }, to: { x: sheet.x + 300, y: sheet.y + 260 } });
    const [marked] = await page.evaluate(() => window.viewer.heard.areas);
    const top = server.layer('chinese')?.pages[0]?.box[3] ?? 0;
    expect(marked?.page).toBe(1);
    for (const [at, wanted] of [75, top - 195, 225, top - 150].entries())
      expect(marked?.area[at]).toBeCloseTo(wanted, 0);
  });

  it('are drawn with the keyboard', async () => {
    await openPdf('chinese');
    await page.evaluate(() => window.viewer.pdf.markArea(true));
    for (const key of ['Enter', 'ArrowDown', 'Shift+ArrowRight', 'Enter']) await page.keyboard.press(key);
    const areas = await page.evaluate(() => window.viewer.heard.areas);
    expect(areas).toHaveLength(1);
    const [left = 0, bottom = 0, right = 0, top = 0] = areas[0]?.area ?? [];
    expect(right - left).toBeGreaterThan(100);
    expect(top - bottom).toBeGreaterThan(50);
  });

  it('are offered where there is no text layer, and clicked on', async () => {
    await openPdf('chinese');
    const area = passage('frame', 0, 0, { kind: 'area', area: [100, 600, 200, 700] });
    await page.evaluate((one) => window.viewer.show([one]), area);
    const sheet = await page.locator('.page-box[data-page="1"]').boundingBox();
    const top = server.layer('chinese')?.pages[0]?.box[3] ?? 0;
    if (sheet === null) throw new Error('Page 1 is in view.');
    await page.mouse.click(sheet.x + (150 * 4) / 3, sheet.y + ((top - 650) * 4) / 3);
    expect(await page.evaluate(() => window.viewer.heard.clicked)).toEqual(['frame']);
  });
});

it('a PDF that cannot be painted shows its text, which can still be selected', async () => {
  await page.evaluate(() => window.viewer.openPdf('broken'));
  await page.waitForFunction(
    () => window.viewer.heard.unpaintable && document.querySelector('.is-unpainted .text-layer') !== null,
  );
  const text = await page.evaluate(() => window.viewer.text);
  const at = text.indexOf('转移就业');
  const from = await page.evaluate((offset) => window.viewer.pointOf('broken', offset), at);
  const to = await page.evaluate((offset) => window.viewer.pointOf('broken', offset), at + 4);
  if (from === null || to === null) throw new Error('The words are in view.');
  await drag({ from, to });
  expect(await selected()).toBe('转移就业');
});

it('a long press with a finger takes the word under it', async () => {
  const text = await openPdf('chinese');
  const at = text.indexOf('转移就业') + 2;
  const point = await page.evaluate((offset) => window.viewer.pointOf('chinese', offset), at);
  if (point === null) throw new Error('The word is in view.');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
  await page.waitForFunction(() => window.viewer.view.selection() !== null);
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await devtools.detach();
  expect(await selected()).toBe('就业');
});

describeCorpus('the Declaration in three languages', () => {
  it.each(['eng', 'cmn_hans', 'uig_arab'])('as a PDF: spans, drags and copies are exact (%s)', async (language) => {
    const name = `udhr-${language}`;
    const text = await openPdf(name);
    await checkIdentity(name, text, 3, 20);
    for (const zoom of [1, 1.5, 2]) await checkDrags(name, zoom, 0, 4);
    await checkDrags(name, 1, 1, 4);
    await checkDrags(name, 1, 3, 4);
  });

  it.each(['eng', 'cmn_hans', 'uig_arab'])(
    'as plain text: spans come back and copies are exact (%s)',
    async (language) => {
      await page.evaluate((name) => window.viewer.openText(name), `text-${language}`);
      const text = await page.evaluate(() => window.viewer.text);
      await page.waitForFunction(() => document.querySelector('.text-block p') !== null);
      expect(await page.evaluate((most) => window.viewer.lostSpans(8, 20, 0, most), text.length)).toEqual([]);
      const random = seeded(9);
      for (let turn = 0; turn < 4; turn++) {
        const start = random.int(0, text.length - 1);
        const end = random.int(start + 1, text.length);
        await page.evaluate(
          (range) => {
            window.viewer.view.setSelection(range);
            window.viewer.view.focus();
          },
          { start, end },
        );
        expect(await copied()).toBe(text.slice(start, end));
      }
    },
  );

  it('two columns: a drag stays in its own', async () => {
    await checkDrags('columns', 1, 0, 6);
  });

  it('pages that are turned in the file', async () => {
    await checkDrags('turned', 1, 0, 3);
  });
});
