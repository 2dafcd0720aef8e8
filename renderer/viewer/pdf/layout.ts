/** Zoom 1 is what readers call 100 %: a PDF point is 1/72 inch, a CSS pixel 1/96. */
export const PIXELS_PER_POINT = 96 / 72;
export const MIN_ZOOM = 0.5;
export const MAX_ZOOM = 4;

/** What the reader asked for: a fixed zoom, or one that follows the window. */
export type Zoom = { readonly fit: 'width' | 'page' } | { readonly fit: null; readonly zoom: number };

/** How pages lie beside each other; in `cover` the first stands alone, as a book's does. */
export type Spread = 'one' | 'two' | 'cover';

/** How far the reader has turned all pages, clockwise, in degrees. */
export type Turn = 0 | 90 | 180 | 270;

export interface Size {
  readonly width: number;
  readonly height: number;
}
/** A page's place in the scrolled sheet, CSS pixels. */
export interface PagePlace extends Size {
  readonly left: number;
  readonly top: number;
  /** The side on which its codes stand: right, but for the left page of a spread, whose right is another page. */
  readonly codes: 'left' | 'right';
}
/** Pages beside each other, as indexes, and what of the sheet they take. */
export interface Row {
  readonly first: number;
  readonly last: number;
  readonly top: number;
  readonly bottom: number;
}
export interface Sheet {
  readonly places: readonly PagePlace[];
  readonly rows: readonly Row[];
  readonly width: number;
  readonly height: number;
}
/** Room around pages, CSS pixels. `margin` is the column of codes beside the page, `between` what parts a spread. */
export interface Room {
  readonly gap: number;
  readonly margin: number;
  readonly between: number;
}
/** Which pages lie beside each other, and on which side the first of two lies. */
export interface Arrangement {
  readonly spread: Spread;
  readonly rightToLeft: boolean;
}

/** First and last index of the row that holds a page's index. */
export function rowOf(index: number, pages: number, spread: Spread): { first: number; last: number } {
  if (spread === 'one') return { first: index, last: index };
  const shift = spread === 'cover' ? 1 : 0;
  const first = index - ((index + shift) % 2);
  return { first: Math.max(0, first), last: Math.min(pages - 1, first + 1) };
}

/** The size a zoom fits: the page's, or that of a spread of two, which a cover alone has too. */
export function fittedSize(sizes: readonly Size[], index: number, spread: Spread): Size {
  const { first, last } = rowOf(index, sizes.length, spread);
  const [one, other] = [sizes[first] ?? { width: 1, height: 1 }, sizes[last] ?? { width: 1, height: 1 }];
  return spread === 'one' ? one : { width: one.width + other.width, height: Math.max(one.height, other.height) };
}

export const clampZoom = (zoom: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));

/** The zoom at which a page or spread (in points) fits the window; fitted zooms may go below {@link MIN_ZOOM} on small windows. */
export function zoomFor(zoom: Zoom, fitted: Size, viewport: Size, room: Room, spread: Spread): number {
  if (zoom.fit === null) return clampZoom(zoom.zoom);
  const beside = 2 * room.gap + (spread === 'one' ? room.margin : 2 * room.margin + room.between);
  const width = (viewport.width - beside) / (fitted.width * PIXELS_PER_POINT);
  const height = (viewport.height - 2 * room.gap) / (fitted.height * PIXELS_PER_POINT);
  const wanted = zoom.fit === 'width' ? width : Math.min(width, height);
  return Math.min(MAX_ZOOM, Math.max(0.1, Number.isFinite(wanted) ? wanted : 1));
}

/** Steps of the zoom buttons. */
const STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const;

export function zoomStep(zoom: number, larger: boolean): number {
  const near = 0.01;
  const next = larger ? STEPS.find((step) => step > zoom + near) : STEPS.findLast((step) => step < zoom - near);
  return next ?? (larger ? MAX_ZOOM : MIN_ZOOM);
}

/**
 * All pages, row below row. A page alone is centred in the window with its margin (a wider one goes beyond the window); the
 * two of a spread meet at one spine, and their codes stand on the outer sides. Sizes are points; they come from the text
 * layer, so that the whole sheet has its height before any page is painted.
 */
export function layOutPages(
  sizes: readonly Size[],
  zoom: number,
  viewport: Size,
  room: Room,
  arrangement: Arrangement,
): Sheet {
  const scale = zoom * PIXELS_PER_POINT;
  const own = sizes.map((size) => ({ width: Math.round(size.width * scale), height: Math.round(size.height * scale) }));
  const across =
    arrangement.spread === 'one' ? singles(own, viewport, room) : spreads(own, viewport, room, arrangement);
  const rows: Row[] = [];
  const places: PagePlace[] = [];
  let top = room.gap;
  for (let at = 0; at < own.length;) {
    const { first, last } = rowOf(at, own.length, arrangement.spread);
    const members = own.slice(first, last + 1);
    const height = members.reduce((most, size) => Math.max(most, size.height), 0);
    rows.push({ first, last, top, bottom: top + height });
    for (const [nth, size] of members.entries()) {
      const { left, codes } = across.place(first + nth, size.width);
      places.push({ ...size, left, codes, top: top + Math.round((height - size.height) / 2) });
    }
    top += height + room.gap;
    at = last + 1;
  }
  return { places, rows, width: across.width, height: top };
}

/** Where pages lie from left to right, and how wide the sheet is for it. */
interface Across {
  readonly width: number;
  place(index: number, width: number): Pick<PagePlace, 'left' | 'codes'>;
}

function singles(own: readonly Size[], viewport: Size, room: Room): Across {
  const widest = own.reduce((most, size) => Math.max(most, size.width), 0);
  return {
    width: Math.max(viewport.width, Math.ceil(widest + room.margin + 2 * room.gap)),
    place: (_, width) => ({
      left: Math.max(room.gap, Math.round((viewport.width - room.margin - width) / 2)),
      codes: 'right',
    }),
  };
}

function spreads(own: readonly Size[], viewport: Size, room: Room, { spread, rightToLeft }: Arrangement): Across {
  // Of a spread the first page lies where one begins to read; a cover is the second page of its own.
  const isSecond = (index: number): boolean => index % 2 === (spread === 'cover' ? 0 : 1);
  const isLeft = (index: number): boolean => isSecond(index) === rightToLeft;
  let [widestLeft, widestRight] = [0, 0];
  for (const [index, { width }] of own.entries()) {
    if (isLeft(index)) widestLeft = Math.max(widestLeft, width);
    else widestRight = Math.max(widestRight, width);
  }
  const half = room.between / 2;
  const side = room.gap + room.margin + half;
  const spine = Math.max(side + widestLeft, Math.round(viewport.width / 2));
  return {
    width: Math.max(viewport.width, spine + widestRight + side),
    place: (index, width) =>
      isLeft(index) ? { left: spine - half - width, codes: 'left' } : { left: spine + half, codes: 'right' },
  };
}

/** The row at a height of the sheet, or the first below it. */
export function rowAt(sheet: Sheet, y: number): Row | null {
  let low = 0;
  let high = sheet.rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sheet.rows[middle]?.bottom ?? 0) < y) low = middle + 1;
    else high = middle;
  }
  return sheet.rows[low] ?? null;
}

/** Indexes of the first and last page that touch `top` … `bottom` of the sheet. */
export function pagesBetween(sheet: Sheet, top: number, bottom: number): { first: number; last: number } {
  const first = rowAt(sheet, top);
  const below = rowAt(sheet, bottom);
  if (first === null || below === null) return { first: 0, last: 0 };
  return { first: first.first, last: below.top > bottom && below.first > first.first ? below.first - 1 : below.last };
}
