/** Zoom 1 is 100%: a PDF point is 1/72 inch, a CSS pixel 1/96. */
export const PIXELS_PER_POINT = 96 / 72;

/** A page’s unit of measure, and its zoom limits. */
export interface PageUnit {
  /** CSS pixels per unit at 100%. */
  readonly pixels: number;
  readonly least: number;
  readonly most: number;
  /** Limits of a zoom that fits the window, which can be below `least` in a small one. */
  readonly leastFitted: number;
  readonly mostFitted: number;
  /** Areas are whole units, at least one. */
  readonly isWhole: boolean;
}
export const POINTS: PageUnit = {
  pixels: PIXELS_PER_POINT,
  least: 0.5,
  most: 4,
  leastFitted: 0.1,
  mostFitted: 4,
  isWhole: false,
};
/** An image’s own pixels: photographs are larger than any window, and a smaller one is not enlarged to fit. */
export const IMAGE_PIXELS: PageUnit = {
  pixels: 1,
  least: 0.05,
  most: 8,
  leastFitted: 0.01,
  mostFitted: 1,
  isWhole: true,
};

/** The chosen zoom: a fixed one, or one that fits the window. */
export type Zoom = { readonly fit: 'width' | 'page' } | { readonly fit: null; readonly zoom: number };

/** How pages are arranged; in `cover` the first is alone, as in a book. */
export type Spread = 'one' | 'two' | 'cover';

/** Rotation of all pages by the reader, clockwise, in degrees. */
export type Turn = 0 | 90 | 180 | 270;

export interface Size {
  readonly width: number;
  readonly height: number;
}
/** A page’s place in the scrolled sheet, CSS pixels. */
export interface PagePlace extends Size {
  readonly left: number;
  readonly top: number;
  /** Where its codes are: on the right, except for the left page of a spread. */
  readonly codes: 'left' | 'right';
}
/** Pages beside each other, as indexes, and their extent on the sheet. */
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
/**
 * Space around pages, CSS pixels. `margin` is the column of codes beside a page, `between` separates the pages of a
 * spread.
 */
export interface Spacing {
  readonly gap: number;
  readonly margin: number;
  readonly between: number;
}
/** Which pages are beside each other, and whether the first of them is on the right. */
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

/** The size that a zoom fits: the page’s, or that of a spread of two, used for a cover alone too. */
export function fittedSize(sizes: readonly Size[], index: number, spread: Spread): Size {
  const { first, last } = rowOf(index, sizes.length, spread);
  const [one, other] = [sizes[first] ?? { width: 1, height: 1 }, sizes[last] ?? { width: 1, height: 1 }];
  return spread === 'one' ? one : { width: one.width + other.width, height: Math.max(one.height, other.height) };
}

const within = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/** The zoom to show: the fixed one within its limits, or that at which a page or spread (in its own units) fits. */
export function zoomFor(
  zoom: Zoom,
  fitted: Size,
  viewport: Size,
  spacing: Spacing,
  spread: Spread,
  unit: PageUnit = POINTS,
): number {
  if (zoom.fit === null) return within(unit.least, zoom.zoom, unit.most);
  const beside = 2 * spacing.gap + (spread === 'one' ? spacing.margin : 2 * spacing.margin + spacing.between);
  const width = (viewport.width - beside) / (fitted.width * unit.pixels);
  const height = (viewport.height - 2 * spacing.gap) / (fitted.height * unit.pixels);
  const wanted = zoom.fit === 'width' ? width : Math.min(width, height);
  return within(unit.leastFitted, Number.isFinite(wanted) ? wanted : 1, unit.mostFitted);
}

/** Steps of the zoom buttons. */
const STEPS = [
  0.05, 0.1, 0.15, 0.2, 0.25, 0.33, 0.4, 0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 6, 8,
] as const;

/** The next larger or smaller step of the zoom. */
export function zoomStep(zoom: number, larger: boolean, unit: PageUnit = POINTS): number {
  const near = 0.01;
  const next = larger ? STEPS.find((step) => step > zoom + near) : STEPS.findLast((step) => step < zoom - near);
  return within(unit.least, next ?? zoom, unit.most);
}

/**
 * Lays out all pages in rows. A single page is centred in the window with its margin (a wider one extends beyond it);
 * the pages of a spread meet at one spine, with codes on the outer sides. Sizes are in their own units and come from
 * the text layer, so that the sheet has its full height before anything is painted.
 */
export function layOutPages(
  sizes: readonly Size[],
  zoom: number,
  viewport: Size,
  spacing: Spacing,
  arrangement: Arrangement,
  unit: PageUnit = POINTS,
): Sheet {
  const scale = zoom * unit.pixels;
  const own = sizes.map((size) => ({ width: Math.round(size.width * scale), height: Math.round(size.height * scale) }));
  const across =
    arrangement.spread === 'one' ? singles(own, viewport, spacing) : spreads(own, viewport, spacing, arrangement);
  const rows: Row[] = [];
  const places: PagePlace[] = [];
  let top = spacing.gap;
  for (let at = 0; at < own.length;) {
    const { first, last } = rowOf(at, own.length, arrangement.spread);
    const members = own.slice(first, last + 1);
    const height = members.reduce((most, size) => Math.max(most, size.height), 0);
    rows.push({ first, last, top, bottom: top + height });
    for (const [nth, size] of members.entries()) {
      const { left, codes } = across.place(first + nth, size.width);
      places.push({ ...size, left, codes, top: top + Math.round((height - size.height) / 2) });
    }
    top += height + spacing.gap;
    at = last + 1;
  }
  return { places, rows, width: across.width, height: top };
}

/** Horizontal places of pages, and the width of the sheet. */
interface Across {
  readonly width: number;
  place(index: number, width: number): Pick<PagePlace, 'left' | 'codes'>;
}

function singles(own: readonly Size[], viewport: Size, spacing: Spacing): Across {
  const widest = own.reduce((most, size) => Math.max(most, size.width), 0);
  return {
    width: Math.max(viewport.width, Math.ceil(widest + spacing.margin + 2 * spacing.gap)),
    place: (_, width) => ({
      left: Math.max(spacing.gap, Math.round((viewport.width - spacing.margin - width) / 2)),
      codes: 'right',
    }),
  };
}

function spreads(own: readonly Size[], viewport: Size, spacing: Spacing, { spread, rightToLeft }: Arrangement): Across {
  // The first page of a spread is on the side where reading begins; a cover is a second page.
  const isSecond = (index: number): boolean => index % 2 === (spread === 'cover' ? 0 : 1);
  const isLeft = (index: number): boolean => isSecond(index) === rightToLeft;
  let [widestLeft, widestRight] = [0, 0];
  for (const [index, { width }] of own.entries()) {
    if (isLeft(index)) widestLeft = Math.max(widestLeft, width);
    else widestRight = Math.max(widestRight, width);
  }
  const half = spacing.between / 2;
  const outer = spacing.gap + spacing.margin + half;
  const spine = Math.max(outer + widestLeft, Math.round(viewport.width / 2));
  return {
    width: Math.max(viewport.width, spine + widestRight + outer),
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
