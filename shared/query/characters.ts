/** Signs of the language, in the forms that keyboards and input methods produce. */
export const OPENS: ReadonlySet<string> = new Set(['(', '（']);
export const CLOSES: ReadonlySet<string> = new Set([')', '）']);
export const STARS: ReadonlySet<string> = new Set(['*', '＊']);
export const COMMAS: ReadonlySet<string> = new Set([',', '，', '、']);
export const PLUSES: ReadonlySet<string> = new Set(['+', '＋']);

/** A quotation mark closes with the next one of its family. */
const FAMILIES: readonly string[] = ['"', '“”„', '«»'];
const FAMILY_OF: ReadonlyMap<string, string> = new Map(
  FAMILIES.flatMap((family) => Array.from(family, (mark): [string, string] => [mark, family])),
);
/** The marks that close what this mark opens; undefined for what is no quotation mark. */
export const closersOf = (mark: string): string | undefined => FAMILY_OF.get(mark);

/**
 * Between two words. The controls that keep text of both directions in order count too: they come with what is pasted, and must not hide an
 * operator.
 */
const SPACE = '[\\s\\u200b\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069\\ufeff]';
const IS_SPACE = new RegExp(SPACE, 'u');
export const isSpace = (character: string): boolean => IS_SPACE.test(character);
/** Splits a text at its spaces, and keeps them. */
export const SPACES = new RegExp(`(${SPACE}+)`, 'u');
const EDGES = new RegExp(`^${SPACE}+|${SPACE}+$`, 'gu');
export const trimmed = (text: string): string => text.replace(EDGES, '');
/** A backslash and the character it makes plain. */
export const ESCAPED = new RegExp(`\\\\((?!${SPACE}).)`, 'gsu');

const LETTER = /[\p{L}\p{M}\p{N}]$/u;
/** Whether a text ends in a letter, mark or digit. */
export const endsInLetter = (text: string): boolean => LETTER.test(text);
const FIRST_LETTER = /^[\p{L}\p{M}\p{N}]/u;
export const beginsWithLetter = (text: string): boolean => FIRST_LETTER.test(text);
