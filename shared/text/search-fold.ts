import { folding, type Folded, type LineEndHyphen } from './fold.ts';
import { TO_SIMPLIFIED } from './simplified.ts';

export type { Folded } from './fold.ts';

/** The text of {@link foldForSearch}, where nobody asks which character came from which. */
export const foldedText = (text: string): string => foldForSearch(text).text;

/**
 * Text folded for searching, with a map back. Beyond what fold.ts folds (white space, width, compatibility
 * forms, quotes, dashes, line ends inside words): case, diacritics, traditional to simplified Chinese, variants of
 * Arabic-script letters, and digits of every script. It errs towards finding: Uyghur ى and ي are one here, as they are in
 * half of the texts.
 */
export function foldForSearch(text: string, hyphens: LineEndHyphen = 'dropped'): Folded {
  return foldFurther(text, hyphens);
}

/**
 * The readings of a text or query: with its hyphens, and without those between letters, which may belong to the word,
 * come from a line break, or be missing (re-education, trans-\nfer). One reading if both are equal.
 */
export function readings(text: string): readonly Folded[] {
  const kept = foldForSearch(text, 'kept');
  if (!HYPHEN.test(kept.text)) return [kept];
  const ignored = foldForSearch(text, 'ignored');
  return kept.text === ignored.text ? [kept] : [kept, ignored];
}
const HYPHEN = /\p{L}-\p{L}/u;

/**
 * Letters that Unicode decomposition does not unify. Arabic script: those that keyboards, fonts and scanners confuse.
 */
const ALIKE: ReadonlyMap<string, string> = new Map(
  [
    ['\u0622\u0623\u0625\u0671\u0672\u0673', '\u0627'], // alef
    ['\u0624', '\u0648'], // waw
    ['\u0629\u06be\u06c0\u06c1\u06c2\u06c3\u06d5', '\u0647'], // heh; Uyghur e and h
    ['\u0649\u06cc\u06cd\u06d2', '\u064a'], // yeh; Uyghur i and y
    ['\u06a9\u06aa', '\u0643'], // kaf
    ['ı', 'i'],
    ['ø', 'o'],
    ['đð', 'd'],
    ['ł', 'l'],
    ['ħ', 'h'],
  ].flatMap(([letters = '', letter = '']) => Array.from(letters, (one): [string, string] => [one, letter])),
);
const LONGER: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
]);

const DIGIT = /^\p{Nd}$/u;
const MARKS = /\p{Diacritic}/gu;

/** Folds one character further; '' for a diacritic that stands alone. */
function foldCharacter(character: string): string {
  const simple = TO_SIMPLIFIED.get(character);
  if (simple !== undefined) return simple;
  const bare = character.normalize('NFKD').replace(MARKS, '').normalize('NFC').toLowerCase();
  if (DIGIT.test(bare)) return digitOf(bare);
  return ALIKE.get(bare) ?? LONGER.get(bare) ?? bare;
}

/** Decimal digits come in runs of ten, each starting at its zero. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
  // Adjacent runs (the mathematical digits) would count beyond nine; NFKD has folded those already.
  return String(code - zero);
}

/** Cache by character: a text has about a thousand different ones. */
const known = new Map<string, string>();
function folded(character: string): string {
  const before = known.get(character);
  if (before !== undefined) return before;
  const made = foldCharacter(character);
  known.set(character, made);
  return made;
}

const foldFurther = folding((piece) => Array.from(piece, folded).join(''));
