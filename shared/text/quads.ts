import type { Quad } from '../model/index.ts';
import type { PageGeometry, TextRun } from './page-geometry.ts';

/** A range of a run’s axis with the extent across it: a rectangle before it is rotated to its place on the page. */
interface Strip {
  along: [number, number];
  across: [number, number];
  readonly axisX: number;
  readonly axisY: number;
  /** The last run it covers a part of. */
  run: TextRun;
}

/**
 * The quadrilaterals that cover the units `start` to `end` (exclusive) of a page’s text, in PDF user space and text
 * order; adjacent pieces of a line are one quad. Empty if the span has no place on the page. Anchors store these, and the
 * reader draws with the same function, so that both agree.
 */
export function quadsOf(geometry: PageGeometry, start: number, end: number): Quad[] {
  const strips: Strip[] = [];
  const { runs } = geometry;
  for (let at = firstEndingAfter(runs, start); at < runs.length; at++) {
    const run = runs[at];
    if (run === undefined || run.start >= end) break;
    const from = Math.max(start, run.start);
    const to = Math.min(end, run.end);
    if (from >= to) continue;
    const along = extentAlong(geometry, from, to);
    if (along[1] <= along[0]) continue;
    const last = strips.at(-1);
    if (last !== undefined && touches(last, run, along) && isClear(geometry, last, run, along, start, end))
      grow(last, run, along);
    else strips.push({ along, across: [run.acrossMin, run.acrossMax], axisX: run.axisX, axisY: run.axisY, run });
  }
  return strips.map(toQuad);
}

/** The index of the first run that ends after a unit: a page can have a thousand runs, and hundreds of spans. */
function firstEndingAfter(runs: readonly TextRun[], unit: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.end ?? 0) > unit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Smallest and largest place on the run's axis among the units `from` to `to` (exclusive). */
export function extentAlong(geometry: PageGeometry, from: number, to: number): [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (let unit = from; unit < to; unit++) {
    const low = geometry.alongMin[unit] ?? Infinity;
    const high = geometry.alongMax[unit] ?? -Infinity;
    if (low < min) min = low;
    if (high > max) max = high;
  }
  return [min, max];
}

/** On the same line (more than 0.4 of the lower height shared) and nearer than 0.6 of a line's height. */
function touches(last: Strip, run: TextRun, along: readonly [number, number]): boolean {
  if (last.axisX !== run.axisX || last.axisY !== run.axisY) return false;
  const height = run.acrossMax - run.acrossMin;
  const shared = Math.min(last.across[1], run.acrossMax) - Math.max(last.across[0], run.acrossMin);
  const gap = Math.max(along[0] - last.along[1], last.along[0] - along[1]);
  return shared > 0.4 * Math.min(height, last.across[1] - last.across[0]) && gap < 0.6 * height;
}

/**
 * Whether nothing outside the span lies between two pieces. In a mixed-direction line the end of a span can be on the far
 * side of a number: highlighted up to the 1 of “15” in Uyghur, the 5 lies between it and the word before.
 */
function isClear(
  geometry: PageGeometry,
  last: Strip,
  run: TextRun,
  along: readonly [number, number],
  start: number,
  end: number,
): boolean {
  const [low, high] = along[0] > last.along[1] ? [last.along[1], along[0]] : [along[1], last.along[0]];
  const isBetween = (from: number, to: number): boolean => {
    for (let unit = from; unit < to; unit++) {
      const middle = ((geometry.alongMin[unit] ?? Infinity) + (geometry.alongMax[unit] ?? Infinity)) / 2;
      if (low < middle && middle < high) return true;
    }
    return false;
  };
  return low >= high || !(isBetween(last.run.start, start) || isBetween(end, run.end));
}

function grow(strip: Strip, run: TextRun, along: readonly [number, number]): void {
  strip.along = [Math.min(strip.along[0], along[0]), Math.max(strip.along[1], along[1])];
  strip.across = [Math.min(strip.across[0], run.acrossMin), Math.max(strip.across[1], run.acrossMax)];
  strip.run = run;
}

function toQuad({ along, across, axisX, axisY }: Strip): Quad {
  const x = (a: number, c: number): number => a * axisX - c * axisY;
  const y = (a: number, c: number): number => a * axisY + c * axisX;
  const [a0, a1] = along;
  const [c0, c1] = across;
  return [x(a0, c0), y(a0, c0), x(a1, c0), y(a1, c0), x(a1, c1), y(a1, c1), x(a0, c1), y(a0, c1)];
}

/** The part of a page that a span needs: its place in the layer’s whole text, and its geometry. */
export interface PlacedPage {
  readonly page: number;
  readonly start: number;
  readonly end: number;
  readonly geometry: PageGeometry | null;
}

/** The quads of a span of the layer's whole text, page by page; pages without any are left out. */
export function quadsOfSpan(
  pages: Iterable<PlacedPage>,
  start: number,
  end: number,
): { page: number; quads: Quad[] }[] {
  const found: { page: number; quads: Quad[] }[] = [];
  for (const page of pages) {
    if (page.geometry === null || page.end <= start || page.start >= end) continue;
    const quads = quadsOf(page.geometry, Math.max(0, start - page.start), Math.min(page.end, end) - page.start);
    if (quads.length > 0) found.push({ page: page.page, quads });
  }
  return found;
}
