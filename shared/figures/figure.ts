import type { Interval } from './interval.ts';
import type { Rational } from './rational.ts';

/**
 * What a reading rests on: the printed words; another figure that it takes the unit from; a word such as “quota” or “over”;
 * words outside the figure's clause, which a person has to confirm. Null: nothing says so.
 */
export const READING_SOURCES = ['printed', 'inherited', 'cue-word', 'outside-clause'] as const;
export type ReadingSource = (typeof READING_SOURCES)[number] | null;

export const QUALIFIERS = ['exact', 'over', 'at-least', 'up-to', 'under', 'nearly', 'about', 'several'] as const;
export type Qualifier = (typeof QUALIFIERS)[number];

export const FIGURE_KINDS = ['actual', 'quota', 'plan', 'comparison'] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];

/** Why the interval of a figure is what it is. */
export const INTERVAL_REASONS = [
  /** A decimal or scaled number: half a unit of its last digit on either side. */
  'last-digit',
  /** A plain integer: a count. */
  'count',
  /** A round integer with a rounding word: half a unit of its last digit that is not 0. */
  'rounding-word',
  /** Over, at least, up to, under: unbounded on one side. */
  'bound',
  'range',
  /** An order of magnitude: 数万 (“tens of thousands”). */
  'order-of-magnitude',
  /** A fraction in words, which is hardly ever exact: 三分之一 (“a third”), 八成 (“eight tenths”), half. */
  'fraction',
] as const;
export type IntervalReason = (typeof INTERVAL_REASONS)[number];

export interface ReadInterval extends Interval {
  readonly reason: IntervalReason;
}

/** The words that a figure is printed with, before anything around it is read. */
export interface Printed {
  readonly start: number;
  readonly end: number;
  /** The number; of a range its lower end; of an order of magnitude its lowest value. */
  readonly value: Rational;
  /** The upper end of a range or an order of magnitude; null for a single number. */
  readonly top: Rational | null;
  /** What one unit of the last printed digit is worth. Null for a plain integer. */
  readonly step: Rational | null;
  readonly form: NumberForm;
  /** A unit or qualifier within the printed words, as in 两千余人 and 8.4%. */
  readonly unit: string | null;
  readonly qualifier: Qualifier | null;
}
export const NUMBER_FORMS = ['number', 'word', 'fraction', 'multiple', 'magnitude'] as const;
export type NumberForm = (typeof NUMBER_FORMS)[number];

export interface Period {
  /** Days as ISO 8601, both included. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** A number read from a text. Everything read is a suggestion until a person confirms it. */
export interface Figure {
  /** `f1`, `f2` …, in reading order. */
  readonly id: string;
  /** UTF-16 code units in the text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly language: 'en' | 'zh';
  readonly value: Rational;
  readonly top: Rational | null;
  readonly step: Rational | null;
  readonly form: NumberForm;
  readonly interval: ReadInterval;
  /** The other reading of a number that may be rounded, or is said to be over or under; null if there is none. */
  readonly otherwise: ReadInterval | null;
  readonly unit: string | null;
  readonly qualifier: Qualifier;
  readonly kind: FigureKind;
  readonly period: Period | null;
  /** A place of the gazetteer. */
  readonly place: string | null;
  readonly source: {
    readonly value: ReadingSource;
    readonly unit: ReadingSource;
    readonly qualifier: ReadingSource;
    readonly kind: ReadingSource;
    readonly period: ReadingSource;
    readonly place: ReadingSource;
  };
  /** Numbers of its sentence and paragraph. */
  readonly sentence: number;
  readonly paragraph: number;
}

/** Digits that are no figure, and why. */
export interface LeftOut {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}
