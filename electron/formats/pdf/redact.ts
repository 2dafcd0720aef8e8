import { rmSync, closeSync, openSync, writeSync } from 'node:fs';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Area } from '../../../shared/model/index.ts';
import type { ByteSource } from './byte-source.ts';
import type { PagePlace } from './document.ts';
import { type Shown, shownBox, type Surface, withSurface } from './drawing.ts';
import type { Pdfium } from './pdfium.ts';
import { type Progress, withDocument } from './pdfium-text.ts';
import { deflateSync } from 'node:zlib';
import { filtered } from '../image/png.ts';

/** What is covered on a page (from 1), in the page’s own space. */
export interface PageMask {
  readonly page: number;
  readonly areas: readonly Area[];
}

export interface Redacted {
  readonly pages: number;
  /** Pages (from 1) that can’t be drawn: they are empty in the new file. None of them has a mask. */
  readonly empty: readonly number[];
  readonly bytes: number;
}

/** Pixels for each point: 200 an inch. */
const SCALE = 200 / 72;
/** Points added around a mask: letters reach over the edges of their boxes. */
const MARGIN = 1;

/**
 * Writes a new PDF to `to`, which must not exist, in which nothing under a mask is left: every page is drawn, its masks are painted
 * black, and the picture is all that the new page has. Nothing of the old file is copied, so none of its text, details, outlines,
 * attachments, form fields, earlier versions or tags can be in the new one; pages without a mask lose their text too. What is drawn is what
 * a person sees, with the annotations that are shown on the page.
 *
 * BAD_INPUT for a mask on a page that the file doesn’t have, or with an area that is none; DAMAGED if a page with a mask can’t be drawn;
 * else as for reading. Then there is no file.
 */
export function redactPdf(
  pdfium: Pdfium,
  source: ByteSource,
  {
    to,
    masks,
    passwords,
  }: { readonly to: string; readonly masks: readonly PageMask[]; readonly passwords: readonly string[] },
  onProgress: Progress,
): Result<Redacted> {
  return withDocument(pdfium, source, passwords, (document) => {
    const byPage = new Map<number, Area[]>();
    for (const { page, areas } of masks) {
      const isOnPage = Number.isInteger(page) && page >= 1 && page <= document.pages;
      if (!isOnPage) return fail('BAD_INPUT', `A mask is on page ${page}, which this PDF doesn’t have.`, { page });
      if (!areas.every((area) => area.every(Number.isFinite)))
        return fail('BAD_INPUT', `A mask on page ${page} has no area. Draw it again.`, { page });
      byPage.set(page, [...(byPage.get(page) ?? []), ...areas]);
    }
    const made = new ImageDocument(to);
    let isWhole = false;
    try {
      const empty: number[] = [];
      for (let page = 1; page <= document.pages; page++) {
        const areas = byPage.get(page) ?? [];
        const drawn = document.withPage(page - 1, (handle, place) => pictureOf(pdfium, handle, place, areas));
        if (drawn === null && areas.length > 0)
          return fail('DAMAGED', `Page ${page} has a mask and can’t be drawn, so no redacted file was made.`, { page });
        if (drawn === null) empty.push(page);
        made.add(drawn ?? { width: 612, height: 792, picture: null });
        onProgress({ done: page, total: document.pages });
      }
      const bytes = made.end();
      isWhole = true;
      return ok({ pages: document.pages, empty, bytes });
    } finally {
      made.close();
      if (!isWhole) rmSync(to, { force: true });
    }
  });
}

function pictureOf(pdfium: Pdfium, page: number, place: PagePlace, areas: readonly Area[]): PicturePage {
  const whole = shownBox(place.box, place);
  const [, , width, height] = whole;
  const picture = withSurface(pdfium, page, { area: whole, scale: SCALE, annotations: true }, (surface) => {
    for (const area of areas) cover(surface, shownBox(upright(area), place));
    return picked(surface);
  });
  return { width, height, picture };
}

export const upright = ([x0, y0, x1, y1]: Area): Area => [
  Math.min(x0, x1),
  Math.min(y0, y1),
  Math.max(x0, x1),
  Math.max(y0, y1),
];

/** Paints a box of the page black, with every pixel that it touches. */
export function cover({ scale, width, height, stride, pixels }: Surface, [left, top, right, bottom]: Shown): void {
  const within = (edge: number, most: number): number => Math.min(most, Math.max(0, edge));
  const from = within(Math.floor((left - MARGIN) * scale), width);
  const to = within(Math.ceil((right + MARGIN) * scale), width);
  const last = within(Math.ceil((bottom + MARGIN) * scale), height);
  for (let y = within(Math.floor((top - MARGIN) * scale), height); y < last; y++)
    pixels.fill(0, y * stride + from * 4, y * stride + to * 4);
}

/** The pixels of a surface, in grey if all of them are. */
export function picked({ width, height, stride, pixels }: Surface): NonNullable<PicturePage['picture']> {
  const channels = isGrey({ width, height, stride, pixels }) ? 1 : 3;
  const samples = new Uint8Array(width * height * channels);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let from = y * stride; from < y * stride + width * 4; from += 4) {
      if (channels === 3) {
        samples[at++] = pixels[from + 2] ?? 0;
        samples[at++] = pixels[from + 1] ?? 0;
      }
      samples[at++] = pixels[from] ?? 0;
    }
  }
  return { width, height, channels, samples };
}

function isGrey({ width, height, stride, pixels }: Omit<Surface, 'scale'>): boolean {
  for (let y = 0; y < height; y++)
    for (let at = y * stride; at < y * stride + width * 4; at += 4)
      if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  return true;
}

/** A page that is one picture. */
interface PicturePage {
  /** Points. */
  readonly width: number;
  readonly height: number;
  readonly picture: {
    /** Pixels. */
    readonly width: number;
    readonly height: number;
    /** Of each pixel: grey, or red, green and blue. */
    readonly channels: 1 | 3;
    /** Row by row from the top. */
    readonly samples: Uint8Array;
  } | null;
}

const CATALOGUE = 1;
const PAGES = 2;

/**
 * Writes a new PDF of pictures, page by page, which has nothing else: no text, no details, no date, no id. The pictures are compressed
 * without loss. Throws file-system errors; `path` must not exist.
 */
class ImageDocument {
  private readonly file: number;
  private readonly offsets: number[] = [];
  private readonly pages: number[] = [];
  private next = PAGES + 1;
  private at = 0;

  constructor(path: string) {
    this.file = openSync(path, 'wx', 0o600);
    this.write('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n');
  }

  add({ width, height, picture }: PicturePage): void {
    const [page, contents, image] = [this.next, this.next + 1, this.next + 2];
    this.next += picture === null ? 1 : 3;
    const [x, y] = [length(width), length(height)];
    const box = `/Type /Page /Parent ${PAGES} 0 R /MediaBox [0 0 ${x} ${y}]`;
    this.pages.push(page);
    if (picture === null) return this.object(page, `<< ${box} >>`);
    this.object(page, `<< ${box} /Resources << /XObject << /I ${image} 0 R >> >> /Contents ${contents} 0 R >>`);
    this.stream(contents, '', Buffer.from(`q ${x} 0 0 ${y} 0 0 cm /I Do Q`, 'latin1'));
    const { channels, samples } = picture;
    const says = [
      `/Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /BitsPerComponent 8`,
      `/ColorSpace /Device${channels === 1 ? 'Gray' : 'RGB'} /Filter /FlateDecode`,
      `/DecodeParms << /Predictor 15 /Colors ${channels} /BitsPerComponent 8 /Columns ${picture.width} >>`,
    ];
    this.stream(image, says.join(' '), deflateSync(filtered(samples, picture.width * channels)));
  }

  /** The bytes written. Nothing can be added afterwards. */
  end(): number {
    this.object(CATALOGUE, `<< /Type /Catalog /Pages ${PAGES} 0 R >>`);
    const kids = this.pages.map((page) => `${page} 0 R`).join(' ');
    this.object(PAGES, `<< /Type /Pages /Count ${this.pages.length} /Kids [${kids}] >>`);
    const start = this.at;
    const size = this.offsets.length;
    this.write(`xref\n0 ${size}\n0000000000 65535 f \n`);
    for (let number = 1; number < size; number++)
      this.write(`${String(this.offsets[number] ?? 0).padStart(10, '0')} 00000 n \n`);
    this.write(`trailer\n<< /Size ${size} /Root ${CATALOGUE} 0 R >>\nstartxref\n${start}\n%%EOF\n`);
    return this.at;
  }

  close(): void {
    closeSync(this.file);
  }

  private object(number: number, body: string): void {
    this.offsets[number] = this.at;
    this.write(`${number} 0 obj\n${body}\nendobj\n`);
  }

  private stream(number: number, says: string, bytes: Uint8Array): void {
    this.offsets[number] = this.at;
    this.write(`${number} 0 obj\n<< ${says} /Length ${bytes.length} >>\nstream\n`);
    this.put(bytes);
    this.write('\nendstream\nendobj\n');
  }

  private write(text: string): void {
    this.put(Buffer.from(text, 'latin1'));
  }

  private put(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) done += writeSync(this.file, bytes, done);
    this.at += bytes.length;
  }
}

/** Points with at most three digits after the point, never with an exponent. */
const length = (points: number): string => String(Number(points.toFixed(3)));
