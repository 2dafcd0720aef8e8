import { expect, it } from 'vitest';
import { startPdfium } from '../../../../electron/formats/pdf/pdfium.ts';

it('views of PDFium’s memory are those of now, also after it has grown', async () => {
  const pdfium = await startPdfium();
  const before = [pdfium.bytes(), pdfium.floats(), pdfium.doubles()];
  const size = pdfium.memorySize();
  const address = pdfium.raw.malloc(size);
  expect(address).toBeGreaterThan(0);
  expect(pdfium.memorySize()).toBeGreaterThan(size);
  expect(before.map(({ length }) => length)).toEqual([0, 0, 0]);
  for (const view of [pdfium.bytes(), pdfium.floats(), pdfium.doubles()])
    expect(view.byteLength).toBe(pdfium.memorySize());
  pdfium.doubles()[address >> 3] = 1.5;
  expect(pdfium.floats()[(address >> 2) + 1]).toBe(1.9375);
  pdfium.raw.free(address);
});
