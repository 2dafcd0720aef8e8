import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createPdfReader } from '../../../../electron/formats/pdf/index.ts';
import type { Area } from '../../../../shared/model/index.ts';
import { makePdf } from '../../../support/pdf.ts';
import { boxAround, fileOf, readLayer } from './read.ts';

const reader = createPdfReader();
const SCALE = 150 / 72;

/** The grey of each pixel of a PNG that `pngOf` wrote in grey. */
function pixelsOf(png: Uint8Array, width: number, height: number): Uint8Array {
  const bytes = Buffer.from(png);
  const at = bytes.indexOf('IDAT');
  const packed = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      pixels[y * width + x] =
        (packed[y * (width + 1) + 1 + x] ?? 0) + (y === 0 ? 0 : (pixels[(y - 1) * width + x] ?? 0));
  return pixels;
}

async function drawn(masks: readonly Area[] = []) {
  const pdf = await makePdf([
    ['Work teams called on every household.', 'Asked was Aynur Memet.', 'Land was transferred.'],
  ]);
  const file = fileOf(pdf);
  const layer = await readLayer(file);
  const [passage, name] = ['called on every household', 'Aynur Memet'].map((words): Area => {
    const [left = 0, bottom = 0, right = 0, top = 0] = boxAround(layer, 1, words);
    return [left, bottom, right, top];
  });
  if (passage === undefined || name === undefined) throw new Error('No words');
  const made = await reader.pictures(
    file,
    [],
    [{ page: 1, boxes: [passage], masks: masks.length === 0 ? [] : [name] }],
  );
  if (!made.ok || made.value[0] === undefined) throw new Error('Not drawn');
  const { png, width, height } = made.value[0];
  // The strip begins 48 points above the passage.
  const above = 842 - passage[3] - 48;
  const inPixels = ([left, bottom, right, top]: Area) =>
    [left, 842 - top - above, right, 842 - bottom - above].map((edge) => Math.round(edge * SCALE));
  return { width, height, pixels: pixelsOf(png, width, height), passage: inPixels(passage), name: inPixels(name) };
}

it('draws a strip of the page with the passage framed, and what is masked black', async () => {
  const plain = await drawn();
  expect(plain.width).toBe(Math.ceil(595 * SCALE));
  const { passage, name, width } = plain;
  const [left = 0, top = 0, right = 0] = passage;
  const frame = Array.from({ length: right - left }, (_, x) => plain.pixels[(top - 2) * width + left + x]);
  expect(new Set(frame)).toEqual(new Set([0]));
  const darkOf = ({ pixels }: { readonly pixels: Uint8Array }): number => {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = name;
    let [dark, all] = [0, 0];
    for (let y = y0; y < y1; y++)
      for (let x = x0; x < x1; x++) {
        all += 1;
        if (pixels[y * width + x] === 0) dark += 1;
      }
    return dark / all;
  };
  expect(darkOf(plain)).toBeLessThan(0.5);
  expect(darkOf(await drawn([[0, 0, 1, 1]]))).toBe(1);
});

it('says which page is not there', async () => {
  const file = fileOf(await makePdf([['One page.']]));
  const made = await reader.pictures(file, [], [{ page: 2, boxes: [[0, 0, 1, 1]], masks: [] }]);
  expect(made).toMatchObject({ ok: false, error: { code: 'BAD_INPUT', context: { page: 2 } } });
});
