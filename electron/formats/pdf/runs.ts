import { boxOf, type PageCharacters } from './characters.ts';
import { type Direction, directionOf, isRightToLeft } from './code-points.ts';

/** A run under construction: see TextRun in shared/text/page-geometry.ts for the result. */
export interface OpenRun {
  readonly start: number;
  end: number;
  axisX: number;
  axisY: number;
  angle: number;
  /** Not a multiple of a right angle: PDFium's boxes are upright, so places come from the characters' origins. */
  readonly skew: boolean;
  vertical: boolean;
  /** Its reading direction along the axis; 0 while it only contains punctuation. */
  direction: Direction;
  /** Direction of its first strong character. */
  strong: Direction;
  /** Index of its first character. */
  readonly first: number;
  /** Number of characters in it. */
  count: number;
  baseline: number;
  acrossMin: number;
  acrossMax: number;
  hyphen: boolean;
  /** Place of its last character. */
  last: Projected;
  /** Where its last character ends, in reading direction: a generated space begins there. */
  penEnd: number;
  /** A generated space whose width is not known yet. */
  hasOpenSpace: boolean;
}

/**
 * A character's place on a run's axis: from and to along it, low and high across it. It is written over for another character: a new one
 * for each of a page's 3,000 took as long as all else that is done with them.
 */
export interface Projected {
  from: number;
  to: number;
  low: number;
  high: number;
  baseline: number;
}
export const newPlace = (): Projected => ({ from: 0, to: 0, low: 0, high: 0, baseline: 0 });

interface Axis {
  readonly axisX: number;
  readonly axisY: number;
  readonly skew: boolean;
  readonly vertical: boolean;
}

/** Six decimals: cosines differ between machines in their last bits, but layers must not. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;

export function openRun(all: PageCharacters, index: number, direction: Direction, start: number): OpenRun {
  const angle = all.angle[index] ?? 0;
  const axis: Axis = {
    axisX: rounded(Math.cos(angle)),
    axisY: rounded(Math.sin(angle)),
    skew: all.skew[index] === 1,
    vertical: false,
  };
  const place = project(all, index, axis, newPlace());
  return {
    ...axis,
    angle,
    start,
    end: start,
    direction,
    strong: direction,
    first: index,
    count: 0,
    baseline: place.baseline,
    acrossMin: Infinity,
    acrossMax: -Infinity,
    hyphen: false,
    last: place,
    penEnd: 0,
    hasOpenSpace: false,
  };
}

/** The most font sizes below and above the baseline: some fonts claim boxes of half a page. */
const BELOW_BASELINE = 0.35;
const ABOVE_BASELINE = 1;
/** Estimated advance and extent of skew text, in font sizes. */
const SKEW_ADVANCE = 0.5;
const SKEW_DESCENT = 0.22;
const SKEW_ASCENT = 0.85;

/** Writes a character's place into `place`, and returns that. */
export function project(all: PageCharacters, index: number, axis: Axis, place: Projected): Projected {
  const { axisX, axisY } = axis;
  const x = all.originX[index] ?? 0;
  const y = all.originY[index] ?? 0;
  const size = all.fontSize[index] ?? 0;
  const baseline = -x * axisY + y * axisX;
  place.baseline = baseline;
  if (axis.skew) return projectSkew(x * axisX + y * axisY, size, place);
  const at = 4 * index;
  const x0 = all.box[at] ?? 0;
  const y0 = all.box[at + 1] ?? 0;
  const x1 = all.box[at + 2] ?? 0;
  const y1 = all.box[at + 3] ?? 0;
  const alongA = x0 * axisX + y0 * axisY;
  const alongB = x1 * axisX + y1 * axisY;
  const acrossA = -x0 * axisY + y0 * axisX;
  const acrossB = -x1 * axisY + y1 * axisX;
  let low = Math.min(acrossA, acrossB);
  let high = Math.max(acrossA, acrossB);
  if (!axis.vertical && size > 0.5) {
    const lowest = baseline - BELOW_BASELINE * size;
    const highest = baseline + ABOVE_BASELINE * size;
    if (lowest < high && highest > low) {
      low = Math.max(low, lowest);
      high = Math.min(high, highest);
    }
  }
  place.from = Math.min(alongA, alongB);
  place.to = Math.max(alongA, alongB);
  place.low = low;
  place.high = high;
  return place;
}

function projectSkew(from: number, size: number, place: Projected): Projected {
  const [low, high] = [place.baseline - SKEW_DESCENT * size, place.baseline + SKEW_ASCENT * size];
  place.from = from;
  place.to = from + SKEW_ADVANCE * size;
  place.low = Math.min(low, high);
  place.high = Math.max(low, high);
  return place;
}

const FIRST_CJK = 0x2e80;

/**
 * Whether the second character of a run is just below the first, as in vertical writing: then the run's axis points down.
 * Only for East Asian characters; a Latin letter below another is in a table's column.
 */
export function becomesVertical(all: PageCharacters, index: number, code: number, run: OpenRun): boolean {
  if (run.vertical || run.skew || run.count !== 1 || code < FIRST_CJK || isRightToLeft(code)) return false;
  if (directionOf(all.code[run.first] ?? 0) < 0 || all.angle[index] !== run.angle) return false;
  const size = Math.max(all.fontSize[index] ?? 0, 0.1);
  const [aLeft, aBottom, aRight, aTop] = boxOf(all, run.first);
  const [bLeft, bBottom, bRight, bTop] = boxOf(all, index);
  const below = Math.abs(bBottom + bTop - aBottom - aTop) > 1.4 * size && bTop < aTop;
  const inColumn = Math.abs(bLeft + bRight - aLeft - aRight) < 0.6 * size;
  const near = aBottom - bTop <= 1.5 * (bTop - bBottom);
  return below && inColumn && near;
}

/** Turns the axis of a run with one character down; returns that character's new place. */
export function turnVertical(all: PageCharacters, run: OpenRun): Projected {
  run.vertical = true;
  run.axisX = 0;
  run.axisY = -1;
  run.angle = -Math.PI / 2;
  run.direction = 1;
  const place = project(all, run.first, run, run.last);
  run.acrossMin = place.low;
  run.acrossMax = place.high;
  run.penEnd = place.to;
  return place;
}

/**
 * Whether the character continues the run: same angle and baseline, next to the last one, same direction. A run of
 * punctuation takes its direction from the place of its second character.
 */
export function fits(all: PageCharacters, index: number, code: number, run: OpenRun, place: Projected): boolean {
  if (run.vertical) return fitsVertical(all, index, run, place);
  const size = Math.max(all.fontSize[index] ?? 0, 0.1);
  const direction = directionOf(code);
  if (Math.abs((all.angle[index] ?? 0) - run.angle) > 0.02) return false;
  if (Math.abs(place.baseline - run.baseline) > 0.25 * size) return false;
  if (direction !== 0 && run.strong !== 0 && direction !== run.strong) return false;
  if (run.direction === 0) run.direction = place.from + place.to >= run.last.from + run.last.to ? 1 : -1;

  const forward = run.direction > 0;
  const gap = forward ? place.from - run.last.to : run.last.from - place.to;
  const goesBack = forward ? place.from < run.last.from - 0.15 * size : place.to > run.last.to + 0.15 * size;
  if (goesBack && run.count === 1 && direction === run.strong) {
    run.direction = forward ? -1 : 1;
    return true;
  }
  return !goesBack && gap <= 1.2 * size;
}

function fitsVertical(all: PageCharacters, index: number, run: OpenRun, place: Projected): boolean {
  if (all.angle[index] !== 0) return false;
  const em = place.to - place.from;
  if (place.from < run.last.from - 0.1 || place.from - run.last.to > 1.5 * em) return false;
  return Math.abs(place.low + place.high - run.acrossMin - run.acrossMax) <= em;
}
