import { difference, exactly, type Interval, product, quotient, sum } from './interval.ts';
import { HUNDRED, ONE, Rational } from './rational.ts';

/** A computation between figures. The inputs come in the order of `takes`. */
export interface Operation {
  readonly takes: readonly string[];
  /** The formula, as shown to people. */
  readonly formula: string;
  /** Computes the result; null where it would divide by 0. */
  readonly of: (inputs: readonly Rational[]) => Rational | null;
  /** Contains every result of values within the inputs' intervals. Each input occurs once, so it is no wider than needed. */
  readonly within: (inputs: readonly Interval[]) => Interval;
}

const hundred = exactly(HUNDRED);
const one = exactly(ONE);
const HUNDREDTH = Rational.of(1, 100);

const binary = (
  takes: readonly [string, string],
  formula: string,
  of: (a: Rational, b: Rational) => Rational | null,
  within: (a: Interval, b: Interval) => Interval,
): Operation => ({
  takes,
  formula,
  of: ([a, b]) => (a === undefined || b === undefined ? null : of(a, b)),
  within: ([a, b]) => (a === undefined || b === undefined ? { low: null, high: null } : within(a, b)),
});

const percentOf = (a: Rational, b: Rational): Rational | null => a.times(HUNDRED).dividedBy(b);
const growthOf = (later: Rational, earlier: Rational): Rational | null =>
  later.minus(earlier).times(HUNDRED).dividedBy(earlier);
const fraction = (percent: Rational): Rational => percent.times(HUNDREDTH);
const fractionWithin = (percent: Interval): Interval => product(percent, exactly(HUNDREDTH));

export const OPERATIONS = {
  share: binary(['part', 'whole'], 'part ÷ whole × 100', percentOf, (a, b) => product(quotient(a, b), hundred)),
  completion: binary(['result', 'quota'], 'result ÷ quota × 100', percentOf, (a, b) =>
    product(quotient(a, b), hundred),
  ),
  growth: binary(['later', 'earlier'], '(later ÷ earlier − 1) × 100', growthOf, (a, b) =>
    product(difference(quotient(a, b), one), hundred),
  ),
  decline: binary(
    ['later', 'earlier'],
    '(1 − later ÷ earlier) × 100',
    (later, earlier) => growthOf(later, earlier)?.negated() ?? null,
    (a, b) => product(difference(one, quotient(a, b)), hundred),
  ),
  exceeds: binary(['result', 'quota'], '(result ÷ quota − 1) × 100', growthOf, (a, b) =>
    product(difference(quotient(a, b), one), hundred),
  ),
  growthByIncrease: binary(
    ['later', 'increase'],
    'increase ÷ (later − increase) × 100',
    (later, increase) => percentOf(increase, later.minus(increase)),
    (later, increase) => quotient(hundred, difference(quotient(later, increase), one)),
  ),
  declineByDecrease: binary(
    ['later', 'decrease'],
    'decrease ÷ (later + decrease) × 100',
    (later, decrease) => percentOf(decrease, later.plus(decrease)),
    (later, decrease) => quotient(hundred, sum(quotient(later, decrease), one)),
  ),
  difference: binary(['from', 'taken off'], 'from − taken off', (a, b) => a.minus(b), difference),
  ratio: binary(['value', 'base'], 'value ÷ base', (a, b) => a.dividedBy(b), quotient),
  same: {
    takes: ['value'],
    formula: 'value',
    of: ([value]) => value ?? null,
    within: ([value]) => value ?? { low: null, high: null },
  },
  sum: {
    takes: ['parts'],
    formula: 'sum of the parts',
    of: (parts) => (parts.length === 0 ? null : parts.reduce((total, part) => total.plus(part))),
    within: (parts) => parts.reduce(sum, { low: Rational.of(0), high: Rational.of(0) }),
  },
  earlierByGrowth: binary(
    ['later', 'growth in percent'],
    'later ÷ (1 + growth ÷ 100)',
    (later, growth) => later.dividedBy(ONE.plus(fraction(growth))),
    (later, growth) => quotient(later, sum(one, fractionWithin(growth))),
  ),
  earlierByDecline: binary(
    ['later', 'decline in percent'],
    'later ÷ (1 − decline ÷ 100)',
    (later, decline) => later.dividedBy(ONE.minus(fraction(decline))),
    (later, decline) => quotient(later, difference(one, fractionWithin(decline))),
  ),
  part: binary(
    ['whole', 'share in percent'],
    'whole × share ÷ 100',
    (whole, share) => whole.times(fraction(share)),
    (whole, share) => product(whole, fractionWithin(share)),
  ),
  whole: binary(
    ['part', 'share in percent'],
    'part ÷ share × 100',
    (part, share) => part.times(HUNDRED).dividedBy(share),
    (part, share) => product(quotient(part, share), hundred),
  ),
} as const satisfies Record<string, Operation>;
export type OperationName = keyof typeof OPERATIONS;
export const OPERATION_NAMES = [
  'share',
  'completion',
  'growth',
  'decline',
  'exceeds',
  'growthByIncrease',
  'declineByDecrease',
  'difference',
  'ratio',
  'same',
  'sum',
  'earlierByGrowth',
  'earlierByDecline',
  'part',
  'whole',
] as const satisfies readonly OperationName[];
export const operationOf = (name: OperationName): Operation => OPERATIONS[name];
