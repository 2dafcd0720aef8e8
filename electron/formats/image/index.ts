import { readFileSync, statSync } from 'node:fs';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Area } from '../../../shared/model/index.ts';
import { ANIMATED } from '../../../shared/model/layer-notes.ts';
import type { Extraction } from '../extracted.ts';
import { toExtracted } from '../layer.ts';
import { liesOnItsSide, NO_EXIF, readExif } from './exif.ts';
import { Bytes, MAX_PIXELS, NoPicture, type PictureFacts } from './facts.ts';
import { detailsOf } from './details.ts';
import { isJpeg, readJpeg, isPng, readPng, isWebp, readWebp } from './headers.ts';
import { numbered } from '../../../shared/text/counted.ts';

/** Increased when a page's box would change: areas depend on it. */
const VERSION = '1';
const MAX_BYTES = 256 * 2 ** 20;
/** The most pixels of one side: JPEG's maximum, and more than any screenshot of a page. */
export const MAX_SIDE = 65_535;

/**
 * Reads a PNG, JPEG or WebP as one page without text. Its box is [0, 0, width, height] of the image **upright**, as every program
 * shows it: EXIF's orientation is applied (it can mirror, which a page's rotation can't), and the page's rotation is 0. So areas
 * are in visible pixels, from the lower left. Errors: UNSUPPORTED, DAMAGED, TOO_LARGE.
 */
export function readImage(path: string): Extraction {
  const { size } = statSync(path);
  if (size > MAX_BYTES) {
    const text = `This image has ${numbered(size)} bytes; Sourcebook reads up to ${numbered(MAX_BYTES)}.`;
    return fail('TOO_LARGE', `${text} Save it smaller, and add both.`, { bytes: size });
  }
  const facts = factsOf(new Bytes(readFileSync(path)));
  if (!facts.ok) return facts;
  const { width, height, format, animated, cut } = facts.value;
  const checked = sizeFault(width, height);
  if (checked !== null) return checked;
  const exif = facts.value.exif === null ? NO_EXIF : readExif(facts.value.exif);
  const details = detailsOf(facts.value, exif);
  const notes = [
    ...(cut ? [`This ${format} is cut off: its lower part may be missing.`] : []),
    ...(animated ? [ANIMATED] : []),
    ...(exif.orientation === 1 ? [] : ['Stored rotated or mirrored; shown upright, following its EXIF data.']),
    ...details.notes,
  ];
  const [across, down] = liesOnItsSide(exif.orientation) ? [height, width] : [width, height];
  const box: Area = [0, 0, across, down];
  const pages = [{ text: '', box, rotation: 0, failed: false, geometry: null }] as const;
  return ok(toExtracted({ engine: 'image', version: VERSION, notes, frozen: null, resources: [], pages }, details));
}

function factsOf(bytes: Bytes): Result<PictureFacts> {
  try {
    if (isPng(bytes)) return ok(readPng(bytes));
    if (isJpeg(bytes)) return ok(readJpeg(bytes));
    if (isWebp(bytes)) return ok(readWebp(bytes));
    return fail('UNSUPPORTED', 'This isn’t a PNG, JPEG or WebP image. Convert it to one of these.');
  } catch (thrown) {
    if (thrown instanceof NoPicture) return fail(thrown.code, thrown.message);
    throw thrown;
  }
}

function sizeFault(width: number, height: number): Result<never> | null {
  if (width < 1 || height < 1) return fail('DAMAGED', 'This image has no size. Get a new copy.');
  if (width * height <= MAX_PIXELS && Math.max(width, height) <= MAX_SIDE) return null;
  const limits = `Sourcebook shows up to ${numbered(MAX_PIXELS)} pixels and ${numbered(MAX_SIDE)} per side`;
  const message = `This image claims ${numbered(width)} × ${numbered(height)} pixels; ${limits}.`;
  return fail('TOO_LARGE', `${message} Save it smaller, and add both.`, { width, height });
}

/** The media type of an image by its first bytes; null for any other file. */
export function pictureType(head: Uint8Array): 'image/png' | 'image/jpeg' | 'image/webp' | null {
  const bytes = new Bytes(head);
  if (isPng(bytes)) return 'image/png';
  if (isJpeg(bytes)) return 'image/jpeg';
  return isWebp(bytes) ? 'image/webp' : null;
}
