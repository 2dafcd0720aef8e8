import type { PagePlace } from './document.ts';
import { OutOfMemory, type Pdfium, withMemory } from './pdfium.ts';

/** Left, top, right, bottom on the page as it is shown, in points from its upper left corner. */
export type Shown = readonly [left: number, top: number, right: number, bottom: number];

/** Pixels for each point: 216 an inch. */
const SCALE = 3;
/** The most pixels of one drawing; an A4 page has 4.5 million. */
const MAX_PIXELS = 6_000_000;

/** Pixels by which a size may be too large through rounding. */
const ROUNDED = 0.001;

/** A part of a page as it is drawn, in grey. */
export interface Drawing {
  readonly area: Shown;
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  /** Row by row from the top, 0 to 255. */
  readonly grey: Uint8Array;
}

/** A box in the page’s own space (left, bottom, right, top) as it is shown. */
export function shownBox(box: readonly [number, number, number, number], { box: page, rotation }: PagePlace): Shown {
  const [left, bottom, right, top] = page;
  const [x0, y0, x1, y1] = box;
  switch (rotation) {
    case 0:
      return [x0 - left, top - y1, x1 - left, top - y0];
    case 90:
      return [y0 - bottom, x0 - left, y1 - bottom, x1 - left];
    case 180:
      return [right - x1, y0 - bottom, right - x0, y1 - bottom];
    case 270:
      return [top - y1, right - x1, top - y0, right - x0];
  }
}

/** A part of a page as it was drawn, in PDFium’s own memory. */
export interface Surface {
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  /** Bytes from one row to the next. */
  readonly stride: number;
  /** Blue, green, red and an unused byte of each pixel, row by row from the top. */
  readonly pixels: Uint8Array;
}

const ANNOTATIONS = 1;

/**
 * Draws a part of an open page on white, at `scale` pixels for each point or as many as {@link MAX_PIXELS} allow. What `work` gets is
 * valid until it returns, and only while it calls nothing of PDFium. `annotations`: with those that are shown on the page.
 */
export function withSurface<T>(
  pdfium: Pdfium,
  page: number,
  { area, scale: wanted, annotations }: { readonly area: Shown; readonly scale: number; readonly annotations: boolean },
  work: (surface: Surface) => T,
): T {
  const { raw } = pdfium;
  const [left, top, right, bottom] = area;
  const scale = Math.min(wanted, Math.sqrt(MAX_PIXELS / Math.max(1, (right - left) * (bottom - top))));
  // Sizes of pages are rounded to 32 bits: that is no further pixel.
  const pixelsOf = (points: number): number => Math.max(1, Math.ceil(points * scale - ROUNDED));
  const [width, height] = [pixelsOf(right - left), pixelsOf(bottom - top)];
  const bitmap = raw.FPDFBitmap_Create(width, height, 0);
  if (bitmap === 0) throw new OutOfMemory();
  try {
    raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    // FS_MATRIX, then FS_RECTF, the part of the bitmap that is drawn on.
    withMemory(pdfium, 40, (at) => {
      pdfium.floats().set([scale, 0, 0, scale, -left * scale, -top * scale, 0, 0, width, height], at >> 2);
      raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, at, at + 24, annotations ? ANNOTATIONS : 0);
    });
    const stride = raw.FPDFBitmap_GetStride(bitmap);
    const start = raw.FPDFBitmap_GetBuffer(bitmap);
    const pixels = pdfium.bytes().subarray(start, start + stride * height);
    return work({ scale, width, height, stride, pixels });
  } finally {
    raw.FPDFBitmap_Destroy(bitmap);
  }
}

/** Draws a part of an open page, in grey and without annotations. */
export function draw(pdfium: Pdfium, page: number, area: Shown): Drawing {
  return withSurface(pdfium, page, { area, scale: SCALE, annotations: false }, (surface) => {
    const { scale, width, height } = surface;
    return { area, scale, width, height, grey: greyOf(surface) };
  });
}

function greyOf({ width, height, stride, pixels }: Surface): Uint8Array {
  const grey = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * stride + x * 4;
      grey[y * width + x] = ((pixels[at] ?? 0) * 29 + (pixels[at + 1] ?? 0) * 150 + (pixels[at + 2] ?? 0) * 77) >> 8;
    }
  }
  return grey;
}

/** Calls `see` with the column, row and place of each pixel of a box that is in the drawing. */
function eachPixel(drawing: Drawing, box: Shown, see: (x: number, y: number, at: number) => void): void {
  const { area, scale, width, height } = drawing;
  const from = (edge: number, start: number): number => Math.max(0, Math.floor((edge - start) * scale));
  const to = (edge: number, start: number, most: number): number => Math.min(most, Math.ceil((edge - start) * scale));
  for (let y = from(box[1], area[1]); y < to(box[3], area[1], height); y++)
    for (let x = from(box[0], area[0]); x < to(box[2], area[0], width); x++) see(x, y, y * width + x);
}

/** How many pixels of a box differ clearly in brightness between two drawings of the same part. */
export function differing(one: Drawing, other: Drawing, box: Shown, contrast: number): number {
  let count = 0;
  eachPixel(one, box, (_x, _y, at) => {
    if (Math.abs((one.grey[at] ?? 0) - (other.grey[at] ?? 0)) >= contrast) count++;
  });
  return count;
}

/**
 * Whether something is drawn in a box that letters could be: its brightness changes along the line. A rule, a frame’s edge or a
 * coloured cell doesn’t.
 */
export function hasShapes(drawing: Drawing, box: Shown, contrast: number): boolean {
  const isWide = box[2] - box[0] >= box[3] - box[1];
  const sums = new Map<number, { sum: number; count: number }>();
  eachPixel(drawing, box, (x, y, at) => {
    const key = isWide ? x : y;
    const of = sums.get(key) ?? { sum: 0, count: 0 };
    of.sum += drawing.grey[at] ?? 0;
    of.count++;
    sums.set(key, of);
  });
  const means = Array.from(sums.values(), ({ sum, count }) => sum / count);
  return means.length > 1 && Math.max(...means) - Math.min(...means) >= contrast;
}

/** The mean brightness of a box. */
export function brightness(drawing: Drawing, box: Shown): number {
  let [sum, count] = [0, 0];
  eachPixel(drawing, box, (_x, _y, at) => {
    sum += drawing.grey[at] ?? 0;
    count++;
  });
  return count === 0 ? 255 : sum / count;
}
