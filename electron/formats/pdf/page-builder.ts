import type { Area } from '../../../shared/model/index.ts';
import type { PageGeometry } from '../../../shared/text/page-geometry.ts';
import { GENERATED, LINE_END_HYPHEN, type PageCharacters } from './characters.ts';
import { canonicalCodePoint, directionOf, isSurrogate, joinSurrogates } from './code-points.ts';
import {
  fits,
  becomesVertical,
  newPlace,
  openRun,
  project,
  type OpenRun,
  type Projected,
  turnVertical,
} from './runs.ts';

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
