/**
 * Changes between letters written from left to right and from right to left in one paragraph that is laid out in order.
 * Chromium’s time grows with their square: 0.4 s for 20,000, 1.5 s for 30,000, 30 s for 150,000. Line breaks in the paragraph
 * save nothing. Letters in the order in which they are stored (`unicode-bidi: bidi-override`) take 0.3 s for 150,000.
 */
export const MOST_DIRECTION_CHANGES = 40_000;

const RIGHT_TO_LEFT =
  /[\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}\p{Script=Adlm}\u200f]/v;
/**
 * What each of these letters has one of, in UTF-16 code units: where there is none, the letters need not be looked for, which takes
 * five times as long.
 */
const MAYBE_RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ud800-\udfff\ufb1d-\ufdff\ufe70-\ufeff]/;
/**
 * Letters and digits in one direction. Digits are ordered on their own within Arabic and Hebrew. No more of them at once: a run
 * of millions of letters, matched as a whole, exceeds the stack of regular expressions.
 */
const ONE_WAY = new RegExp(
  `(${RIGHT_TO_LEFT.source}{1,1000})|[[\\p{L}\\p{N}\\u200e]--${RIGHT_TO_LEFT.source}]{1,1000}`,
  'gv',
);

/** How often a paragraph’s letters have changed their direction so far, and the direction of the last; null before the first. */
export interface Directions {
  isRightToLeft: boolean | null;
  changes: number;
}

/** Counts the next text of a paragraph. */
export function countDirections(directions: Directions, text: string): void {
  // One test of the whole is much faster, and most pages have no letter of these scripts.
  if (directions.isRightToLeft !== true && !(MAYBE_RIGHT_TO_LEFT.test(text) && RIGHT_TO_LEFT.test(text))) {
    directions.isRightToLeft ??= /[\p{L}\p{N}]/u.test(text) ? false : null;
    return;
  }
  for (const [, rightToLeft] of text.matchAll(ONE_WAY)) {
    const isRightToLeft = rightToLeft !== undefined;
    if (directions.isRightToLeft === !isRightToLeft) directions.changes += 1;
    directions.isRightToLeft = isRightToLeft;
  }
}

/** Whether laying a line out in order would keep a browser busy. */
export function isCostlyInOrder(line: string): boolean {
  if (line.length <= MOST_DIRECTION_CHANGES) return false;
  const directions: Directions = { isRightToLeft: null, changes: 0 };
  countDirections(directions, line);
  return directions.changes > MOST_DIRECTION_CHANGES;
}

/** What turns letters around, whatever they are, and what turns those around that are written from right to left. */
const [TO_LEFT, TO_RIGHT] = ['\u202e', '\u202d'];
/** What changes the order of signs and numbers among letters that are all written from left to right. */
const TURNS = /[\u200f\u061c\u202b\u2067]/;
/**
 * Whether invisible marks show letters or numbers of a text in another order than they are read in: 12,600 after U+202E looks like
 * 006,21.
 */
export function isReordered(text: string): boolean {
  if (text.includes(TO_LEFT)) return true;
  const isMixed = RIGHT_TO_LEFT.test(text.replaceAll('\u200f', ''));
  return isMixed ? text.includes(TO_RIGHT) : TURNS.test(text);
}
