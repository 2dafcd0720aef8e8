import type { Area } from '../../../shared/model/index.ts';
import type { PageGeometry } from '../../../shared/text/page-geometry.ts';
import { GENERATED, LINE_END_HYPHEN, type PageCharacters, boxOf } from './characters.ts';
import {
  canonicalCodePoint,
  directionOf,
  isSurrogate,
  joinSurrogates,
  type Direction,
  isRightToLeft,
} from './code-points.ts';

export interface BuiltPage {
  readonly text: string;
  readonly geometry: PageGeometry;
  /** For each code unit, the character it comes from; -1 where it is generated. */
  readonly characters: Int32Array;
}

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const HYPHEN_MINUS = 0x2d;

/**
 * A page's canonical text and geometry from PDFium's characters, in PDFium's order: CR LF becomes LF, a line-end hyphen
 * becomes `-` LF; characters outside the crop box are left out, since they cannot be seen or selected.
 */
export function buildPage(all: PageCharacters, box: Area): BuiltPage {
  const page = new PageBuilder(all);
  const [left, bottom, right, top] = box;
  for (let index = 0; index < all.count; index++) {
    const code = all.code[index] ?? 0;
    if (all.origin[index] === GENERATED) {
      if (code === SPACE) page.addGeneratedSpace();
      else page.addLineBreak();
      continue;
    }
    // PDFium's WebAssembly build reports an astral character as two entries with one box.
    const joined = isSurrogate(code) && index + 1 < all.count ? joinSurrogates(code, all.code[index + 1] ?? 0) : null;
    const at = 4 * index;
    const isBeside = (all.box[at + 2] ?? 0) < left || (all.box[at] ?? 0) > right;
    const isOutside = isBeside || (all.box[at + 3] ?? 0) < bottom || (all.box[at + 1] ?? 0) > top;
    if (!isOutside) page.addCharacter(index, joined ?? code);
    if (joined !== null) index++;
  }
  return page.finish();
}

/** Code units, their intervals and the characters they come from. */
interface Units {
  readonly units: Uint16Array;
  readonly alongMin: Float64Array;
  readonly alongMax: Float64Array;
  readonly characters: Int32Array;
}
const unitsFor = (capacity: number): Units => ({
  units: new Uint16Array(capacity),
  alongMin: new Float64Array(capacity),
  alongMax: new Float64Array(capacity),
  characters: new Int32Array(capacity),
});
/**
 * The size of the buffers that are reused for each page: allocating new ones took as long as filling them. Larger pages get buffers of their
 * own.
 */
const KEPT_UNITS = 2 ** 16;
let kept: Units | null = null;

/** Takes characters one by one and holds the current run. */
class PageBuilder {
  private readonly all: PageCharacters;
  /** `length` entries of each are filled. */
  private readonly units: Uint16Array;
  private readonly alongMin: Float64Array;
  private readonly alongMax: Float64Array;
  private readonly characters: Int32Array;
  private length = 0;
  private readonly runs: OpenRun[] = [];
  private run: OpenRun | null = null;
  /** The place of the character that was added last, and one to write the next one's into. */
  private place = newPlace();
  private spare = newPlace();

  constructor(all: PageCharacters) {
    this.all = all;
    // A character gives at most two units, and a line-end hyphen one more.
    const capacity = all.count * 3;
    const own = capacity > KEPT_UNITS ? unitsFor(capacity) : (kept ??= unitsFor(KEPT_UNITS));
    this.units = own.units;
    this.alongMin = own.alongMin;
    this.alongMax = own.alongMax;
    this.characters = own.characters;
  }

  private get lastUnit(): number | undefined {
    return this.length === 0 ? undefined : this.units[this.length - 1];
  }

  addLineBreak(): void {
    if (this.length === 0 || this.lastUnit === LINE_FEED) return;
    this.close();
    this.push(LINE_FEED, 0, 0);
  }

  /** A space that PDFium generated for a gap: its width is known once the next character is. */
  addGeneratedSpace(): void {
    const last = this.lastUnit;
    if (last === undefined || /\s/.test(String.fromCharCode(last))) return;
    const at = this.run?.penEnd ?? 0;
    this.push(SPACE, at, at);
    if (this.run !== null) this.run.hasOpenSpace = true;
  }

  addCharacter(index: number, code: number): void {
    const isHyphen = this.all.origin[index] === LINE_END_HYPHEN;
    const unit = isHyphen ? HYPHEN_MINUS : canonicalCodePoint(code);
    const run = this.runFor(index, unit);
    const { place } = this;
    const direction = directionOf(unit);
    run.acrossMin = Math.min(run.acrossMin, place.low);
    run.acrossMax = Math.max(run.acrossMax, place.high);
    run.count++;
    if (direction !== 0 && run.strong === 0) {
      run.strong = direction;
      if (run.count === 1) run.direction = direction;
    }
    this.push(unit, place.from, place.to, index);
    if (place !== run.last) this.spare = run.last;
    run.last = place;
    run.penEnd = run.direction < 0 ? place.from : place.to;
    if (isHyphen) {
      run.hyphen = true;
      this.close();
      this.push(LINE_FEED, 0, 0);
    }
  }

  finish(): BuiltPage {
    this.close();
    const alongMin = new Float32Array(this.alongMin.subarray(0, this.length));
    const alongMax = new Float32Array(this.alongMax.subarray(0, this.length));
    for (const run of this.runs) this.divideSharedBoxes(run, alongMin, alongMax);
    const runs = this.runs.map((run) => ({
      start: run.start,
      end: run.end,
      axisX: run.axisX,
      axisY: run.axisY,
      rightToLeft: run.direction < 0,
      hyphen: run.hyphen,
      acrossMin: run.acrossMin,
      acrossMax: run.acrossMax,
    }));
    return {
      text: textOf(this.units.subarray(0, this.length)),
      geometry: { runs, alongMin, alongMax },
      characters: this.characters.slice(0, this.length),
    };
  }

  /** The current run if the character continues it, else a new one. Sets the character's `place` on it. */
  private runFor(index: number, unit: number): OpenRun {
    const { run } = this;
    if (run !== null) {
      if (becomesVertical(this.all, index, unit, run)) this.makeVertical(run);
      const place = project(this.all, index, run, this.spare);
      if (fits(this.all, index, unit, run, place)) {
        this.fillGap(index, run, place);
        this.place = place;
        return run;
      }
      this.close();
    }
    const opened = openRun(this.all, index, directionOf(unit), this.length);
    this.run = opened;
    this.place = opened.last;
    return opened;
  }

  /** Makes a run with one character vertical: places the character again, on the axis that points down. */
  private makeVertical(run: OpenRun): void {
    const place = turnVertical(this.all, run);
    this.alongMin.fill(place.from, run.start, this.length);
    this.alongMax.fill(place.to, run.start, this.length);
  }

  private fillGap(index: number, run: OpenRun, next: Projected): void {
    if (run.skew) this.endAdvance(index, run, next);
    else if (run.hasOpenSpace) {
      const [a, b] = run.direction >= 0 ? [run.last.to, next.from] : [next.to, run.last.from];
      for (let at = this.length - 1; at >= run.start && this.isOpenSpace(at, run); at--) {
        this.alongMin[at] = Math.min(a, b);
        this.alongMax[at] = Math.max(a, b);
      }
    }
    run.hasOpenSpace = false;
  }

  private isOpenSpace(at: number, run: OpenRun): boolean {
    return this.units[at] === SPACE && this.alongMin[at] === run.penEnd && this.alongMax[at] === run.penEnd;
  }

  /** Skew text has no usable boxes: a character extends to where the next begins, or 1.2 times its size. */
  private endAdvance(index: number, run: OpenRun, next: Projected): void {
    let at = this.length - 1;
    while (at >= run.start && this.units[at] === SPACE) at--;
    const from = this.alongMin[at];
    if (at < run.start || from === undefined || next.from <= from || run.direction < 0) return;
    this.alongMax[at] = Math.min(next.from, from + 1.2 * Math.max(this.all.fontSize[index] ?? 0, 0.1));
  }

  /** Characters of one glyph (ffi) share a box, which is divided among them, so that each can be highlighted separately. */
  private divideSharedBoxes(run: OpenRun, alongMin: Float32Array, alongMax: Float32Array): void {
    for (let first = run.start; first < run.end;) {
      const low = alongMin[first] ?? 0;
      const high = alongMax[first] ?? 0;
      let end = first + 1;
      while (end < run.end && alongMin[end] === low && alongMax[end] === high) end++;
      const pieces = end - first;
      if (pieces > 1 && high > low && !isSurrogate(this.units[first] ?? 0)) {
        const width = (high - low) / pieces;
        for (let piece = 0; piece < pieces; piece++) {
          const place = run.direction < 0 ? pieces - 1 - piece : piece;
          alongMin[first + piece] = low + place * width;
          alongMax[first + piece] = low + (place + 1) * width;
        }
      }
      first = end;
    }
  }

  /** Adds a code unit. Without `character`, it is generated. */
  private push(code: number, from: number, to: number, character = -1): void {
    if (code > 0xffff) {
      this.pushUnit(0xd7c0 + (code >> 10), from, to, character);
      this.pushUnit(0xdc00 + (code & 0x3ff), from, to, character);
    } else this.pushUnit(code, from, to, character);
  }

  private pushUnit(unit: number, from: number, to: number, character: number): void {
    const at = this.length++;
    this.units[at] = unit;
    this.alongMin[at] = from;
    this.alongMax[at] = to;
    this.characters[at] = character;
  }

  private close(): void {
    if (this.run === null) return;
    this.run.end = this.length;
    this.runs.push(this.run);
    this.run = null;
  }
}

const UTF16 = new TextDecoder('utf-16le', { ignoreBOM: true });
/** All machines we run on are little-endian, as WebAssembly's memory is. */
const textOf = (units: Uint16Array): string => UTF16.decode(units);

/** A run under construction: see TextRun in shared/text/page-geometry.ts for the result. */
interface OpenRun {
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
interface Projected {
  from: number;
  to: number;
  low: number;
  high: number;
  baseline: number;
}
const newPlace = (): Projected => ({ from: 0, to: 0, low: 0, high: 0, baseline: 0 });

interface Axis {
  readonly axisX: number;
  readonly axisY: number;
  readonly skew: boolean;
  readonly vertical: boolean;
}

/** Six decimals: cosines differ between machines in their last bits, but layers must not. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6 + 0;

function openRun(all: PageCharacters, index: number, direction: Direction, start: number): OpenRun {
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
function project(all: PageCharacters, index: number, axis: Axis, place: Projected): Projected {
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
function becomesVertical(all: PageCharacters, index: number, code: number, run: OpenRun): boolean {
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
function turnVertical(all: PageCharacters, run: OpenRun): Projected {
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
function fits(all: PageCharacters, index: number, code: number, run: OpenRun, place: Projected): boolean {
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
