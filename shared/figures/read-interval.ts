import type { IntervalReason, Printed, Qualifier, ReadInterval } from './figure.ts';
import { roundedTo } from './interval.ts';
import { trailingStep } from './numerals.ts';
import { HUNDRED, ONE, Rational } from './rational.ts';

/** The width of a fraction in words, in percent: 八成 (“eight tenths”) is 75 to 85 percent. */
const FRACTION_STEP = Rational.of(10);
/** The width of a multiple in words, or of a change by 100 percent and more, as a part of itself: doubled is 1.8 to 2.2 times. */
const MULTIPLE_STEP = Rational.of(1, 5);
/** A whole number may be rounded if its last digit that is not 0 is worth at least this much: 27,600 may be; 1,610 is taken to be a count. */
const ROUND_ENOUGH = Rational.of(100);

interface Intervals {
  readonly interval: ReadInterval;
  readonly otherwise: ReadInterval | null;
}

/** “Almost halved” means a little above a half and “more than halved” below it, so bounds and roundings change sides. */
export function halvedIntervals(value: Rational, { interval, otherwise }: Intervals): Intervals {
  const twice = value.plus(value);
  const mirrored = ({ low, high, reason }: ReadInterval): ReadInterval => ({
    low: high === null ? null : twice.minus(high),
    high: low === null ? null : twice.minus(low),
    reason,
  });
  return { interval: mirrored(interval), otherwise: otherwise === null ? null : mirrored(otherwise) };
}

/** The interval of a figure, and its other reading if there are two. */
export function intervalsOf(
  { value, top, step, form }: Pick<Printed, 'value' | 'top' | 'step' | 'form'>,
  qualifier: Qualifier,
): Intervals {
  if (top !== null) {
    const reason: IntervalReason = form === 'magnitude' ? 'order-of-magnitude' : 'range';
    return { interval: { low: value, high: top, reason }, otherwise: null };
  }
  const roundness = trailingStep(value);
  const isLoose = step === null && (form === 'fraction' || form === 'multiple');
  const printed = step ?? (isLoose ? looseStep(value, form) : (roundness ?? ONE));
  const reason: IntervalReason = isLoose
    ? 'fraction'
    : step !== null && qualifier === 'exact'
      ? 'last-digit'
      : 'rounding-word';
  switch (qualifier) {
    case 'over':
    case 'at-least':
      return {
        interval: { low: value, high: null, reason: 'bound' },
        otherwise: { low: value, high: value.plus(printed), reason: 'rounding-word' },
      };
    case 'up-to':
    case 'under':
      return {
        interval: { low: null, high: value, reason: 'bound' },
        otherwise: { low: value.minus(printed), high: value, reason: 'rounding-word' },
      };
    case 'nearly':
      return { interval: { low: value.minus(printed), high: value, reason }, otherwise: null };
    case 'about':
    case 'several':
      return { interval: { ...roundedTo(value, printed), reason }, otherwise: null };
    case 'exact': {
      if (step !== null || isLoose) return { interval: { ...roundedTo(value, printed), reason }, otherwise: null };
      const isRound = roundness !== null && roundness.compare(ROUND_ENOUGH) >= 0;
      return {
        interval: { low: value, high: value, reason: 'count' },
        otherwise: isRound ? { ...roundedTo(value, roundness), reason: 'last-digit' } : null,
      };
    }
  }
}

const looseStep = (value: Rational, form: Printed['form']): Rational =>
  form === 'fraction' && value.compare(HUNDRED) < 0 ? FRACTION_STEP : value.times(MULTIPLE_STEP);
