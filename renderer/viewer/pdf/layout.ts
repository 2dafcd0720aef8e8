/** Zoom 1 is what readers call 100 %: a PDF point is 1/72 inch, a CSS pixel 1/96. */
export const PIXELS_PER_POINT = 96 / 72;
export const MIN_ZOOM = 0.5;
export const MAX_ZOOM = 4;

/** What the reader asked for: a fixed zoom, or one that follows the window. */
export type Zoom = { readonly fit: 'width' | 'page' } | { readonly fit: null; readonly zoom: number };

export interface Size {
  readonly width: number;
  readonly height: number;
}
/** A page's place in the scrolled sheet, CSS pixels. */
export interface PagePlace extends Size {
  readonly left: number;
  readonly top: number;
}
export interface Sheet {
  readonly places: readonly PagePlace[];
  readonly width: number;
  readonly height: number;
}
/** Room around pages, CSS pixels. `margin` is the column of codes to the right of the page. */
export interface Room {
  readonly gap: number;
  readonly margin: number;
}

export const clampZoom = (zoom: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));

/** The zoom at which the page (in points) fits the window; fitted zooms may go below {@link MIN_ZOOM} on small windows. */
export function zoomFor(zoom: Zoom, page: Size, viewport: Size, room: Room): number {
  if (zoom.fit === null) return clampZoom(zoom.zoom);
  const width = (viewport.width - 2 * room.gap - room.margin) / (page.width * PIXELS_PER_POINT);
  const height = (viewport.height - 2 * room.gap) / (page.height * PIXELS_PER_POINT);
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
 * All pages one below the other, each centred in the window with its margin (a wider one goes beyond the window). Sizes are points; they come from the text layer,
 * so that the whole sheet has its height before any page is painted.
 */
export function layOutPages(sizes: readonly Size[], zoom: number, viewport: Size, room: Room): Sheet {
  const scale = zoom * PIXELS_PER_POINT;
  const widest = sizes.reduce((most, size) => Math.max(most, size.width), 0) * scale;
  const width = Math.max(viewport.width, Math.ceil(widest + room.margin + 2 * room.gap));
  let top = room.gap;
  const places = sizes.map((size) => {
    const own = { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
    const place = { ...own, top, left: Math.max(room.gap, Math.round((viewport.width - room.margin - own.width) / 2)) };
    top += own.height + room.gap;
    return place;
  });
  return { places, width, height: top };
}

/** Indexes of the first and last page that touch `top` … `bottom` of the sheet. */
export function pagesBetween(sheet: Sheet, top: number, bottom: number): { first: number; last: number } {
  let low = 0;
  let high = sheet.places.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const place = sheet.places[middle];
    if (place !== undefined && place.top + place.height < top) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last + 1 < sheet.places.length && (sheet.places[last + 1]?.top ?? Infinity) <= bottom) last++;
  return { first: low, last };
}
