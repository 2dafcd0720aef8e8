import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { htmlReport } from '../../electron/formats/report/html.ts';
import type { Report, ReportPassage } from '../../electron/formats/report/model.ts';
import { sharedChromium } from '../support/browser.ts';
import { tempFolder } from '../support/temp.ts';
import { readLayer } from '../unit/formats/pdf/read.ts';

const QUOTES = ['Land was transferred in the whole county', '全县流转土地4.8万亩', 'يېزا ئېشىنچا ئەمگەك كۈچلىرى'];
const LAND = { code: 'LND.RIGHTS', name: 'Land-use rights' };
const NOBODY = { second: null, checker: null, approver: null };
const coder = (name: string) => ({ coder: name, person: name, categories: [LAND] });

/** Sixty exhibits; every third was decided, and the first is longer than a page. */
function report(): Report {
  const passages = Array.from({ length: 60 }, (_, at): ReportPassage => ({
    id: `01a2187c-1ae0-7000-a978-${String(at + 1).padStart(12, '0')}`,
    number: at + 1,
    quote: (QUOTES[at % 3] ?? '').repeat(at === 0 ? 200 : 1),
    page: 1,
    translations: [{ language: 'en', text: 'A translation', translator: 'Ben', machine: false, state: 'draft' }],
    categories: [LAND],
    coding: [coder('Ann'), coder('Ben')],
    decided:
      at % 3 === 0
        ? { categories: [LAND], person: 'Eve', at: null, reason: 'So it is', compared: [coder('Ann')] }
        : null,
    settings: [],
    highlighter: 'Ann',
    state: 'coded',
    ...NOBODY,
    comments: 0,
  }));
  const nothing = {
    author: null,
    publisher: null,
    documentType: null,
    grade: null,
    gradeReason: null,
    captureUrl: null,
  };
  return {
    title: 'Liuquan 柳泉',
    madeAt: '2026-11-26T15:32:00.000Z',
    head: 'a'.repeat(64),
    codebook: { title: 'Labour', version: '1' },
    chosen: [],
    sources: [
      {
        ...nothing,
        id: 'one',
        title: 'Work report',
        fileName: 'report.pdf',
        kind: 'pdf',
        language: 'zh-Hans',
        captureTime: null,
        captureTool: null,
        captureArchiveLink: null,
        dates: { dateOfAct: null, dateOfDocument: null, dateOfPublication: null, dateOfCapture: null },
        sha256: 'e6907b69eaa3337acda7262632b56e5002373f4c079c684d871bc4f4617734bf',
        bytes: 1,
        passages,
      },
    ],
  };
}

test('the page of evidence prints: project, date and page number on each page, no exhibit cut, nothing loaded', async () => {
  const folder = tempFolder();
  const [page_, pdf] = [join(folder, 'evidence.html'), join(folder, 'evidence.pdf')];
  writeFileSync(page_, [...htmlReport(report())].map(({ text }) => text).join(''));
  const page = await (await sharedChromium()).newPage();
  onTestFinished(() => page.close());
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(page_).href);
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
  expect(asked).toEqual([pathToFileURL(page_).href]);
  // On a narrow screen nothing runs out of the page, however long a hash is.
  await page.setViewportSize({ width: 360, height: 800 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await expect
    .poll(() => page.locator('#e-3 .quote bdi').evaluate((quote) => getComputedStyle(quote).direction))
    .toBe('rtl');

  const layer = await readLayer(pdf);
  const pages = layer.pages.map((_, at) => layer.pageText(at + 1));
  expect(pages.length).toBeGreaterThan(10);
  pages.forEach((text, at) => {
    expect(text).toContain(`${at + 1} / ${pages.length}`);
    if (at > 0) expect(text).toMatch(/Liuquan[^]*Evidence report, 26 Nov 2026, 15:32 UTC/);
  });
  expect(pages[0]).toMatch(/By document[^]*By category[^]*1–60/);
  // An exhibit begins with its state and ends with its passage's id: both are on one page.
  const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
  const ids = pages.map((text) => count(text, /01a2187c-1ae0-7000-a978-\d{12}/g));
  expect(ids.reduce((sum, one) => sum + one, 0)).toBe(60);
  // But for the first, which no page could hold.
  const rest = pages.slice(ids.findIndex((one) => one > 0) + 1);
  expect(rest.map((text) => count(text, /\bCoded\b/g))).toEqual(ids.slice(-rest.length));
});
