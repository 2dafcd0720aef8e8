import { cutsToken, tokenEdge } from '../text/diff-tokens.ts';
import type { Span } from './quote.ts';

/** Shorter quotations are too alike to be recognised by a part. Code units, as everywhere here. */
export const LEAST_KNOWN = 8;
/** A quotation may differ in a third of its characters and still be recognised. */
export const errorsAllowed = (length: number): number => Math.floor(length / 3);

/** Longer quotations are searched by their beginning and end: the search takes length times window. */
const WHOLE = 160;
const END_PART = 64;

/**
 * The best approximate match of `pattern` in the window, of equally good ones the nearest to `expected`; null if more
 * than a third differs. 1,600 per second for 80 characters in 400.
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
 * Sellers’ algorithm: the fewest errors of `pattern` against any part of the window, column by column; each cell records
 * the start of its part. approx-string-match is faster on ordinary text (2,900 per second in 400 characters, this 1,600),
 * but searches again for each of several equally good ends: 160 times one letter in 8,000 of it took 0.6 s (this 0.04 s),
 * and anyone can write such a page.
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

/** Extends an approximate span to whole characters and words, and trims spaces. For a text with folded spaces. */
export function wholeWords(text: string, { start, end }: Span): Span {
  let from = tokenEdge(text, start, -1);
  let to = tokenEdge(text, end, 1);
  while (from < to && text.charCodeAt(from) === 0x20) from++;
  while (from < to && text.charCodeAt(to - 1) === 0x20) to--;
  return { start: from, end: to };
}

/** Whether a match does not begin or end within longer words, unless the passage did. */
export const isWholeWhere = (text: string, place: Span, olderText: string, older: Span): boolean =>
  (!cutsToken(text, place.start) || cutsToken(olderText, older.start)) &&
  (!cutsToken(text, place.end) || cutsToken(olderText, older.end));
