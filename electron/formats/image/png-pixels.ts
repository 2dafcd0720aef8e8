import { constants, inflateSync } from 'node:zlib';
import { fail, ok, type Result } from '../../../shared/errors.ts';

/** Samples of an image as it looks on white: red, green and blue of each pixel, row by row from the top. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** Samples of a pixel. */
  readonly channels: number;
  readonly colour: number;
  readonly palette: Uint8Array;
  readonly transparent: Uint8Array | null;
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;
const DEPTHS: ReadonlySet<number> = new Set([1, 2, 4, 8, 16]);
/** Adam7: the first column and row of each pass, and the steps to the next. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/**
 * Unpacks a PNG (W3C PNG, third edition) of at most `most` pixels. Transparent pixels are shown on white; if the file is cut off, the missing
 * rows are white. Errors: DAMAGED, TOO_LARGE.
 */
export function pngPixels(bytes: Uint8Array, most: number): Result<Pixels> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const read = chunksOf(view);
  if (read === null) return fail('DAMAGED', 'This PNG can’t be read.');
  const { header, packed, isInterlaced } = read;
  const { width, height } = header;
  if (width * height > most) return fail('TOO_LARGE', `it has ${width} × ${height} pixels`);
  const passes = isInterlaced ? PASSES : ([[0, 0, 1, 1]] as const);
  const wanted = passes.reduce((sum, [x, y, dx, dy]) => {
    const [across, down] = [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)];
    return across > 0 && down > 0 ? sum + down * (1 + rowBytes(header, across)) : sum;
  }, 0);
  const rows = unpacked(packed, wanted);
  if (rows === null) return fail('DAMAGED', 'This PNG can’t be unpacked.');
  const rgb = new Uint8Array(width * height * 3).fill(255);
  let at = 0;
  for (const [x0, y0, dx, dy] of passes) {
    const [across, down] = [Math.ceil((width - x0) / dx), Math.ceil((height - y0) / dy)];
    if (across <= 0 || down <= 0) continue;
    const row = rowBytes(header, across);
    let above: Uint8Array = new Uint8Array(row);
    for (let y = 0; y < down && at + 1 + row <= rows.length; y++, at += 1 + row) {
      const line = rows.subarray(at + 1, at + 1 + row);
      if (!unfilter(rows[at] ?? 0, line, above, Math.max(1, (header.channels * header.depth) >> 3)))
        return fail('DAMAGED', 'This PNG has a row that can’t be read.');
      above = line;
      for (let x = 0; x < across; x++) put(header, line, x, rgb, 3 * ((y0 + y * dy) * width + x0 + x * dx));
    }
  }
  return ok({ width, height, rgb });
}

function chunksOf(
  bytes: Buffer,
): { readonly header: Header; readonly packed: Buffer; readonly isInterlaced: boolean } | null {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [depth = 0, colour = 0, , , interlace = 0] = bytes.subarray(24, 29);
  const channels = CHANNELS[colour];
  if (channels === undefined || !DEPTHS.has(depth) || width === 0 || height === 0) return null;
  const packed: Buffer[] = [];
  let palette = new Uint8Array();
  let transparent: Uint8Array | null = null;
  for (let at = 8; at + 8 <= bytes.length;) {
    const [length, type] = [bytes.readUInt32BE(at), bytes.toString('latin1', at + 4, at + 8)];
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IEND') break;
    if (type === 'PLTE') palette = new Uint8Array(data);
    if (type === 'tRNS') transparent = new Uint8Array(data);
    if (type === 'IDAT') packed.push(data);
    at += length + 12;
  }
  const header = { width, height, depth, channels, colour, palette, transparent };
  return { header, packed: Buffer.concat(packed), isInterlaced: interlace === 1 };
}

const rowBytes = ({ channels, depth }: Header, across: number): number => Math.ceil((across * channels * depth) / 8);

/** Unpacks the image data; null if nothing of it can be unpacked. */
function unpacked(packed: Buffer, wanted: number): Uint8Array | null {
  try {
    // If the file is cut off, what there is. More than all rows would be a bomb.
    return inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: wanted + 65_536 });
  } catch {
    return null;
  }
}

/** Undoes a row's filter; false for an unknown filter. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, step: number): boolean {
  if (filter > 4) return false;
  if (filter === 0) return true;
  for (let at = 0; at < line.length; at++) {
    const left = at < step ? 0 : (line[at - step] ?? 0);
    const up = above[at] ?? 0;
    const corner = at < step ? 0 : (above[at - step] ?? 0);
    const before = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
    line[at] = (line[at] ?? 0) + before;
  }
  return true;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** A sample as it is stored. */
function sample({ depth }: Header, line: Uint8Array, nth: number): number {
  if (depth === 8) return line[nth] ?? 0;
  if (depth === 16) return ((line[2 * nth] ?? 0) << 8) | (line[2 * nth + 1] ?? 0);
  const bit = nth * depth;
  return ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

/** Writes a pixel of a row as it looks on white. */
function put(header: Header, line: Uint8Array, x: number, rgb: Uint8Array, at: number): void {
  const { colour, channels, depth, palette, transparent } = header;
  const stored = (of: number): number => sample(header, line, x * channels + of);
  if (colour === PALETTE) {
    const index = stored(0);
    for (let of = 0; of < 3; of++) rgb[at + of] = onWhite(palette[3 * index + of] ?? 0, transparent?.[index] ?? 255);
    return;
  }
  const most = 2 ** depth - 1;
  const hasAlpha = channels % 2 === 0;
  const isKey = !hasAlpha && transparent !== null && isColour(header, stored, transparent);
  const alpha = isKey ? 0 : hasAlpha ? (stored(channels - 1) * 255) / most : 255;
  for (let of = 0; of < 3; of++) rgb[at + of] = onWhite((stored(channels < 3 ? 0 : of) * 255) / most, alpha);
}

/** Whether a pixel has the one colour that tRNS makes transparent. */
function isColour({ channels }: Header, stored: (of: number) => number, key: Uint8Array): boolean {
  for (let of = 0; of < channels; of++)
    if (stored(of) !== (((key[2 * of] ?? 0) << 8) | (key[2 * of + 1] ?? 0))) return false;
  return true;
}

const onWhite = (value: number, alpha: number): number => Math.round((value * alpha + 255 * (255 - alpha)) / 255);
