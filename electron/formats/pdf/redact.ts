import { rmSync } from 'node:fs';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Area } from '../../../shared/model/index.ts';
import type { ByteSource } from './byte-source.ts';
import type { PagePlace } from './document.ts';
import { type Shown, shownBox, type Surface, withSurface } from './drawing.ts';
import { ImageDocument, type PicturePage } from './image-document.ts';
import type { Pdfium } from './pdfium.ts';
import { type Progress, withDocument } from './pdfium-text.ts';

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
