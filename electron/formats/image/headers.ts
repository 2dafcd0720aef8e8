import { constants, crc32, inflateSync } from 'node:zlib';
import { Bytes, NoPicture, type PictureFacts } from './facts.ts';

const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';
/** A 100-megapixel image in chunks of 8 KiB has some 50,000. */
const PNG_CHUNKS = 200_000;
const MOST_TEXTS = 64;
/** Bytes of one text, compressed or not. */
const LONGEST_TEXT = 64 * 1024;

export const isPng = (bytes: Bytes): boolean => bytes.latin(0, 8) === PNG_SIGNATURE;

/** Reads a PNG's chunks (W3C PNG, third edition). Throws {@link NoPicture}. */
export function readPng(bytes: Bytes): PictureFacts {
  if (bytes.latin(12, 4) !== 'IHDR' || bytes.u32(8, false) !== 13)
    throw new NoPicture('DAMAGED', 'This PNG has no valid header, so it can’t be shown. Get a new copy.');
  if (crc32(bytes.slice(12, 17)) !== bytes.u32(29, false))
    throw new NoPicture('DAMAGED', 'This PNG’s header is damaged, so it can’t be shown. Get a new copy.');
  const [width, height] = [bytes.u32(16, false), bytes.u32(20, false)];
  const texts = new Map<string, string>();
  let exif: Uint8Array | null = null;
  let animated = false;
  let cut = true;
  const packed: Uint8Array[] = [];
  for (let at = 8, nth = 0; nth < PNG_CHUNKS; nth++) {
    const length = bytes.u32(at, false);
    if (length === null || length > 0x7fff_ffff) break;
    const type = bytes.latin(at + 4, 4);
    const data = bytes.slice(at + 8, length);
    if (type === 'IEND') {
      cut = false;
      break;
    }
    if (data.length < length) break;
    if (type === 'IDAT') packed.push(data);
    if (type === 'acTL') animated = true;
    if (type === 'eXIf') exif ??= data;
    if (texts.size < MOST_TEXTS) addText(texts, type, new Bytes(data));
    at += length + 12;
  }
  if (packed.every(({ length }) => length === 0))
    throw new NoPicture('DAMAGED', 'This PNG is cut off before its image data. Get a new copy.');
  const size = { width: width ?? 0, height: height ?? 0 };
  cut ||= isShort(packed, rowsOf(size, bytes));
  return { format: 'PNG', ...size, exif, texts, animated, cut };
}

/** The bytes of all rows, by the header's bit depth and colour type. An interlaced image has a few more. */
function rowsOf({ width, height }: { readonly width: number; readonly height: number }, bytes: Bytes): number {
  const channels = [1, 0, 3, 1, 2, 0, 4][bytes.u8(25) ?? 0] ?? 0;
  return height * (1 + Math.ceil((width * channels * (bytes.u8(24) ?? 0)) / 8));
}

/** How many bytes are unpacked at most to see whether the image is complete: 0.2 s. */
const MOST_UNPACKED = 64 * 2 ** 20;
/** The highest ratio that deflate reaches. */
const BEST_RATIO = 1032;

/** Whether the image data is too short for all rows. An undamaged file can hold too little, and would be shown half empty. */
function isShort(packed: readonly Uint8Array[], rows: number): boolean {
  if (packed.reduce((sum, { length }) => sum + length, 0) * BEST_RATIO < rows) return true;
  if (rows > MOST_UNPACKED) return false;
  try {
    const all = inflateSync(Buffer.concat(packed), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: 2 * rows + 1024,
    });
    return all.length < rows;
  } catch (thrown) {
    // Unpacking stopped at the limit: there is more than enough. Any other error means damage.
    return !(thrown instanceof RangeError);
  }
}

function addText(texts: Map<string, string>, type: string, data: Bytes): void {
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return;
  const end = data.all.subarray(0, 80).indexOf(0);
  if (end < 1) return;
  const keyword = data.latin(0, end);
  const text = textOf(type, data.all.subarray(end + 1));
  if (text !== null && !texts.has(keyword)) texts.set(keyword, text);
}

/** The text after a text chunk's keyword; null if it can't be read. */
function textOf(type: 'tEXt' | 'zTXt' | 'iTXt', rest: Uint8Array): string | null {
  if (type === 'tEXt') return rest.length > LONGEST_TEXT ? null : Buffer.from(rest).toString('latin1');
  if (type === 'zTXt') return unpacked(rest.subarray(1))?.toString('latin1') ?? null;
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) return null;
  const body = rest.subarray(translated + 1);
  const plain = rest[0] === 1 ? unpacked(body) : body.length > LONGEST_TEXT ? null : Buffer.from(body);
  return plain?.toString('utf8') ?? null;
}

function unpacked(packed: Uint8Array): Buffer | null {
  if (packed.length > LONGEST_TEXT) return null;
  try {
    return inflateSync(packed, { maxOutputLength: LONGEST_TEXT });
  } catch {
    // Damaged, or a decompression bomb. The image is shown without this text.
    return null;
  }
}

const EXIF_MARK = 'Exif\0\0';
const JPEG_SEGMENTS = 10_000;
/** Markers without a length (ISO/IEC 10918-1, B.1.1.3). */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** Start of a frame. The three markers in between are tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Baseline, extended and progressive Huffman, which are all that browsers show. */
const isShown = (marker: number): boolean => marker <= 0xc2;

export const isJpeg = (bytes: Bytes): boolean => bytes.u8(0) === 0xff && bytes.u8(1) === 0xd8 && bytes.u8(2) === 0xff;

/** Reads a JPEG's segments up to the image data. Throws {@link NoPicture}. */
export function readJpeg(bytes: Bytes): PictureFacts {
  let size: Pick<PictureFacts, 'width' | 'height' | 'colours'> | null = null;
  let exif: Uint8Array | null = null;
  for (let at = 2, nth = 0; nth < JPEG_SEGMENTS; nth++) {
    const marker = bytes.u8(at + 1);
    if (bytes.u8(at) !== 0xff || marker === null) break;
    // Any number of FF bytes may precede a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    const length = bytes.u16(at + 2, false);
    if (length === null || length < 2) break;
    if (isFrame(marker)) size = frameSize(bytes, at, marker);
    if (marker === 0xe1 && bytes.latin(at + 4, 6) === EXIF_MARK) exif ??= bytes.slice(at + 10, length - 8);
    if (marker === 0xda && size !== null) {
      const end = Buffer.from(bytes.all.buffer, bytes.all.byteOffset, bytes.length).lastIndexOf('\xff\xd9', 'latin1');
      const cut = end < at;
      // The scan's own header is followed by nothing.
      if ((cut ? bytes.length : end) <= at + 2 + length) break;
      return { format: 'JPEG', ...size, exif, texts: new Map(), animated: false, cut };
    }
    at += 2 + length;
  }
  throw new NoPicture('DAMAGED', 'This JPEG is cut off before its image data. Get a new copy.');
}

function frameSize(
  bytes: Bytes,
  at: number,
  marker: number,
): { readonly width: number; readonly height: number; readonly colours: number } {
  if (!isShown(marker))
    throw new NoPicture('UNSUPPORTED', 'This type of JPEG (lossless or arithmetic) can’t be shown. Convert it to PNG.');
  const [height, width] = [bytes.u16(at + 5, false) ?? 0, bytes.u16(at + 7, false) ?? 0];
  return { height, width, colours: bytes.u8(at + 9) ?? 0 };
}

const WEBP_CHUNKS = 100_000;

export const isWebp = (bytes: Bytes): boolean => bytes.latin(0, 4) === 'RIFF' && bytes.latin(8, 4) === 'WEBP';

/** Reads a WebP's chunks: lossy, lossless or extended (RFC 9649). Throws {@link NoPicture}. */
export function readWebp(bytes: Bytes): PictureFacts {
  const size = webpSize(bytes);
  let exif: Uint8Array | null = null;
  let animated = false;
  for (let at = 12, nth = 0; nth < WEBP_CHUNKS; nth++) {
    const length = bytes.u32(at + 4, true);
    if (length === null) break;
    const type = bytes.latin(at, 4);
    if (type === 'EXIF') exif ??= withoutMark(bytes.slice(at + 8, length));
    if (type === 'ANIM' || type === 'ANMF') animated = true;
    at += 8 + length + (length % 2);
  }
  const cut = (bytes.u32(4, true) ?? 0) + 8 > bytes.length;
  return { format: 'WebP', ...size, exif, texts: new Map(), animated, cut };
}

function webpSize(bytes: Bytes): { width: number; height: number } {
  const type = bytes.latin(12, 4);
  const [w, h] =
    type === 'VP8X' ? extended(bytes) : type === 'VP8L' ? lossless(bytes) : type === 'VP8 ' ? lossy(bytes) : NONE;
  if (w === null || h === null)
    throw new NoPicture('DAMAGED', 'This WebP’s header is damaged, so it can’t be shown. Get a new copy.');
  return { width: w, height: h };
}

type Sides = readonly [width: number | null, height: number | null];
const NONE: Sides = [null, null];

function extended(bytes: Bytes): Sides {
  const [w, h] = [bytes.u24le(24), bytes.u24le(27)];
  return w === null || h === null ? NONE : [w + 1, h + 1];
}

function lossless(bytes: Bytes): Sides {
  const bits = bytes.u32(21, true);
  return bytes.u8(20) !== 0x2f || bits === null ? NONE : [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
}

function lossy(bytes: Bytes): Sides {
  if (bytes.latin(23, 3) !== '\x9d\x01\x2a') return NONE;
  const [w, h] = [bytes.u16(26, true), bytes.u16(28, true)];
  return w === null || h === null ? NONE : [w & 0x3fff, h & 0x3fff];
}

/** Some programs also write JPEG's `Exif` mark here. */
const withoutMark = (exif: Uint8Array): Uint8Array =>
  Buffer.from(exif.subarray(0, 6)).toString('latin1') === EXIF_MARK ? exif.subarray(6) : exif;
