/**
 * Prints the sample's HTML sources to the PDFs that are committed beside them (`npm run sample:print`). Chromium shapes
 * Uyghur and breaks Chinese lines rightly, and makes PDFs as the ones analysts get. Run it only when a source changes:
 * the PDFs' bytes are the sample's evidence, and their hashes are in its tests.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium } from '../browser.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FONTS = ['noto-serif', 'noto-serif-sc', 'noto-sans', 'noto-sans-sc', 'noto-naskh-arabic'];
const SOURCES = ['work-report', 'notice', 'policy-note'];

const links = FONTS.map((font) => {
  const css = pathToFileURL(join(ROOT, 'node_modules/@fontsource-variable', font, 'index.css'));
  return `<link rel="stylesheet" href="${css.href}">`;
}).join('\n');

const browser = await launchChromium();
const work = mkdtempSync(join(tmpdir(), 'sourcebook-print-'));
try {
  for (const name of SOURCES) {
    const html = readFileSync(join(ROOT, 'electron/sample/sources', `${name}.html`), 'utf8').replace(
      '</head>',
      `${links}\n</head>`,
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
