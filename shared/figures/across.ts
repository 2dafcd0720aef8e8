import type { Converter } from './converter.ts';
import type { Qualifier } from './figure.ts';
import type { Interval } from './interval.ts';
import { overlap, widthOf } from './interval.ts';
import { Rational } from './rational.ts';
import type { ComparedFigure } from './compare.ts';
import { foldedText } from '../text/search-fold.ts';

/** A figure with the properties needed to compare it with figures of other sources. */
export interface AcrossFigure extends ComparedFigure {
  readonly value: Rational;
  readonly qualifier: Qualifier;
  /** Whom or what the figure is about, as a person wrote it; empty if nobody did. */
  readonly subject: string;
  /** The words right before the number, used if no subject was recorded. */
  readonly words?: string;
}

/** Two figures of two sources that may be of one quantity. */
export interface AcrossPair<F extends AcrossFigure> {
  /** `same`: the two repeat each other, and `second` is the coarser. `difference`: they can’t be one value, and `first` is the larger. */
  readonly operation: 'same' | 'difference';
  readonly first: F;
  readonly second: F;
  /** `wording`: both have one subject, or the same words before the number. `numbers`: only their values agree. */
  readonly by: 'wording' | 'numbers';
}

/** The most figures of one place, period, kind and unit that are compared, and the most pairs in all: nobody reads more. */
const MOST_TOGETHER = 60;
const MOST = 1000;
/** A number below this may stand in two sources by chance. */
const TELLING = Rational.of(1000);

/**
 * Pairs of figures of two sources for one place, period and kind, in units that convert into each other. With one subject or the same words
 * before them, two figures are a repeat or a difference. Without, they are paired only if a large number agrees. Figures without a known place
 * or period are left out. If there are too many, figures with a subject or words come first.
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
  /** The interval of the figure, in the unit that its group is compared in. */
  readonly within: Interval;
  readonly subject: string;
  readonly words: string;
}

/** The key of the figures that may be compared; null if the place, period or unit of this figure is unknown. */
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

/**
 * How many characters before two numbers must be equal for them to be about one thing. A Chinese word has two characters, but 就业
 * (“employment”) alone is said of many things.
 */
const HAN = 4;
const LETTERS = 12;

/** Whether two figures are about one thing; null if nothing tells. */
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

/** Whether a value is large, has more than one digit that is not 0, and is bounded on both sides: “over 10,000” agrees with anything above. */
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
