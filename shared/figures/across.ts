import type { Converter } from './converter.ts';
import type { Qualifier } from './figure.ts';
import type { Interval } from './interval.ts';
import { overlap, widthOf } from './interval.ts';
import { Rational } from './rational.ts';
import type { ComparedFigure } from './compare.ts';
import { foldedText } from '../text/search-fold.ts';

/** A figure, as far as it may say the same as one of another source. */
export interface AcrossFigure extends ComparedFigure {
  readonly value: Rational;
  readonly qualifier: Qualifier;
  /** Of whom or what it is, as a person wrote it; empty: nobody did. */
  readonly subject: string;
  /** The words right before the number, where nobody said what it is of. */
  readonly words?: string;
}

/** Two figures of two sources that may be of one quantity. */
export interface AcrossPair<F extends AcrossFigure> {
  /** `same`: a repeat, of which `second` is the coarser. `difference`: they can’t be one value, and `first` is the larger. */
  readonly operation: 'same' | 'difference';
  readonly first: F;
  readonly second: F;
  /** What suggests it: the same subject, or the same words before the number; or that the numbers agree. */
  readonly by: 'wording' | 'numbers';
}

/** Figures of one place, period, kind and unit that are set beside each other, and pairs in all: nobody goes through more. */
const MOST_TOGETHER = 60;
const MOST = 1000;
/** A number below this stands in two sources by chance. */
const TELLING = Rational.of(1000);

/**
 * Figures of two sources for one place, period and kind, in units that are converted into each other. With one subject, or the same words
 * before them, they are a repeat, or differ; without, only a large number that agrees is one. What nobody knows the place or time of is
 * set beside nothing. Of many figures, those that are named first are looked at.
 */
export function acrossSources<F extends AcrossFigure>(
  figures: readonly F[],
  units: Converter,
): { readonly pairs: AcrossPair<F>[]; readonly more: boolean } {
  const pairs: AcrossPair<F>[] = [];
  let more = false;
  const groups = Map.groupBy(figures, (figure) => keyOf(figure, units));
  groups.delete(null);
  for (const together of groups.values()) {
    const looked = together.slice(0, MOST_TOGETHER).map((figure) => placed(figure, units));
    more ||= looked.length < together.length;
    for (const [at, one] of looked.entries())
      for (const other of looked.slice(at + 1)) {
        const pair = one.figure.source === other.figure.source ? null : pairOf(one, other);
        if (pair === null) continue;
        if (pairs.length >= MOST) return { pairs, more: true };
        pairs.push(pair);
      }
  }
  return { pairs, more };
}

interface Placed<F extends AcrossFigure> {
  readonly figure: F;
  /** In the unit that the group is compared in. */
  readonly within: Interval;
  readonly subject: string;
  readonly words: string;
}

/** What figures have to have in common to be set beside each other; null: nobody knows the place, period or unit of this one. */
function keyOf({ place, period, kind, unit }: AcrossFigure, units: Converter): string | null {
  if (place === null || period === null || unit === null) return null;
  return JSON.stringify([kind, place, period.from, period.to, units.base(unit)]);
}

function placed<F extends AcrossFigure>(figure: F, units: Converter): Placed<F> {
  const { interval, unit, words = '' } = figure;
  return {
    figure,
    within: unit === null ? interval : units.within(interval, unit, units.base(unit)),
    subject: foldedText(figure.subject.trim()),
    words: foldedText(words.trim()),
  };
}

function pairOf<F extends AcrossFigure>(one: Placed<F>, other: Placed<F>): AcrossPair<F> | null {
  const isNamed = areOfOne(one, other);
  if (isNamed === false) return null;
  if (overlap(one.within, other.within)) {
    if (isNamed === null && !(isTelling(one) && isTelling(other))) return null;
    const [fine, coarse] = isWider(one.within, other.within) ? [other, one] : [one, other];
    return {
      operation: 'same',
      first: fine.figure,
      second: coarse.figure,
      by: isNamed === null ? 'numbers' : 'wording',
    };
  }
  if (isNamed === null) return null;
  const [larger, smaller] = isAbove(one.within, other.within) ? [one, other] : [other, one];
  return { operation: 'difference', first: larger.figure, second: smaller.figure, by: 'wording' };
}

/** So many characters before two numbers say the same: Chinese has a word in two, and 就业 alone is of many things. */
const HAN = 4;
const LETTERS = 12;

/** Whether two figures are of one thing; null: nothing says so. */
function areOfOne(one: Placed<AcrossFigure>, other: Placed<AcrossFigure>): boolean | null {
  if (one.subject !== '' && other.subject !== '') return one.subject === other.subject;
  if (one.subject !== '') return other.words.endsWith(one.subject) || null;
  if (other.subject !== '') return one.words.endsWith(other.subject) || null;
  let same = 0;
  while (same < Math.min(one.words.length, other.words.length) && one.words.at(-1 - same) === other.words.at(-1 - same))
    same += 1;
  const tail = same === 0 ? '' : one.words.slice(-same);
  return /^\p{Script=Han}+$/u.test(tail.slice(-HAN)) && tail.length >= HAN ? true : tail.length >= LETTERS || null;
}

/** Large, of more than one digit, and closed on both sides: “over 10,000” agrees with anything above. */
const isTelling = ({ figure: { value }, within: { low, high } }: Placed<AcrossFigure>): boolean =>
  low !== null &&
  high !== null &&
  value.compare(TELLING) >= 0 &&
  value.numerator.toString().replace(/0+$/, '').length > 1;

function isWider(one: Interval, other: Interval): boolean {
  const [width, than] = [widthOf(one), widthOf(other)];
  return width === null ? than !== null : than !== null && width.compare(than) > 0;
}
const isAbove = ({ low }: Interval, { high }: Interval): boolean =>
  low !== null && high !== null && low.compare(high) > 0;
