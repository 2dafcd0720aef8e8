import { NoPicture, type Bytes, type PictureFacts } from './facts.ts';

const MOST_CHUNKS = 100_000;

export const isWebp = (bytes: Bytes): boolean => bytes.latin(0, 4) === 'RIFF' && bytes.latin(8, 4) === 'WEBP';

/** Reads a WebP's chunks: lossy, lossless or extended (RFC 9649). Throws {@link NoPicture}. */
export function readWebp(bytes: Bytes): PictureFacts {
  const size = sizeOf(bytes);
  let exif: Uint8Array | null = null;
  let animated = false;
  for (let at = 12, nth = 0; nth < MOST_CHUNKS; nth++) {
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

function sizeOf(bytes: Bytes): { width: number; height: number } {
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

/** Some programs write JPEG's mark before EXIF here, too. */
const withoutMark = (exif: Uint8Array): Uint8Array =>
  Buffer.from(exif.subarray(0, 6)).toString('latin1') === 'Exif\0\0' ? exif.subarray(6) : exif;
