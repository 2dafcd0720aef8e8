import { describe, expect, it } from 'vitest';
import { isPoor, shareOf, type PdfPart } from '../../../../electron/formats/pdf/part.ts';
import { makePdf } from '../../../support/pdf.ts';
import { boxAround, errorOf, fileOf, readLayer } from './read.ts';

/** PDFium insists on the `%PDF-` that a file begins with; pdf.js finds its objects without. */
const withoutHeader = async (pdf: Promise<Uint8Array>) => fileOf((await pdf).subarray(9));

describe('a PDF that PDFium does not open', () => {
  it('is read by pdf.js, with a note, and its text has nearly the same place', async () => {
    const pdf = makePdf([['Surplus labour', 'was moved'], ['on page two']], { title: 'Notice', language: 'en' });
    const exact = await readLayer(fileOf(await pdf));
    const layer = await readLayer(await withoutHeader(pdf));
    expect(layer.engine).toBe('pdfjs');
    expect(layer.notes[0]).toMatch(/couldn’t open this file; this text comes from pdf\.js/);
    expect(layer.text()).toBe(exact.text());
    expect(layer.pages).toEqual(exact.pages);
    expect(layer.extracted.record).toEqual({ title: 'Notice', language: 'en' });
    const places = [boxAround(layer, 1, 'labour'), boxAround(exact, 1, 'labour')];
    const farthest = Math.max(
      ...[0, 1, 2, 3].map((edge) => Math.abs((places[0]?.[edge] ?? 0) - (places[1]?.[edge] ?? 0))),
    );
    expect(farthest).toBeLessThan(8);
  });

  it('gives the same bytes whenever pdf.js reads it', async () => {
    const path = await withoutHeader(makePdf([['Surplus labour']]));
    expect((await readLayer(path)).extracted).toEqual((await readLayer(path)).extracted);
  });

  it('still asks for its password', async () => {
    const path = await withoutHeader(makePdf([['locked']], { password: 'quota' }));
    expect(await errorOf(path)).toBe('PASSWORD_NEEDED');
    expect(await errorOf(path, ['wrong'])).toBe('PASSWORD_WRONG');
    expect((await readLayer(path, ['quota'])).text()).toBe('locked');
  });
});

describe('a PDF in which PDFium finds little text', () => {
  /** All glyphs of its font have a width of zero, so PDFium takes them for one glyph that is drawn several times. */
  const crowded = (text: string): Uint8Array => {
    const content = `BT /F1 12 Tf 50 700 Td (${text}) Tj ET`;
    return new TextEncoder().encode(`%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>> endobj
4 0 obj <</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<<>>
/Encoding<</Differences[]>>/FirstChar 0/LastChar 255/Widths[]>> endobj
5 0 obj <</Length ${content.length}>> stream
${content}
endstream endobj
trailer <</Root 1 0 R>>
`);
  };

  it('is read by pdf.js if that finds more, with a note', async () => {
    const layer = await readLayer(fileOf(crowded('mmmmmmmm')));
    expect(layer.engine).toBe('pdfjs');
    expect(layer.text()).toBe('mmmmmmmm');
    expect(layer.notes[0]).toMatch(/found little or no text in this file; this text comes from pdf\.js/);
  });

  it('stays as PDFium read it if pdf.js finds no more: a scan, or a page number', async () => {
    for (const text of ['', '12'])
      expect(await readLayer(fileOf(await makePdf([[text]])))).toMatchObject({ engine: 'pdfium' });
  });
});

describe('a poor result', () => {
  const part = (drawn: number, undecoded: number, failedPages = 0): PdfPart => ({
    layerFile: new Uint8Array(0),
    metadata: { title: '', author: '', creationDate: '', language: '' },
    protected: false,
    quality: { drawn, undecoded },
    failedPages,
    stopped: [],
    pages: 2,
  });

  it('has a twentieth undecoded, over all parts', () => {
    expect(shareOf([part(100, 20), part(300, 0)])).toBe(0.05);
    expect(isPoor([part(100, 20), part(300, 0)])).toBe(false);
    expect(isPoor([part(100, 20), part(299, 0)])).toBe(true);
  });

  it('has no page that opens, or fewer than four characters a page', () => {
    expect(isPoor([part(0, 0, 2), part(0, 0, 2)])).toBe(true);
    expect(isPoor([part(15, 0), part(0, 0)])).toBe(true);
    expect(isPoor([part(16, 0), part(0, 0)])).toBe(false);
  });
});
