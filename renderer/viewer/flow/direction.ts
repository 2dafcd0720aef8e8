const STRONG = /\p{L}/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/**
 * Whether a paragraph is read from right to left, so that the left arrow goes on in it. Where all its letters run one way,
 * that way, whatever the page says (Uyghur on a page that forgot `dir`); where they are mixed, the way the page lays it out. One
 * answer for a whole paragraph: by single words, an arrow would turn round for ever where two directions meet.
 */
export function isRightToLeft(paragraph: string, laidOut: boolean): boolean {
  const letters = paragraph.match(STRONG) ?? [];
  const count = letters.filter((letter) => RIGHT_TO_LEFT.test(letter)).length;
  if (count === 0) return letters.length === 0 && laidOut;
  return count === letters.length || laidOut;
}
