/**
 * Prints the sample's HTML sources to the PDFs that are committed beside them (`npm run sample:print`). Chromium shapes
 * Uyghur and breaks Chinese lines correctly, and its PDFs are like those analysts get. Run it only when a source changes: the
 * PDFs' bytes are the sample's evidence, and their hashes are in its tests.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium } from '../browser.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FONTS = ['noto-serif', 'noto-serif-sc', 'noto-sans', 'noto-sans-sc'];
const SOURCES = ['work-report', 'notice', 'policy-note'];

// Static fonts: Chromium writes a variable one into a PDF as Type 3, whose boxes break Uyghur lines apart in PDFium.
const SHEETS = FONTS.flatMap((font) => ['400.css', '700.css'].map((sheet) => join(font, sheet)));
// Uyghur in DejaVu: Noto's Arabic fonts draw dots as glyphs of their own, off the line, which PDFium reads as lines of their own.
const DEJAVU = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file, bold) => {
  const url = pathToFileURL(join(ROOT, 'node_modules/dejavu-fonts-ttf/ttf', file));
  return `@font-face { font-family: 'DejaVu Sans'; font-weight: ${bold === 1 ? 700 : 400}; src: url('${url.href}'); }`;
});
const links = SHEETS.map((sheet) => {
  const css = pathToFileURL(join(ROOT, 'node_modules/@fontsource', sheet));
  return `<link rel="stylesheet" href="${css.href}">`;
}).join('\n');

const browser = await launchChromium();
const work = mkdtempSync(join(tmpdir(), 'sourcebook-print-'));
try {
  for (const name of SOURCES) {
    const html = readFileSync(join(ROOT, 'electron/sample/sources', `${name}.html`), 'utf8').replace(
      '</head>',
      `${links}\n<style>${DEJAVU.join('\n')}</style>\n</head>`,
    );
    const file = join(work, `${name}.html`);
    writeFileSync(file, html);
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(() => document.fonts.ready);
    await page.pdf({ path: join(ROOT, 'electron/sample/files', `${name}.pdf`), preferCSSPageSize: true, tagged: true });
    await page.close();
  }
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
