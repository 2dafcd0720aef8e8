import { NoPicture, type Bytes, type PictureFacts } from './facts.ts';

const EXIF = 'Exif\0\0';
const MOST_SEGMENTS = 10_000;
/** Markers without a length (ISO/IEC 10918-1, B.1.1.3). */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** Start of a frame; the three in between are tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Baseline, extended and progressive Huffman: no browser shows another. */
const isShown = (marker: number): boolean => marker <= 0xc2;

export const isJpeg = (bytes: Bytes): boolean => bytes.u8(0) === 0xff && bytes.u8(1) === 0xd8 && bytes.u8(2) === 0xff;

/** Reads a JPEG's segments up to its picture. Throws {@link NoPicture}. */
export function readJpeg(bytes: Bytes): PictureFacts {
  let size: { readonly width: number; readonly height: number } | null = null;
  let exif: Uint8Array | null = null;
  for (let at = 2, nth = 0; nth < MOST_SEGMENTS; nth++) {
    const marker = bytes.u8(at + 1);
    if (bytes.u8(at) !== 0xff || marker === null) break;
    // Any number of FF may stand before a marker.
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
    if (marker === 0xe1 && bytes.latin(at + 4, 6) === EXIF) exif ??= bytes.slice(at + 10, length - 8);
    if (marker === 0xda && size !== null) {
      const cut =
        Buffer.from(bytes.all.buffer, bytes.all.byteOffset, bytes.length).lastIndexOf('\xff\xd9', 'latin1') < at;
      return { format: 'JPEG', ...size, exif, texts: new Map(), animated: false, cut };
    }
    at += 2 + length;
  }
  throw new NoPicture('DAMAGED', 'This JPEG is cut off before its image data. Get a new copy.');
}

function frameSize(bytes: Bytes, at: number, marker: number): { width: number; height: number } {
  if (!isShown(marker))
    throw new NoPicture('UNSUPPORTED', 'This type of JPEG (lossless or arithmetic) can’t be shown. Convert it to PNG.');
  return { height: bytes.u16(at + 5, false) ?? 0, width: bytes.u16(at + 7, false) ?? 0 };
}
