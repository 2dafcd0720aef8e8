/**
 * The reader in a real Chromium: opening, selectable text, passages, far pages. Files of the corpus where it is there,
 * else those of the sample.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { launchChromium } from '../support/browser.ts';
import { corpus } from '../support/corpus.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { startViewerServer } from '../support/viewer/server.ts';
import type { Viewer } from '../support/viewer/page.ts';
import { figure, median, ratio } from './harness.ts';

declare global {
  interface Window {
    viewer: Viewer;
  }
}

const LONG = 1000;
const folder = makeFolder('sourcebook-bench-');
const sample = resolve(import.meta.dirname, '../../electron/sample/files');
const files: Record<string, string> = { long: join(folder, 'long.pdf'), chinese: join(sample, 'work-report.pdf') };
if (corpus !== null) {
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
    for (let run = 0; run < 6; run++) {
      bare.push(await page.evaluate((file) => window.viewer.barePaint(file, 96 / 72), name));
      own.push(await page.evaluate((file) => window.viewer.openTime(file, 1), name));
    }
    // The first of each loads fonts, workers and code.
    ratio(`open ${name} to a selectable page, times bare pdf.js`, median(own.slice(1)), median(bare.slice(1)), {
      atMost: 1.2,
    });
  }

  await page.evaluate(() => window.viewer.openTime('long', 1));
  const jumps: number[] = [];
  for (const far of [900, 120, 640, 333, 999, 5, 777, 450, 222, 860]) {
    jumps.push(await page.evaluate((number) => window.viewer.jumpTime(number), far));
  }
  figure('jump to a far page of 1,000', median(jumps), 'ms', { atMost: 200 });
  const devtools = await page.context().newCDPSession(page);
  const { metrics } = await devtools.send('Performance.enable').then(() => devtools.send('Performance.getMetrics'));
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
  figure('JavaScript heap after ten jumps', heap / 1e6, 'MB', { atMost: 500 });

  // Ten pages in view at once.
  await page.setViewportSize({ width: 1100, height: 9000 });
  await page.evaluate(() => window.viewer.openTime('long', 0.75));
  await page.waitForFunction(() => window.viewer.pagesInDom() >= 10 && window.viewer.ready(10));
  const draws: number[] = [];
  let frames: number[] = [];
  let bare: number[] = [];
  for (let run = 0; run < 6; run++) {
    const times = await page.evaluate(() => window.viewer.drawTime('long', 5000));
    draws.push(times.draw);
    ({ frames, bare } = times);
  }
  figure('5,000 passages on ten pages drawn', median(draws.slice(1)), 'ms', { atMost: 50 });
  ratio('frames while scrolling them, times without', median(frames), median(bare), { atMost: 1.1 });
} finally {
  await browser.close();
  await server.close();
  removeFolder(folder);
}
