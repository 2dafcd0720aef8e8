/**
 * The reader in a real Chromium: opening a PDF, its selectable text, its passages, and going to far pages. It reads files of the
 * corpus if that is there, otherwise those of the sample project.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/browser.ts';
import { corpus } from '../support/corpus.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { startViewerServer } from '../support/viewer/server.ts';
import type { Viewer } from '../support/viewer/page.ts';
import { amount, figure, isSmallest, median, ratio } from './harness.ts';

declare global {
  interface Window {
    viewer: Viewer;
  }
}

const LONG = amount(1000, 50);
const folder = makeFolder('sourcebook-bench-');
const sample = resolve(import.meta.dirname, '../../electron/sample/files');
const files: Record<string, string> = { long: join(folder, 'long.pdf'), chinese: join(sample, 'work-report.pdf') };
if (corpus !== null && !isSmallest) {
  files['uyghur'] = join(corpus, 'udhr-uig_arab/page.pdf');
  files['columns'] = join(corpus, 'pdf/tracemonkey.pdf');
}

const pdf = await PDFDocument.create();
const font = await pdf.embedFont(StandardFonts.Helvetica);
for (let number = 1; number <= LONG; number++) {
  const sheet = pdf.addPage([595, 842]);
  for (let line = 0; line < 45; line++) {
    const text = `Page ${number}, line ${line}: surplus labour, transfers, training and targets of the county.`;
    sheet.drawText(text, { x: 50, y: 790 - line * 17, size: 11, font });
  }
}
writeFileSync(join(folder, 'long.pdf'), await pdf.save());

/** The process that runs the page: the browser's renderer that has used most processor time. */
async function rendererOf(launched: Browser): Promise<number> {
  const devtools = await launched.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime);
  return renderers[0]?.id ?? 0;
}

/** A process's memory in MB (10^6 bytes), as counted by the operating system; null if it does not tell. */
function rendererMemory(pid: number): number | null {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return null;
  return (Number(/VmRSS:\s*(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) * 1024) / 1e6;
}

/** In a separate browser, so that memory left by another document is not counted. */
async function measureFarPages(): Promise<void> {
  const own = await launchChromium();
  try {
    const page = await own.newPage({ viewport: { width: 1100, height: 900 } });
    await page.goto(server.url);
    await page.waitForFunction(() => window.viewer !== undefined);
    const before = rendererMemory(await rendererOf(own));
    // Others were closed before it, and the last ones are cached for reopening.
    for (const name of [...Object.keys(files).filter((one) => one !== 'long'), 'long']) {
      await page.evaluate((file) => window.viewer.openPdf(file), name);
      await page.waitForFunction(() => window.viewer.ready(1));
    }
    /** To a page of 1,000, or to one at the same proportion of a shorter document. */
    const jump = (to: number): Promise<number> =>
      page.evaluate((number) => window.viewer.jumpTime(number), Math.ceil((to * LONG) / 1000));
    const jumps: number[] = [];
    for (const far of [900, 120, 640, 333, 999, 5, 777, 450, 222, 860]) jumps.push(await jump(far));
    const after = rendererMemory(await rendererOf(own));
    const back: number[] = [];
    for (const near of [222, 860, 450]) back.push(await jump(near));
    figure('jump to a far page of 1,000', median(jumps), 'ms', { atMost: 200 });
    figure('the slowest of ten such jumps', Math.max(...jumps), 'ms');
    figure('back to a page that is painted already', median(back), 'ms', { atMost: 100 });
    if (before === null || after === null) return;
    figure('memory of the renderer before anything is opened', before, 'MB');
    figure('memory of the renderer after ten jumps', after, 'MB', { atMost: 500 });
  } finally {
    await own.close();
  }
}

const server = await startViewerServer(files);
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
  await page.goto(server.url);
  await page.waitForFunction(() => window.viewer !== undefined);

  const ours: number[] = [];
  const theirs: number[] = [];
  for (const name of Object.keys(files)) {
    await page.evaluate((file) => window.viewer.layerTimes(file), name);
    const times = await page.evaluate((file) => window.viewer.layerTimes(file), name);
    ours.push(...times.ours);
    theirs.push(...times.theirs);
  }
  figure('one page’s text layer', median(ours), 'ms');
  figure('the same by pdf.js', median(theirs), 'ms');
  ratio('text layer, times pdf.js’s own', median(ours), median(theirs), { atMost: 1 });

  for (const name of Object.keys(files)) {
    const own: number[] = [];
    const bare: number[] = [];
    for (let run = 0; run < amount(6, 2); run++) {
      bare.push(await page.evaluate((file) => window.viewer.barePaint(file, 96 / 72), name));
      own.push(await page.evaluate((file) => window.viewer.openTime(file, 1), name));
    }
    // The first of each loads fonts, workers and code.
    ratio(`open ${name} to a selectable page, times bare pdf.js`, median(own.slice(1)), median(bare.slice(1)), {
      atMost: 1.2,
    });
  }

  const again: number[] = [];
  for (let run = 0; run < amount(6, 2); run++)
    again.push(await page.evaluate(() => window.viewer.openAgainTime('chinese', 'long', 1)));
  figure('open a source again, to the frame with its page', median(again.slice(1)), 'ms', { atMost: 100 });
  figure('  the slowest of five', Math.max(...again.slice(1)), 'ms');

  await measureFarPages();

  // Ten pages in view at once.
  await page.setViewportSize({ width: 1100, height: 9000 });
  await page.evaluate(() => window.viewer.openTime('long', 0.75));
  await page.waitForFunction(() => window.viewer.pagesInDom() >= 10 && window.viewer.ready(10));
  const draws: number[] = [];
  const frames: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < amount(9, 2); run++) {
    const times = await page.evaluate((count) => window.viewer.drawTime('long', count), amount(5000, 100));
    if (run === 0) continue;
    draws.push(times.draw);
    frames.push(...times.frames);
    bare.push(...times.bare);
  }
  figure('5,000 passages on ten pages drawn', median(draws), 'ms', { atMost: 50 });
  figure('a frame while scrolling without them', median(bare), 'ms');
  figure('a frame while scrolling them', median(frames), 'ms');
  ratio('frames while scrolling them, times without', median(frames), median(bare), { atMost: 1.1 });
} finally {
  await browser.close();
  await server.close();
  removeFolder(folder);
}
