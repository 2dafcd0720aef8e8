import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Area } from '../../../shared/model/index.ts';
import { readExif } from '../image/exif.ts';
import { Bytes, NoPicture } from '../image/facts.ts';
import { isJpeg, isPng, readJpeg, readPng } from '../image/headers.ts';
import { pngPixels } from '../image/png-pixels.ts';
import { type ByteSource, memorySource } from './byte-source.ts';
import type { PassageOnPage } from './passage-picture.ts';

/** The most pixels of an image that are unpacked for a picture of a passage: a PNG's are in memory three times. */
const MOST_PIXELS = { png: 25_000_000, jpeg: 60_000_000 };
/** Points. WIDEST: the widest page made of an image, as wide as paper. EACH: the size of one of its pixels, which is one pixel of the picture that is made. */
const WIDEST = 595;
const EACH = 72 / 150;

/** An image as the only page of a PDF, so that its passages are drawn, and its masks covered, as those of a PDF are. */
export interface PicturePage {
  readonly source: ByteSource;
  /** Places a passage, whose areas count in the image's own size, on that page. */
  readonly placed: (part: PassageOnPage) => PassageOnPage;
}

/**
 * Makes a page of an image’s bytes, upright as EXIF says. `size`: the width and height that its areas count in. UNSUPPORTED for a WebP, which nothing
 * here unpacks, and for a JPEG in four colours; DAMAGED; TOO_LARGE.
 */
export function pictureAsPage(bytes: Uint8Array, [across, down]: readonly [number, number]): Result<PicturePage> {
  const read = embedded(bytes);
  if (!read.ok) return read;
  const { says, data, orientation } = read.value;
  const scale = Math.min(EACH, WIDEST / across);
  const [width, height] = [across * scale, down * scale];
  const matrix = TURNED[orientation](width, height);
  const source = memorySource(pdfWith({ width, height, matrix, says, data }));
  const onPage = (areas: readonly Area[]): Area[] =>
    areas.map(([left, bottom, right, top]) => [left * scale, bottom * scale, right * scale, top * scale]);
  return ok({ source, placed: ({ page, boxes, masks }) => ({ page, boxes: onPage(boxes), masks: onPage(masks) }) });
}

type Orientation = ReturnType<typeof readExif>['orientation'];
type Matrix = readonly [number, number, number, number, number, number];

/** From the unit square of a stored image to the page, for each orientation of EXIF. */
const TURNED: Readonly<Record<Orientation, (width: number, height: number) => Matrix>> = {
  1: (w, h) => [w, 0, 0, h, 0, 0],
  2: (w, h) => [-w, 0, 0, h, w, 0],
  3: (w, h) => [-w, 0, 0, -h, w, h],
  4: (w, h) => [w, 0, 0, -h, 0, h],
  5: (w, h) => [0, -h, -w, 0, w, h],
  6: (w, h) => [0, -h, w, 0, 0, h],
  7: (w, h) => [0, h, w, 0, 0, 0],
  8: (w, h) => [0, h, -w, 0, w, 0],
};

interface Embedded {
  /** Entries of the image's dictionary. */
  readonly says: string;
  readonly data: Uint8Array;
  readonly orientation: Orientation;
}

function embedded(file: Uint8Array): Result<Embedded> {
  const bytes = new Bytes(file);
  try {
    if (isPng(bytes)) return ofPng(file, readPng(bytes).exif);
    if (isJpeg(bytes)) return ofJpeg(file, bytes);
  } catch (thrown) {
    if (thrown instanceof NoPicture) return fail(thrown.code, thrown.message);
    throw thrown;
  }
  return fail('UNSUPPORTED', 'images of this format aren’t drawn here');
}

const orientationOf = (exif: Uint8Array | null): Orientation => (exif === null ? 1 : readExif(exif).orientation);

function ofPng(file: Uint8Array, exif: Uint8Array | null): Result<Embedded> {
  const read = pngPixels(file, MOST_PIXELS.png);
  if (!read.ok) return read;
  const { width, height, rgb } = read.value;
  return ok({ says: imageOf(width, height, 3), data: rgb, orientation: orientationOf(exif) });
}

function ofJpeg(file: Uint8Array, bytes: Bytes): Result<Embedded> {
  const { width, height, exif, colours } = readJpeg(bytes);
  if (width * height > MOST_PIXELS.jpeg) return fail('TOO_LARGE', `it has ${width} × ${height} pixels`);
  if (colours !== 1 && colours !== 3) return fail('UNSUPPORTED', 'a JPEG in four colours isn’t drawn here');
  return ok({
    says: `${imageOf(width, height, colours)} /Filter /DCTDecode`,
    data: file,
    orientation: orientationOf(exif),
  });
}

const imageOf = (width: number, height: number, channels: number): string =>
  `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8 /ColorSpace /Device${channels === 1 ? 'Gray' : 'RGB'}`;

/** A number without an exponent, which PDF doesn’t have. */
const number = (value: number): string => value.toFixed(4);

function pdfWith({
  width,
  height,
  matrix,
  says,
  data,
}: Pick<Embedded, 'says' | 'data'> & {
  readonly width: number;
  readonly height: number;
  readonly matrix: Matrix;
}): Uint8Array {
  const pieces: Uint8Array[] = [];
  const offsets: number[] = [];
  let at = 0;
  const put = (bytes: Uint8Array): void => {
    pieces.push(bytes);
    at += bytes.length;
  };
  const text = (words: string): void => put(Buffer.from(words, 'latin1'));
  const object = (dictionary: string, stream?: Uint8Array): void => {
    offsets.push(at);
    const length = stream === undefined ? '' : ` /Length ${stream.length}`;
    text(`${offsets.length} 0 obj\n<< ${dictionary}${length} >>\n`);
    if (stream !== undefined) {
      text('stream\n');
      put(stream);
      text('\nendstream\n');
    }
    text('endobj\n');
  };
  text('%PDF-1.7\n');
  object('/Type /Catalog /Pages 2 0 R');
  object('/Type /Pages /Count 1 /Kids [3 0 R]');
  const box = `/MediaBox [0 0 ${number(width)} ${number(height)}]`;
  object(`/Type /Page /Parent 2 0 R ${box} /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R`);
  object('', Buffer.from(`q ${matrix.map(number).join(' ')} cm /I Do Q`, 'latin1'));
  object(says, data);
  const start = at;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text(`xref\n0 6\n0000000000 65535 f \n${entries}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.concat(pieces);
}
