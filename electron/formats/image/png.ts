import { crc32, inflateSync } from 'node:zlib';
import { Bytes, NoPicture, type PictureFacts } from './facts.ts';

const SIGNATURE = '\x89PNG\r\n\x1a\n';
/** A 100-megapixel picture in pieces of 8 KiB has some 50,000. */
const MOST_CHUNKS = 200_000;
const MOST_TEXTS = 64;
/** Bytes of one text, packed or not: captions, no essays. */
const LONGEST_TEXT = 64 * 1024;

export const isPng = (bytes: Bytes): boolean => bytes.latin(0, 8) === SIGNATURE;

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
  let hasPixels = false;
  for (let at = 8, nth = 0; nth < MOST_CHUNKS; nth++) {
    const length = bytes.u32(at, false);
    if (length === null || length > 0x7fff_ffff) break;
    const type = bytes.latin(at + 4, 4);
    const data = bytes.slice(at + 8, length);
    if (type === 'IEND') {
      cut = false;
      break;
    }
    if (data.length < length) break;
    if (type === 'IDAT') hasPixels = true;
    if (type === 'acTL') animated = true;
    if (type === 'eXIf') exif ??= data;
    if (texts.size < MOST_TEXTS) addText(texts, type, new Bytes(data));
    at += length + 12;
  }
  if (!hasPixels) throw new NoPicture('DAMAGED', 'This PNG is cut off before its image data. Get a new copy.');
  return { format: 'PNG', width: width ?? 0, height: height ?? 0, exif, texts, animated, cut };
}

function addText(texts: Map<string, string>, type: string, data: Bytes): void {
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return;
  const end = data.all.subarray(0, 80).indexOf(0);
  if (end < 1) return;
  const keyword = data.latin(0, end);
  const text = textOf(type, data.all.subarray(end + 1));
  if (text !== null && !texts.has(keyword)) texts.set(keyword, text);
}

/** What follows the keyword of a text chunk; null where it cannot be read. */
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
    // Damaged or a bomb: a caption that cannot be read is none, and the picture is shown all the same.
    return null;
  }
}
