import { HALF, ONE, type Rational, ZERO } from './rational.ts';

/** All values from `low` to `high`, both included; null: unbounded on that side. */
export interface Interval {
  readonly low: Rational | null;
  readonly high: Rational | null;
}

export const exactly = (value: Rational): Interval => ({ low: value, high: value });
export const EVERYTHING: Interval = { low: null, high: null };

/** The values that a number printed in steps of `step` may stand for: half a step on either side. */
export function roundedTo(value: Rational, step: Rational): Interval {
  const half = step.times(HALF);
  return { low: value.minus(half), high: value.plus(half) };
}

export function contains({ low, high }: Interval, value: Rational): boolean {
  return (low === null || low.compare(value) <= 0) && (high === null || high.compare(value) >= 0);
}

export function overlap(one: Interval, other: Interval): boolean {
  const before = (a: Interval, b: Interval): boolean => a.high !== null && b.low !== null && a.high.compare(b.low) < 0;
  return !before(one, other) && !before(other, one);
}

/** The distance between the ends; null if one is open. */
export function widthOf({ low, high }: Interval): Rational | null {
  return low === null || high === null ? null : high.minus(low);
}

export function sum(one: Interval, other: Interval): Interval {
  return {
    low: one.low === null || other.low === null ? null : one.low.plus(other.low),
    high: one.high === null || other.high === null ? null : one.high.plus(other.high),
  };
}

export function difference(one: Interval, other: Interval): Interval {
  return sum(one, { low: other.high?.negated() ?? null, high: other.low?.negated() ?? null });
}

export function product(one: Interval, other: Interval): Interval {
  const corners = ends(one).flatMap((a) => ends(other).map((b) => timesEnd(a, b)));
  return {
    low: corners.reduce((least, corner) => (compareEnds(corner, least) < 0 ? corner : least)).value,
    high: corners.reduce((most, corner) => (compareEnds(corner, most) > 0 ? corner : most)).value,
  };
}

/** The interval of a quotient; every value if the divisor may be 0. */
export function quotient(one: Interval, divisor: Interval): Interval {
  if (contains(divisor, ZERO)) return EVERYTHING;
  const { low, high } = divisor;
  const inverse = (end: Rational | null): Rational => (end === null ? ZERO : (ONE.dividedBy(end) ?? ZERO));
  return product(one, { low: inverse(high), high: inverse(low) });
}

/** An end of an interval: a value, or an open end in the direction of `sign`. */
interface End {
  readonly value: Rational | null;
  readonly sign: -1 | 0 | 1;
}
const signOf = (value: Rational): -1 | 0 | 1 => {
  const sign = value.compare(ZERO);
  return sign < 0 ? -1 : sign > 0 ? 1 : 0;
};
const ends = ({ low, high }: Interval): End[] => [
  { value: low, sign: low === null ? -1 : signOf(low) },
  { value: high, sign: high === null ? 1 : signOf(high) },
];
/** 0 times an open end is 0, since the open end is excluded. */
function timesEnd(one: End, other: End): End {
  if (one.sign === 0 || other.sign === 0) return { value: ZERO, sign: 0 };
  const sign = one.sign === other.sign ? 1 : -1;
  if (one.value === null || other.value === null) return { value: null, sign };
  return { value: one.value.times(other.value), sign };
}
function compareEnds(one: End, other: End): number {
  if (one.value !== null && other.value !== null) return one.value.compare(other.value);
  if (one.value === null && other.value === null) return one.sign - other.sign;
  return one.value === null ? one.sign : -other.sign;
}
