/**
 * How single characters are changed for canonical text, and their direction. All rules here map one to one, so that offsets
 * never change; they are part of the layer's version (TEXT_RULES in versions.ts).
 */

const REPLACEMENT = 0xfffd;

/** Kangxi and CJK radicals that have a unified ideograph of the same shape: browsers write them into PDFs for 一, 人, 工 … */
const RADICALS = new Map<number, number>();
const FIRST_RADICAL = 0x2e80;
const LAST_RADICAL = 0x2fd5;
for (let radical = FIRST_RADICAL; radical <= LAST_RADICAL; radical++) {
  const unified = String.fromCharCode(radical).normalize('NFKC');
  if (unified.length === 1 && unified.charCodeAt(0) !== radical) RADICALS.set(radical, unified.charCodeAt(0));
}

/**
 * The character in canonical text: tab and no-break space become a space, radicals become ideographs; controls, lone
 * surrogates, non-characters and invalid numbers become U+FFFD. The result is legal in XML 1.0.
 */
export function canonicalCodePoint(code: number): number {
  if (code === 9 || code === 0xa0) return 0x20;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return REPLACEMENT;
  if (code >= 0xd800 && code <= 0xdfff) return REPLACEMENT;
  // Non-characters: the last two of each plane, and U+FDD0 to U+FDEF.
  if (code > 0x10ffff || (code & 0xfffe) === 0xfffe || (code >= 0xfdd0 && code <= 0xfdef)) return REPLACEMENT;
  return code >= FIRST_RADICAL && code <= LAST_RADICAL ? (RADICALS.get(code) ?? code) : code;
}

/** Two surrogates as one character, in either order (right-to-left lines reverse them); null if they are no pair. */
export function joinSurrogates(first: number, second: number): number | null {
  const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00;
  const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000;
  if (isHigh(first) && isLow(second)) return (first - 0xd800) * 0x400 + (second - 0xdc00) + 0x10000;
  if (isLow(first) && isHigh(second)) return (second - 0xd800) * 0x400 + (first - 0xdc00) + 0x10000;
  return null;
}
export const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

/** Letters and marks of right-to-left scripts; their digits and separators run left to right. */
export function isRightToLeft(code: number): boolean {
  if (code < 0x590) return false;
  if (code <= 0x8ff) {
    const digit = (code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9);
    const separator = code === 0x60c || (code >= 0x66a && code <= 0x66c);
    return !digit && !separator;
  }
  if (code >= 0xfb1d && code <= 0xfdff) return true;
  if (code >= 0xfe70 && code <= 0xfefe) return true;
  return code >= 0x1e900 && code <= 0x1eeff;
}

const LETTER_OR_DIGIT = /[\p{L}\p{Nd}]/u;
const UNKNOWN = 2;
const known = new Int8Array(0x10000).fill(UNKNOWN);

/** -1 right to left, 1 left to right, 0 neither (punctuation, spaces). */
export type Direction = -1 | 0 | 1;
export function directionOf(code: number): Direction {
  const cached = code < 0x10000 ? known[code] : UNKNOWN;
  if (cached === -1 || cached === 0 || cached === 1) return cached;
  const direction = isRightToLeft(code) ? -1 : LETTER_OR_DIGIT.test(String.fromCodePoint(code)) ? 1 : 0;
  if (code < 0x10000) known[code] = direction;
  return direction;
}
