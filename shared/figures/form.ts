import type { NumberForm, Qualifier } from './figure.ts';
import { chineseNumber } from './numerals.ts';
import { Rational } from './rational.ts';

/** The parts that a pattern found, with where it found them. */
export type Parts = readonly (string | undefined)[] & Partial<Pick<RegExpMatchArray, 'index' | 'input'>>;

/** A way to print a number. */
export interface Form {
  readonly name: string;
  readonly pattern: RegExp;
  /** Returns the number; null if the words are no number after all. */
  readonly read: (parts: Parts) => ReadNumber | null;
}
export interface ReadNumber {
  readonly value: Rational;
  readonly top?: Rational | null;
  readonly step?: Rational | null;
  readonly unit?: string | null;
  readonly qualifier?: Qualifier | null;
  readonly form: NumberForm;
}

/** Digits that begin no longer run of digits, letters or decimals. `12，300` with a comma of full width is one number too. */
export const DIGITS =
  '(?:\\d{1,2}(?:,\\d{2})+,\\d{3}(?![\\d,])(?:\\.\\d+)?|\\d{1,3}(?:[,，]\\d{3})+(?!\\d)(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)';

/** Reads digits with or without commas. */
export const digits = (text = ''): Rational | null => Rational.decimal(text.replace(/[,，]/g, '').replace('−', '-'));
/** Reads digits or Chinese numerals. */
export const number = (text = ''): Rational | null => (/^\d/.test(text) ? digits(text) : chineseNumber(text));

export const form = (name: string, pattern: string, read: Form['read'], flags = 'gi'): Form => ({
  name,
  pattern: new RegExp(pattern, flags),
  read,
});
