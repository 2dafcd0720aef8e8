import { describe, expect, it } from 'vitest';
import { createPdfReader } from '../../../../electron/formats/pdf/index.ts';
import { pngPixels } from '../../../../electron/formats/image/png-pixels.ts';
import type { Area } from '../../../../shared/model/index.ts';
import { exif, png, webp, withExif } from '../../../support/pictures.ts';

const reader = createPdfReader();
const [WIDE, HIGH] = [40, 24];
/** A grey JPEG of that size: black in the upper left, 12 pixels each way. */
const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj/wAALCAAYACgBAREA/8QAFgABAQEAAAAAAAAAAAAAAAAAAAgH/8QAJhAAAQIDBgcAAAAAAAAAAAAAABETBxVhAggXGCVERmJmhKXE4//aAAgBAQAAPwCVCqri3G/Y+wVUASrlF638T9jVYFQiwrnetzWZMbRhttzntKrlESpqoAAAP//Z',
  'base64',
);

/** How dark the picture of an image is at a pixel of the image, upright, from its upper left corner: 0 is black. */
async function drawn(
  image: Uint8Array,
  [across, down]: readonly [number, number],
  { boxes = [[0, 0, 1, 1]], masks = [] }: { readonly boxes?: readonly Area[]; readonly masks?: readonly Area[] } = {},
) {
  const made = await reader.imagePictures(image, [across, down], [{ page: 1, boxes, masks }]);
  if (!made.ok || made.value[0] === undefined) throw new Error(made.ok ? 'Nothing was drawn' : made.error.message);
  const { png: bytes, width, height } = made.value[0];
  const read = pngPixels(bytes, 1e7);
  if (!read.ok) throw new Error(read.error.message);
  const at = (x: number, y: number): number => {
    const [px, py] = [Math.floor(((x + 0.5) * width) / across), Math.floor(((y + 0.5) * height) / down)];
    return read.value.rgb[3 * (py * width + px) + 1] ?? -1;
  };
  return { width, height, at };
}

describe('an image with an area', () => {
  it('is drawn as it is, with the area framed and what is masked black', async () => {
    const board = png(WIDE, HIGH, { paint: (x, y) => (x < 20 ? [10, 120, 10] : [240, y * 10, 240]) });
    const boxes: Area[] = [[26, 8, 34, 16]];
    const plain = await drawn(board, [WIDE, HIGH], { boxes });
    expect([plain.width, plain.height]).toEqual([WIDE, HIGH]);
    expect(plain.at(5, 5)).toBe(120);
    expect(plain.at(38, 20)).toBe(200);
    // Within the frame all is seen; around it, one line.
    expect(plain.at(30, 12)).toBe(120);
    expect([plain.at(30, 5), plain.at(23, 12), plain.at(36, 12)]).toEqual([0, 0, 0]);
    const masked = await drawn(board, [WIDE, HIGH], { boxes, masks: [[0, 0, 10, HIGH]] });
    expect([masked.at(2, 2), masked.at(9, 20), masked.at(15, 12)]).toEqual([0, 0, 120]);
  });

  it('is no wider than a page of paper', async () => {
    const wide = await drawn(png(3000, 40), [3000, 40], { boxes: [[1000, 10, 2000, 30]] });
    expect(wide.width).toBe(Math.ceil((595 * 150) / 72));
    expect(wide.at(1500, 20)).toBe(226);
    expect(Math.min(...[990, 992, 994, 996].map((x) => wide.at(x, 20)))).toBe(0);
  });

  it.each([
    [1, 'upper left'],
    [2, 'upper right'],
    [3, 'lower right'],
    [4, 'lower left'],
    [5, 'upper left'],
    [6, 'upper right'],
    [7, 'lower right'],
    [8, 'lower left'],
  ] as const)('is upright where EXIF says %i', async (orientation, where) => {
    const [across, down] = orientation < 5 ? [WIDE, HIGH] : [HIGH, WIDE];
    // The frame is where the image is white in all eight.
    const boxes: Area[] = [[across / 2 - 1, down / 2 - 1, across / 2 + 1, down / 2 + 1]];
    const { at, width, height } = await drawn(withExif(JPEG, exif({ orientation })), [across, down], { boxes });
    expect([width, height]).toEqual([across, down]);
    const corners = {
      'upper left': at(3, 3),
      'upper right': at(across - 4, 3),
      'lower left': at(3, down - 4),
      'lower right': at(across - 4, down - 4),
    };
    const dark = Object.entries(corners).flatMap(([name, value]) => (value < 60 ? [name] : []));
    expect(dark).toEqual([where]);
  });

  it('says why, where it can’t be drawn', async () => {
    const draw = async (image: Uint8Array) => {
      const made = await reader.imagePictures(image, [4, 3], [{ page: 1, boxes: [[0, 0, 1, 1]], masks: [] }]);
      return made.ok ? 'drawn' : made.error.code;
    };
    expect(await draw(webp('lossy', 4, 3))).toBe('UNSUPPORTED');
    expect(await draw(Buffer.from('no image'))).toBe('UNSUPPORTED');
    expect(await draw(png(4, 3).subarray(0, 40))).toBe('DAMAGED');
    const huge = Buffer.from(png(4, 3));
    huge.writeUInt32BE(60_000, 16);
    expect(['DAMAGED', 'TOO_LARGE']).toContain(await draw(huge));
  });
});
