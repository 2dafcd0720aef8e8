import type { PageGeometry, TextRun } from '../../../shared/text/page-geometry.ts';
import { extentAlong } from '../../../shared/text/quads.ts';
import type { TextRange } from '../types.ts';
import type { Point } from './matrix.ts';

/**
 * A page's own text with its geometry. Offsets in this file are UTF-16 units of that text; points are PDF user space.
 */
export interface PlacedText {
  readonly text: string;
  readonly geometry: PageGeometry;
}

const along = (run: TextRun, [x, y]: Point): number => x * run.axisX + y * run.axisY;
const across = (run: TextRun, [x, y]: Point): number => y * run.axisX - x * run.axisY;
const point = (run: TextRun, m: number, c: number): Point => [
  m * run.axisX - c * run.axisY,
  m * run.axisY + c * run.axisX,
];

const sameAxis = (a: TextRun, b: TextRun): boolean => a.axisX === b.axisX && a.axisY === b.axisY;

const extents = new WeakMap<TextRun, readonly [number, number]>();

/** Start and end of a run on its reading axis. */
export function runExtent(page: PlacedText, run: TextRun): readonly [number, number] {
  const known = extents.get(run);
  if (known !== undefined) return known;
  const extent = extentAlong(page.geometry, run.start, run.end);
  extents.set(run, extent);
  return extent;
}

/** The index of the run that holds the unit at `offset`, else of the run before it; -1 before the first. */
export function runIndexAt(page: PlacedText, offset: number): number {
  let low = 0;
  let high = page.geometry.runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((page.geometry.runs[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}

/** The position of a boundary between two characters on its run’s reading axis. */
function boundary(page: PlacedText, run: TextRun, offset: number): number {
  const [leading, trailing] = run.rightToLeft
    ? [page.geometry.alongMax, page.geometry.alongMin]
    : [page.geometry.alongMin, page.geometry.alongMax];
  return (offset < run.end ? leading[offset] : trailing[run.end - 1]) ?? 0;
}

/** There is no caret position before a low surrogate, a combining mark or a joiner. */
const INSIDE = /^[\u{dc00}-\u{dfff}\p{M}\u200d]/u;

const isInside = (page: PlacedText, run: TextRun, offset: number): boolean =>
  offset > run.start && offset < run.end && INSIDE.test(String.fromCodePoint(page.text.codePointAt(offset) ?? 32));

export interface Hit {
  /** The nearest caret position. */
  readonly offset: number;
  /** The character under the point, or the one nearest to it. */
  readonly unit: number;
  /** How far the point is from the nearest run's box, in points; 0 inside. */
  readonly distance: number;
}

/** The text nearest to a point, by character boxes; null on a page without text. */
export function hitTest(page: PlacedText, at: Point): Hit | null {
  const near = nearestRun(page, at);
  if (near === null) return null;
  const { run, distance } = near;
  const m = along(run, at);
  return { offset: boundaryNear(page, run, m), unit: unitNear(page, run, m), distance };
}

function nearestRun(page: PlacedText, at: Point): { run: TextRun; distance: number } | null {
  let best: TextRun | null = null;
  let least = Infinity;
  let distance = Infinity;
  for (const run of page.geometry.runs) {
    const [low, high] = runExtent(page, run);
    const m = along(run, at);
    const c = across(run, at);
    const away = Math.hypot(Math.max(low - m, m - high, 0), Math.max(run.acrossMin - c, c - run.acrossMax, 0));
    // Boxes of neighbouring lines overlap: inside two of them, the one whose middle is nearer wins.
    const cost = away + 1e-4 * Math.abs(c - (run.acrossMin + run.acrossMax) / 2);
    if (cost < least) {
      least = cost;
      best = run;
      distance = away;
    }
  }
  return best === null ? null : { run: best, distance };
}

function boundaryNear(page: PlacedText, run: TextRun, m: number): number {
  let best = run.start;
  let least = Infinity;
  for (let offset = run.start; offset <= run.end; offset++) {
    if (isInside(page, run, offset)) continue;
    const away = Math.abs(boundary(page, run, offset) - m);
    if (away < least) {
      least = away;
      best = offset;
    }
  }
  return best;
}

function unitNear(page: PlacedText, run: TextRun, m: number): number {
  let best = run.start;
  let least = Infinity;
  for (let unit = run.start; unit < run.end; unit++) {
    const away = Math.max((page.geometry.alongMin[unit] ?? 0) - m, m - (page.geometry.alongMax[unit] ?? 0), 0);
    if (away < least) {
      least = away;
      best = unit;
    }
  }
  return best;
}

/** A caret as a line: foot and head. */
export interface Caret {
  readonly foot: Point;
  readonly head: Point;
}

/** The caret at an offset (with `closing`, after the unit before it); null on a page without text. */
export function caretAt(page: PlacedText, offset: number, closing = false): Caret | null {
  const run = page.geometry.runs[Math.max(0, runIndexAt(page, closing ? offset - 1 : offset))];
  if (run === undefined) return null;
  const m = boundary(page, run, Math.min(Math.max(offset, run.start), run.end));
  return { foot: point(run, m, run.acrossMin), head: point(run, m, run.acrossMax) };
}

/** Whether the text at an offset reads from right to left. */
export const isRtlAt = (page: PlacedText, offset: number): boolean =>
  page.geometry.runs[Math.max(0, runIndexAt(page, offset))]?.rightToLeft ?? false;

/**
 * The offset one line below (or above), nearest to the caret; null if the page has no further line. Lines are searched
 * across the reading axis of the caret’s run, so that rotated text works too.
 */
export function lineStep(page: PlacedText, offset: number, down: boolean): number | null {
  const index = Math.max(0, runIndexAt(page, offset));
  const own = page.geometry.runs[index];
  if (own === undefined) return null;
  const m = boundary(page, own, Math.min(Math.max(offset, own.start), own.end));
  const middle = (own.acrossMin + own.acrossMax) / 2;
  const height = own.acrossMax - own.acrossMin;
  const [first, last] = lineExtent(page, index);
  let best: TextRun | null = null;
  let least = Infinity;
  for (const run of page.geometry.runs) {
    if (!sameAxis(run, own)) continue;
    const step = down ? middle - (run.acrossMin + run.acrossMax) / 2 : (run.acrossMin + run.acrossMax) / 2 - middle;
    if (step < 0.4 * height) continue;
    const [low, high] = runExtent(page, run);
    const aside = Math.max(low - m, m - high, 0);
    // A line straight below, even far away, is preferred to one in another column. Within the caret’s column, a shorter
    // line is not skipped.
    const cost = step + (low < last && first < high ? 0.01 : 3) * aside;
    if (cost < least) {
      least = cost;
      best = run;
    }
  }
  return best === null ? null : boundaryNear(page, best, m);
}

/** Start and end of a run’s line on its axis; a line with text in both directions has several runs. */
function lineExtent(page: PlacedText, index: number): readonly [number, number] {
  const { runs } = page.geometry;
  const own = runs[index];
  if (own === undefined) return [0, 0];
  const height = own.acrossMax - own.acrossMin;
  let [first, last] = runExtent(page, own);
  for (const by of [-1, 1]) {
    for (let at = index + by; ; at += by) {
      const run = runs[at];
      if (run === undefined || !sameAxis(run, own)) break;
      const [low, high] = runExtent(page, run);
      const apart = Math.max(low - last, first - high);
      if (Math.abs(run.acrossMin + run.acrossMax - own.acrossMin - own.acrossMax) > 0.8 * height) break;
      if (apart > 1.5 * height) break;
      [first, last] = [Math.min(first, low), Math.max(last, high)];
    }
  }
  return [first, last];
}

/** Beginning and end of the line at an offset. */
export function lineAround(page: PlacedText, offset: number): TextRange {
  const run = page.geometry.runs[Math.max(0, runIndexAt(page, offset))];
  return run === undefined ? { start: offset, end: offset } : { start: run.start, end: run.end };
}

/**
 * The paragraph at an offset. A PDF does not mark paragraphs; lines belong together while they have one direction and
 * size and follow each other closely, the next one is not indented, and the last one does not end well short of the
 * line before it.
 */
export function paragraphAround(page: PlacedText, offset: number): TextRange {
  const at = Math.max(0, runIndexAt(page, offset));
  let first = at;
  let last = at;
  while (first > 0 && continues(page, first - 1)) first--;
  while (last + 1 < page.geometry.runs.length && continues(page, last)) last++;
  return { start: page.geometry.runs[first]?.start ?? offset, end: page.geometry.runs[last]?.end ?? offset };
}

/** Whether the next run continues the paragraph. */
function continues(page: PlacedText, index: number): boolean {
  const [before, after] = [page.geometry.runs[index], page.geometry.runs[index + 1]];
  if (before === undefined || after === undefined) return false;
  if (!sameAxis(before, after)) return false;
  const height = Math.max(heightOf(before), heightOf(after));
  if (!sameSize(before, after)) return false;
  const drop = dropTo(before, after);
  if (Math.abs(drop) < SAME_LINE * height) return true;
  if (drop < 0 || drop > Math.min(2.2 * height, WIDER * leadingOf(page, height))) return false;
  const [leadBefore, endBefore] = edges(page, before);
  const [leadAfter, endAfter] = edges(page, after);
  if (leadAfter - leadBefore > 0.9 * height) return false;
  return endAfter - endBefore < 3 * height;
}

/** Two runs whose middles differ by less than this part of their height are on one line. */
const SAME_LINE = 0.4;
/** A gap this many times the usual line spacing separates paragraphs. */
const WIDER = 1.35;

const heightOf = (run: TextRun): number => run.acrossMax - run.acrossMin;
const dropTo = (before: TextRun, after: TextRun): number =>
  (before.acrossMin + before.acrossMax) / 2 - (after.acrossMin + after.acrossMax) / 2;
const sameSize = (a: TextRun, b: TextRun): boolean =>
  Math.min(heightOf(a), heightOf(b)) > 0.78 * Math.max(heightOf(a), heightOf(b));

const drops = new WeakMap<PageGeometry, readonly { readonly height: number; readonly drop: number }[]>();

/**
 * The line spacing of a text size on this page, Infinity if unknown. The height of boxes does not tell it: in a Uyghur
 * font they are higher than the line spacing (16.2 for 14.3 points), in a Chinese font much lower (12.8 for 18). A
 * tenth of the steps may be narrower, for formulas and notes.
 */
function leadingOf(page: PlacedText, height: number): number {
  const { runs } = page.geometry;
  let steps = drops.get(page.geometry);
  if (steps === undefined) {
    steps = runs.flatMap((after, at) => {
      const before = runs[at - 1];
      if (before === undefined || !sameAxis(before, after) || !sameSize(before, after)) return [];
      const own = Math.max(heightOf(before), heightOf(after));
      const drop = dropTo(before, after);
      return drop < SAME_LINE * own ? [] : [{ height: own, drop }];
    });
    drops.set(page.geometry, steps);
  }
  const like = steps.filter((step) => Math.abs(step.height - height) < 0.1 * height).map(({ drop }) => drop);
  like.sort((a, b) => a - b);
  return like[Math.floor(0.1 * like.length)] ?? Infinity;
}

/** Start and end of a line, in its own reading direction. */
function edges(page: PlacedText, run: TextRun): readonly [number, number] {
  const [low, high] = runExtent(page, run);
  return run.rightToLeft ? [-high, -low] : [low, high];
}
