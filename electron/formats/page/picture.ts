import type { Area } from '../../../shared/model/index.ts';
import type { Extracted } from '../extracted.ts';
import { Bytes, NoPicture } from '../image/facts.ts';
import { isPng, readPng } from '../image/headers.ts';
import { toExtracted } from '../layer.ts';
import { hashOf } from './resources.ts';

/** Increased when a screenshot's box would change: areas depend on it. */
const PICTURE_VERSION = '1';
const MAX_SIDE = 16_384;

/** A screenshot taken by a window. */
export interface TakenPicture {
  /** Base64. */
  readonly png: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Height of the whole page, of which this is the upper part. */
  readonly pageHeight: number;
}

/**
 * A page's screenshot as a layer of its own: one page of its size without text, and the PNG as its only resource. Null if it
 * is not a valid PNG of the stated size.
 */
export function pictureLayer({ png, width, height, pageHeight }: TakenPicture): Extracted | null {
  const bytes = new Uint8Array(Buffer.from(png, 'base64'));
  if (width > MAX_SIDE || height > MAX_SIDE || !isWholePng(bytes, width, height)) return null;
  const hash = hashOf(bytes);
  const notes =
    pageHeight > height ? [`The page is ${pageHeight} pixels high; the screenshot shows the top ${height}.`] : [];
  const box: Area = [0, 0, width, height];
  const layer = toExtracted(
    {
      engine: 'picture',
      version: PICTURE_VERSION,
      notes,
      frozen: null,
      resources: [hash],
      pages: [{ text: '', box, rotation: 0, failed: false, geometry: null }],
    },
    { record: {}, prefilled: {} },
  );
  // There is no text to tell one screenshot from another.
  return { ...layer, textSha256: hash, resources: [bytes] };
}

function isWholePng(png: Uint8Array, width: number, height: number): boolean {
  const bytes = new Bytes(png);
  if (!isPng(bytes)) return false;
  try {
    const facts = readPng(bytes);
    return facts.width === width && facts.height === height && !facts.cut && !facts.animated;
  } catch (thrown) {
    if (thrown instanceof NoPicture) return false;
    throw thrown;
  }
}
