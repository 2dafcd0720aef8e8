import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Area } from '../../../shared/model/index.ts';
import { pngOf } from '../image/png.ts';
import type { ByteSource } from './byte-source.ts';
import type { PagePlace } from './document.ts';
import { type Shown, shownBox, type Surface, withSurface } from './drawing.ts';
import type { Pdfium } from './pdfium.ts';
import { withDocument } from './pdfium-text.ts';
import { cover, picked, upright } from './redact.ts';

/** A passage on one page (1 is the first), with its boxes in the page’s own coordinates. */
export interface PassageOnPage {
  readonly page: number;
  readonly boxes: readonly Area[];
  /** Areas that must not be seen: they are painted black before the picture is made. */
  readonly masks: readonly Area[];
}

/** A strip of a page with a passage outlined. */
export interface PassagePicture {
  readonly png: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly page: number;
  /** The number of pages of the document. */
  readonly pages: number;
}

/** Pixels for each point: 150 an inch. */
const SCALE = 150 / 72;
/** Points above and below the passage that are shown. */
const AROUND = 48;
/** The most points of height that are shown: the rest of a longer passage is not in its picture. */
const MOST = 560;
/** Points of space around each box (AIR), and pixels of the width of its frame (LINE). */
const AIR = 1;
const LINE = 2;

/**
 * Draws the part of each page that a passage is on, as wide as the page, with the passage outlined. What is drawn is what a person sees there.
 * BAD_INPUT for a page that the file doesn’t have; DAMAGED for one that can’t be drawn; else as for reading.
 */
export function passagePictures(
  pdfium: Pdfium,
  source: ByteSource,
  passwords: readonly string[],
  parts: readonly PassageOnPage[],
): Result<PassagePicture[]> {
  return withDocument(pdfium, source, passwords, (document) => {
    const made: PassagePicture[] = [];
    for (const { page, boxes, masks } of parts) {
      if (page < 1 || page > document.pages || boxes.length === 0)
        return fail('BAD_INPUT', `A passage is on page ${page}, which this PDF doesn’t have.`, { page });
      const drawn = document.withPage(page - 1, (handle, place) => pictureOf(pdfium, handle, place, { boxes, masks }));
      if (drawn === null) return fail('DAMAGED', `Page ${page} of this PDF can’t be drawn.`, { page });
      made.push({ ...drawn, page, pages: document.pages });
    }
    return ok(made);
  });
}

function pictureOf(
  pdfium: Pdfium,
  page: number,
  place: PagePlace,
  { boxes, masks }: Pick<PassageOnPage, 'boxes' | 'masks'>,
): Pick<PassagePicture, 'png' | 'width' | 'height'> {
  const [, , width, height] = shownBox(place.box, place);
  const shown = boxes.map((box) => shownBox(box, place));
  const first = Math.min(...shown.map(([, top]) => top));
  const last = Math.max(...shown.map(([, , , bottom]) => bottom));
  const top = Math.min(Math.max(0, first - AROUND), height - 1);
  const bottom = Math.max(top + 1, Math.min(height, last + AROUND, top + MOST));
  const area: Shown = [0, top, width, bottom];
  return withSurface(pdfium, page, { area, scale: SCALE, annotations: true }, (surface) => {
    for (const mask of masks) {
      const [left, above, right, below] = shownBox(upright(mask), place);
      cover(surface, [left, above - top, right, below - top]);
    }
    for (const box of shown) outline(surface, box, top);
    const picture = picked(surface);
    return { png: pngOf(picture), width: picture.width, height: picture.height };
  });
}

/** Draws a frame around a box, in black and outside of it, so that no letter is covered. */
function outline(
  { scale, width, height, stride, pixels }: Surface,
  [left, top, right, bottom]: Shown,
  above: number,
): void {
  const within = (edge: number, most: number): number => Math.min(most, Math.max(0, Math.round(edge)));
  const [x0, x1] = [within((left - AIR) * scale, width - 1), within((right + AIR) * scale, width - 1)];
  const [y0, y1] = [
    within((top - above - AIR) * scale, height - 1),
    within((bottom - above + AIR) * scale, height - 1),
  ];
  const fill = (x: number, y: number): void => {
    if (x >= 0 && x < width && y >= 0 && y < height) pixels.fill(0, y * stride + x * 4, y * stride + x * 4 + 3);
  };
  for (let wide = 0; wide < LINE; wide++) {
    for (let x = x0 - wide; x <= x1 + wide; x++) {
      fill(x, y0 - wide);
      fill(x, y1 + wide);
    }
    for (let y = y0 - wide; y <= y1 + wide; y++) {
      fill(x0 - wide, y);
      fill(x1 + wide, y);
    }
  }
}
