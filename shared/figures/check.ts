import type { Figure } from './figure.ts';
import { exactly, type Interval, overlap, roundedTo, widthOf } from './interval.ts';
import { operationOf, type OperationName } from './operations.ts';
import { ONE, Rational } from './rational.ts';

export const VERDICTS = ['exact', 'rounds', 'truncates', 'within-precision', 'fails', 'not-checkable'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Check {
  readonly verdict: Verdict;
  /** The result computed from the printed values; null if it can’t be computed. */
  readonly computed: Rational | null;
  /** Every result that the inputs' printed precision allows. */
  readonly interval: Interval;
  /** How many printed steps the computed value is from the printed one, to two decimals; null if either is missing. */
  readonly off: number | null;
  /** Whether the inputs would accept more than ten printed results, so that agreement says little. A wide result is never shown green. */
  readonly wide: boolean;
}

/** How a figure enters a computation. */
export type Operand = Pick<Figure, 'value' | 'top' | 'step' | 'qualifier' | 'interval' | 'otherwise'>;

/**
 * How exact a printed number is taken to be. `printed`: scaled numbers are rounded, integers are counts. `exact`: scaled numbers and integers
 * are counts. `rounded`: as `printed`, but integers that end in zeros are rounded too.
 */
export const READINGS = ['printed', 'exact', 'rounded'] as const;
export type Reading = (typeof READINGS)[number];

/** Whether a number has two readings: 1.26万 and 12,600 may be rounded to hundreds. */
export function mayBeRounded({ qualifier, top, interval, otherwise }: Operand): boolean {
  if (qualifier !== 'exact' || top !== null) return false;
  return interval.reason === 'last-digit' || otherwise !== null;
}

const ACCEPTED = Rational.of(10);

/**
 * Recomputes a printed result. The verdicts in order: equal; equal once rounded, half up, to the printed step; equal once truncated to it; the
 * intervals overlap; they do not. Values that are over, about or a range agree within precision at best.
 */
export function check(
  name: OperationName,
  inputs: readonly Operand[],
  printed: Operand | null,
  reading: Reading = 'printed',
): Check {
  const operation = operationOf(name);
  const computed = operation.of(inputs.map(({ value }) => value));
  const interval = operation.within(inputs.map((input) => enters(input, reading)));
  if (computed === null || printed === null)
    return { verdict: 'not-checkable', computed, interval, off: null, wide: false };
  const step = printed.step ?? ONE;
  const off = offBy(computed, printed.value, step);
  const width = widthOf(interval);
  const wide = width === null || (width.dividedBy(step)?.compare(ACCEPTED) ?? 1) > 0;
  const isExact = inputs.every(({ qualifier, top }) => qualifier === 'exact' && top === null);
  const asPrinted = isExact && (reading !== 'rounded' || roundsThroughout(interval, printed.value, step));
  return { verdict: verdictOf(computed, interval, printed, step, asPrinted), computed, interval, off, wide };
}

/** Whether every value that the rounded inputs allow rounds to the printed result. */
function roundsThroughout({ low, high }: Interval, printed: Rational, step: Rational): boolean {
  return [low, high].every((end) => end?.toStep(step, 'rounded').equals(printed) === true);
}

function verdictOf(
  computed: Rational,
  interval: Interval,
  printed: Operand,
  step: Rational,
  isExact: boolean,
): Verdict {
  if (printed.qualifier !== 'exact' || printed.top !== null)
    return overlap(interval, printed.interval) ? 'within-precision' : 'fails';
  if (isExact) {
    if (computed.equals(printed.value)) return 'exact';
    // A fraction in words such as “a quarter” is hardly ever exact.
    if (printed.interval.reason === 'fraction')
      return overlap(interval, printed.interval) ? 'within-precision' : 'fails';
    if (computed.toStep(step, 'rounded').equals(printed.value)) return 'rounds';
    if (computed.toStep(step, 'truncated').equals(printed.value)) return 'truncates';
  }
  const accepted = printed.step === null ? exactly(printed.value) : roundedTo(printed.value, step);
  return overlap(interval, accepted) ? 'within-precision' : 'fails';
}

/**
 * The interval with which a figure enters a computation. “Over 600” is anything from 600 up; the result is then unbounded too, and agreement
 * says little.
 */
function enters(operand: Operand, reading: Reading): Interval {
  const { value, interval, otherwise, qualifier } = operand;
  if (reading === 'exact' && mayBeRounded(operand)) return exactly(value);
  return reading === 'rounded' && qualifier === 'exact' && otherwise !== null ? otherwise : interval;
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
function offBy(computed: Rational, printed: Rational, step: Rational): number | null {
  const steps = computed.minus(printed).absolute().dividedBy(step);
  if (steps === null) return null;
  // Rounds half a hundredth up. Compares as integers where a number can hold them exactly.
  const hundredths = (steps.numerator * 200n + steps.denominator) / (steps.denominator * 2n);
  return hundredths < SAFE ? Number(hundredths) / 100 : Number(steps.toDecimal(2));
}
