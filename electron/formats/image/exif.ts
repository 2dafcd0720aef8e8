import { Bytes } from './facts.ts';

/** How a stored image must be turned and mirrored to be upright: EXIF's Orientation, 1 (as it is) to 8. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** The EXIF fields that are useful for a source; null if absent. */
export interface Exif {
  readonly orientation: Orientation;
  readonly software: string | null;
  readonly artist: string | null;
  /** `2023:05:14 09:30:00` as EXIF writes it, local to `offset`. */
  readonly taken: string | null;
  /** `+08:00`. */
  readonly offset: string | null;
  /** Whether it states the place where the image was taken. */
  readonly hasPlace: boolean;
}

export const NO_EXIF: Exif = {
  orientation: 1,
  software: null,
  artist: null,
  taken: null,
  offset: null,
  hasPlace: false,
};

const ORIENTATION = 0x0112;
const SOFTWARE = 0x0131;
const ARTIST = 0x013b;
const EXIF_DIRECTORY = 0x8769;
const GPS_DIRECTORY = 0x8825;
const TAKEN = 0x9003;
const OFFSET_OF_TAKEN = 0x9011;

const ASCII = 2;
const SHORT = 3;
const LONG = 4;
/** Entries of one directory; cameras write about sixty. */
const MOST_ENTRIES = 1000;
const LONGEST = 4000;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Offset of its value, or of the offset to it: its last four bytes. */
  readonly at: number;
}

/** Parses EXIF (CIPA DC-008, a TIFF file). Unreadable fields count as absent; no offset is followed twice. */
export function readExif(tiff: Uint8Array): Exif {
  const bytes = new Bytes(tiff);
  const order = bytes.latin(0, 2);
  if (order !== 'II' && order !== 'MM') return NO_EXIF;
  const little = order === 'II';
  if (bytes.u16(2, little) !== 42) return NO_EXIF;
  const first = directory(bytes, little, bytes.u32(4, little));
  const number = (entry: Entry | undefined): number | null => {
    if (entry?.type === SHORT) return bytes.u16(entry.at, little);
    return entry?.type === LONG ? bytes.u32(entry.at, little) : null;
  };
  const text = (entry: Entry | undefined): string | null => {
    if (entry?.type !== ASCII || entry.count > LONGEST) return null;
    const at = entry.count <= 4 ? entry.at : bytes.u32(entry.at, little);
    return at === null ? null : decoded(bytes.slice(at, entry.count));
  };
  const inner = directory(bytes, little, number(first.get(EXIF_DIRECTORY)));
  return {
    orientation: orientationOf(number(first.get(ORIENTATION))),
    software: text(first.get(SOFTWARE)),
    artist: text(first.get(ARTIST)),
    taken: text(inner.get(TAKEN)),
    offset: text(inner.get(OFFSET_OF_TAKEN)),
    hasPlace: directory(bytes, little, number(first.get(GPS_DIRECTORY))).size > 1,
  };
}

function directory(bytes: Bytes, little: boolean, at: number | null): Map<number, Entry> {
  const entries = new Map<number, Entry>();
  const count = at === null ? null : bytes.u16(at, little);
  if (at === null || count === null) return entries;
  for (let nth = 0; nth < Math.min(count, MOST_ENTRIES); nth++) {
    const entry = at + 2 + 12 * nth;
    const [tag, type, values] = [bytes.u16(entry, little), bytes.u16(entry + 2, little), bytes.u32(entry + 4, little)];
    if (tag === null || type === null || values === null || bytes.u32(entry + 8, little) === null) break;
    if (!entries.has(tag)) entries.set(tag, { type, count: values, at: entry + 8 });
  }
  return entries;
}

/** Decodes a text: EXIF says ASCII, but programs write UTF-8. */
function decoded(bytes: Uint8Array): string | null {
  const end = bytes.indexOf(0);
  const text = new TextDecoder('utf-8').decode(end < 0 ? bytes : bytes.subarray(0, end)).trim();
  return text === '' ? null : text;
}

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
const orientationOf = (value: number | null): Orientation => ORIENTATIONS.find((one) => one === value) ?? 1;

/** Whether the image is stored on its side: its width is then the upright image's height. */
export const liesOnItsSide = (orientation: Orientation): boolean => orientation >= 5;
