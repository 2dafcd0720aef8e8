import { readFileSync, statSync } from 'node:fs';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Area } from '../../../shared/model/index.ts';
import { ANIMATED, fileMadeOn } from '../../../shared/model/layer-notes.ts';
import type { Extraction } from '../extracted.ts';
import { toExtracted, type FileDetails } from '../layer.ts';
import { liesOnItsSide, NO_EXIF, readExif, type Exif } from './exif.ts';
import { Bytes, MAX_PIXELS, NoPicture, type PictureFacts } from './facts.ts';
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

const MARKS = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * The details that an image's metadata gives, and notes. The time it was taken is the time of capture; without a time zone only
 * the date is used. When the file was made is a note, as with PDFs. Locations are never taken over, since they would be published
 * with the details.
 */
function detailsOf({ texts }: PictureFacts, exif: Exif): FileDetails & { readonly notes: readonly string[] } {
  const prefilled: Record<string, string> = {};
  const notes: string[] = [];
  const take = (
    field: string,
    limit: number,
    ...choices: readonly (readonly [string | null | undefined, string])[]
  ) => {
    for (const [value, from] of choices) {
      const plain = clean(value ?? '', limit);
      if (plain === null) continue;
      prefilled[field] = from;
      return plain;
    }
    return null;
  };
  const title = take('title', 2000, [texts.get('Title'), 'PNG text, Title']);
  const author = take('author', 1000, [texts.get('Author'), 'PNG text, Author'], [exif.artist, 'EXIF, Artist']);
  const tool = take(
    'captureTool',
    400,
    [exif.software, 'EXIF, Software'],
    [texts.get('Software'), 'PNG text, Software'],
  );
  const taken = momentOf(exif.taken);
  const zone = /^[+-]\d\d:\d\d$/.exec(exif.offset ?? '')?.[0] ?? null;
  const time = taken === null || zone === null ? null : `${taken.day}T${taken.time}${zone}`;
  if (time !== null) prefilled['captureTime'] = 'EXIF, DateTimeOriginal';
  if (taken !== null) prefilled['dateOfCapture'] = 'EXIF, DateTimeOriginal';
  if (taken !== null && zone === null)
    notes.push(`The image says it was taken on ${taken.day} at ${taken.time}, with no time zone.`);
  if (exif.hasPlace)
    notes.push('The image includes the location where it was taken (GPS). This wasn’t added to the details.');
  const made = clean(texts.get('Creation Time') ?? '', 80);
  if (made !== null) notes.push(fileMadeOn(made));
  return {
    record: {
      ...(title !== null && { title }),
      ...(author !== null && { author }),
      ...(taken !== null && { dateOfCapture: { edtf: taken.day, implied: false } }),
      ...((time !== null || tool !== null) && {
        capture: { ...(time !== null && { time }), ...(tool !== null && { tool }) },
      }),
    },
    prefilled,
    notes,
  };
}

/** The text without control characters and direction marks, which could disguise a name; null if nothing is left. */
function clean(text: string, limit: number): string | null {
  const plain = text.toWellFormed().replace(MARKS, ' ').replace(/\s+/g, ' ').trim().slice(0, limit).toWellFormed();
  return plain === '' ? null : plain;
}

/** Parses EXIF's `2023:05:14 09:30:00`; null if there is no such day. Cameras whose clock was never set write zeros. */
function momentOf(written: string | null): { readonly day: string; readonly time: string } | null {
  const [, year, month, day, time] = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(written ?? '') ?? [];
  if (year === undefined || month === undefined || day === undefined || time === undefined) return null;
  const iso = `${year}-${month}-${day}`;
  const parsed = new Date(`${iso}T${time}Z`);
  const isReal =
    !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(`${iso}T${time}`) && year !== '0000';
  return isReal ? { day: iso, time } : null;
}
