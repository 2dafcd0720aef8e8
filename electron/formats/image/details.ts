import { fileMadeOn } from '../../../shared/model/layer-notes.ts';
import type { FileDetails } from '../layer.ts';
import type { Exif } from './exif.ts';
import type { PictureFacts } from './facts.ts';

const MARKS = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * The details that an image's metadata gives, and notes. The time it was taken is the time of capture; without a time zone only
 * the date is used. When the file was made is a note, as with PDFs. Locations are never taken over, since they would be published
 * with the details.
 */
export function detailsOf({ texts }: PictureFacts, exif: Exif): FileDetails & { readonly notes: readonly string[] } {
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
