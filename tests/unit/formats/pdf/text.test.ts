import { degrees } from '@cantoo/pdf-lib';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PDFIUM_VERSION, PDFJS_VERSION } from '../../../../electron/formats/pdf/versions.ts';
import { linesOf, makePdf } from '../../../support/pdf.ts';
import { boxAround, errorOf, fileOf, readLayer } from './read.ts';

const WIDTH = 595;
const HEIGHT = 842;

describe('text of a PDF', () => {
  it('is its lines, page by page, each with its place', async () => {
    const layer = await readLayer(fileOf(await makePdf([['Surplus labour', 'was transferred.'], ['Second page']])));
    expect(layer.text()).toBe('Surplus labour\nwas transferred.\nSecond page');
    expect(layer.pages).toMatchObject([
      { page: 1, start: 0, end: 31, box: [0, 0, WIDTH, HEIGHT], rotation: 0, failed: false },
      { page: 2, start: 32, end: 43 },
    ]);
    // Written at 60, 780 in 11 points: the box spans the baseline.
    const [left = 0, bottom = 0, right = 0, top = 0] = boxAround(layer, 1, 'Surplus');
    expect([left, right]).toEqual([60, 97]);
    expect(bottom).toBeLessThan(780);
    expect(top).toBeGreaterThan(785);
    expect(layer.extracted).toMatchObject({ engine: 'pdfium', hasText: true, length: 43, frozen: null });
  });

  it('excludes what is outside the crop box, where no one can see it', async () => {
    const pdf = await makePdf(
      [
        [
          { text: 'hidden', y: 800 },
          { text: 'seen', y: 100 },
        ],
      ],
      {
        shape: (page) => page.setCropBox(0, 0, WIDTH, 400),
      },
    );
    const layer = await readLayer(fileOf(pdf));
    expect(layer.text()).toBe('seen');
    expect(layer.pages[0]?.box).toEqual([0, 0, WIDTH, 400]);
  });

  it('keeps its place in the page’s own space when the page is turned', async () => {
    const upright = await readLayer(fileOf(await makePdf([['Quota of workers']])));
    for (const rotation of [90, 180, 270]) {
      const pdf = await makePdf([['Quota of workers']], { shape: (page) => page.setRotation(degrees(rotation)) });
      const layer = await readLayer(fileOf(pdf));
      expect(layer.pages[0]?.rotation).toBe(rotation);
      expect(boxAround(layer, 1, 'workers')).toEqual(boxAround(upright, 1, 'workers'));
    }
  });

  it('is the same bytes whenever it is read', async () => {
    const path = fileOf(await makePdf([linesOf(1, 40), linesOf(2, 40)]));
    const [first, second] = [await readLayer(path), await readLayer(path)];
    expect(second.extracted).toEqual(first.extracted);
  });

  it('is empty on a page without text, which still has its box', async () => {
    const layer = await readLayer(fileOf(await makePdf([[]])));
    expect(layer.extracted).toMatchObject({ hasText: false, length: 0 });
    expect(layer.pages).toEqual([
      { page: 1, start: 0, end: 0, box: [0, 0, WIDTH, HEIGHT], rotation: 0, failed: false },
    ]);
  });

  it('has hardly a unit without a place: highlights cover what they quote', async () => {
    const layer = await readLayer(fileOf(await makePdf([linesOf(3, 40)])));
    const text = layer.pageText(1);
    const geometry = layer.geometry(1);
    for (let unit = 0; unit < text.length; unit++) {
      if (/\s/.test(text[unit] ?? '')) continue;
      const [from = 0, to = 0] = [geometry?.alongMin[unit], geometry?.alongMax[unit]];
      expect(to - from, `${text[unit]} at ${unit}`).toBeGreaterThan(1);
      expect(from).toBeGreaterThanOrEqual(59);
    }
  });
});

describe('an unreadable PDF', () => {
  it('is reported as damaged, whatever is wrong with it', async () => {
    const whole = await makePdf([['text']]);
    expect(await errorOf(fileOf(new Uint8Array(0)))).toBe('DAMAGED');
    expect(await errorOf(fileOf(new TextEncoder().encode('%PDF-1.7\nnothing')))).toBe('DAMAGED');
    expect(await errorOf(fileOf(whole.subarray(0, 60)))).toBe('DAMAGED');
    expect(await errorOf(fileOf(new TextEncoder().encode(NO_PAGES)))).toBe('DAMAGED');
  });
});

describe('versions stored with layers', () => {
  it.each([
    ['@embedpdf/pdfium', PDFIUM_VERSION],
    ['pdfjs-dist', PDFJS_VERSION],
  ])('equal the installed %s', (name, version) => {
    const path = new URL(`../../../../node_modules/${name}/package.json`, import.meta.url);
    const installed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    expect(installed).toMatchObject({ version });
  });
});

const NO_PAGES = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj
trailer << /Root 1 0 R /Size 3 >>
%%EOF`;
