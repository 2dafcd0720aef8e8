import { cutsToken, tokenEdge } from '../text/diff-tokens.ts';
import type { Span } from './quote.ts';

/** Shorter quotations resemble too much to be known again by a part. Code units, as all here. */
export const LEAST_KNOWN = 8;
/** A quotation may have lost or changed a third of its characters and still be the same one. */
export const errorsAllowed = (length: number): number => Math.floor(length / 3);

/** Longer quotations are looked for by their beginning and their end: the search takes length times window. */
const WHOLE = 160;
const END_PART = 64;

/**
 * Where words most like `pattern` stand between `from` and `to`, the nearest to `expected` of those that are equally like it; null
 * where more than a third differs. 1,600 a second for 80 characters in 400.
 */
export function nearest(text: string, window: Span, pattern: string, expected: number): Span | null {
  if (pattern.length <= WHOLE) return best(text, window, pattern, expected);
  const head = best(text, window, pattern.slice(0, END_PART), expected);
  const tail = best(text, window, pattern.slice(-END_PART), expected + pattern.length - END_PART);
  if (head === null || tail === null) return null;
  const length = tail.end - head.start;
  const allowed = errorsAllowed(pattern.length);
  return Math.abs(length - pattern.length) <= allowed ? { start: head.start, end: tail.end } : null;
}

/**
 * Sellers' algorithm: the fewest errors of `pattern` against any part of the window, column by column, each cell with where its part
 * began. approx-string-match is faster on common text (2,900 a second in 400 characters, where this does 1,600), but looks up each
 * of equally good ends anew: 160 times one letter in 8,000 of it took 0.6 s (this 0.04 s), and anybody can write such a page.
 */
function best(text: string, window: Span, pattern: string, expected: number): Span | null {
  const from = Math.max(0, window.start);
  const to = Math.min(text.length, window.end);
  const { length } = pattern;
  const errors = Uint16Array.from({ length: length + 1 }, (_, row) => row);
  const begun = new Uint32Array(length + 1).fill(from);
  let least = errorsAllowed(length);
  let chosen: Span | null = null;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    let diagonal = 0;
    let diagonalBegun = at;
    let up = 0;
    let upBegun = at + 1;
    for (let row = 1; row <= length; row++) {
      const left = errors[row] ?? 0;
      const leftBegun = begun[row] ?? 0;
      if (pattern.charCodeAt(row - 1) !== unit) diagonal++;
      if (diagonal <= left && diagonal <= up) {
        up = diagonal;
        upBegun = diagonalBegun;
      } else if (left < up) {
        up = left + 1;
        upBegun = leftBegun;
      } else up++;
      errors[row] = up;
      begun[row] = upBegun;
      diagonal = left;
      diagonalBegun = leftBegun;
    }
    const span = { start: upBegun, end: at + 1 };
    if (up > least || span.end <= span.start) continue;
    if (chosen !== null && up === least && distance(span, expected) >= distance(chosen, expected)) continue;
    least = up;
    chosen = span;
  }
  return chosen;
}
const distance = ({ start }: Span, expected: number): number => Math.abs(start - expected);

/** A guessed span without half characters, half words, or spaces at its edges. Of a text with folded spaces. */
export function wholeWords(text: string, { start, end }: Span): Span {
  let from = tokenEdge(text, start, -1);
  let to = tokenEdge(text, end, 1);
  while (from < to && text.charCodeAt(from) === 0x20) from++;
  while (from < to && text.charCodeAt(to - 1) === 0x20) to--;
  return { start: from, end: to };
}

/** Whether a place of the same words is one: not a part of longer words, unless the passage was. */
export const isWholeWhere = (text: string, place: Span, olderText: string, older: Span): boolean =>
  (!cutsToken(text, place.start) || cutsToken(olderText, older.start)) &&
  (!cutsToken(text, place.end) || cutsToken(olderText, older.end));
