import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createPdfReader } from '../../../electron/formats/pdf/index.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';

/**
 * What the browser prints of the frame that the app has ready for the printer: the text of each sheet, read back from the PDF
 * by our own reader, without white space (small letters far apart are lines of their own to it). A test cannot print a frame, so its document is printed as a page of the same origin.
 */
export async function sheetsOf(page: Page, folder: string): Promise<string[]> {
  const html = await page.locator('.print-frame').evaluate((frame: HTMLIFrameElement) => {
    const own = frame.contentDocument;
    const rules = (own?.adoptedStyleSheets ?? []).flatMap(({ cssRules }) => [...cssRules].map((rule) => rule.cssText));
    return `<!doctype html>${own?.documentElement.outerHTML ?? ''}<style>${rules.join('\n')}</style>`;
  });
  const address = new URL('on-paper', page.url()).href;
  // Of the same context: the pictures lie in its memory.
  await page
    .context()
    .route(address, (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
  const opened = page.waitForEvent('popup');
  await page.evaluate((href) => void window.open(href), address);
  const paper = await opened;
  try {
    await paper.waitForLoadState();
    await paper.evaluate(() => Promise.all([document.fonts.ready, ...[...document.images].map((one) => one.decode())]));
    return await sheetsOfPage(paper, folder);
  } finally {
    await paper.close();
    // A window in the background hears of no scrolling.
    await page.bringToFront();
    await page.context().unroute(address);
  }
}

/** The text of each sheet that the browser prints of a page as it is, without white space. What lies outside of a sheet is not on it. */
export async function sheetsOfPage(page: Page, folder: string): Promise<string[]> {
  const path = join(folder, 'on-paper.pdf');
  writeFileSync(path, await page.pdf({ preferCSSPageSize: true, format: 'A4' }));
  const read = await createPdfReader().read(path, []);
  if (!read.ok) throw new Error(read.error.message);
  const layer = openLayerFile(read.value.layerFile);
  return layer.pages.map((one) => layer.pageText(one.page).replace(/\s/gu, ''));
}
