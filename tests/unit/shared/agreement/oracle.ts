import type { Coefficient } from '../../../../shared/agreement/coefficients.ts';

/** Rows are coders, columns units; null is a missing judgement. */
export type Matrix = readonly (readonly (string | number | null)[])[];

/** An exact fraction. */
export interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}
const ratio = (over: bigint | number, under: bigint | number = 1): Ratio => ({
  over: BigInt(over),
  under: BigInt(under),
});
const plus = (a: Ratio, b: Ratio): Ratio => ratio(a.over * b.under + b.over * a.under, a.under * b.under);
const minus = (a: Ratio, b: Ratio): Ratio => plus(a, ratio(-b.over, b.under));
const times = (a: Ratio, b: Ratio): Ratio => ratio(a.over * b.over, a.under * b.under);
const by = (a: Ratio, b: Ratio): Ratio | null => (b.over === 0n ? null : ratio(a.over * b.under, a.under * b.over));
const ONE = ratio(1);
const ZERO = ratio(0);

/** The fraction as a number, to some 17 digits, whatever the size of its parts. */
export function numberOf(value: Ratio | null): Coefficient {
  if (value === null) return 'undefined';
  const digits = 10n ** 20n;
  return Number((value.over * digits) / value.under) / 1e20;
}
export const isRatio = (value: Ratio | null, over: number, under: number): boolean =>
  value !== null && value.over * BigInt(under) === BigInt(over) * value.under;

const columns = (matrix: Matrix): (string | number)[][] =>
  (matrix[0] ?? []).map((_, unit) => matrix.flatMap((coder) => coder[unit] ?? []));
const valuesOf = (matrix: Matrix): (string | number)[] => [...new Set(columns(matrix).flat())];
const countIn = (list: readonly (string | number)[], value: string | number): number =>
  list.filter((one) => one === value).length;

/** By its definition: every ordered pair of judgements on one unit, looked at one by one. */
export function percent(matrix: Matrix): Ratio | null {
  let same = 0;
  let pairs = 0;
  for (const unit of columns(matrix))
    unit.forEach((one, i) =>
      unit.forEach((other, j) => {
        if (i === j) return;
        pairs++;
        if (one === other) same++;
      }),
    );
  return by(ratio(100 * same), ratio(pairs));
}

/** By its definition: po and pe as shares. */
export function cohen([first = [], second = []]: Matrix): Ratio | null {
  const both = first.flatMap((one, unit) => {
    const other = second[unit] ?? null;
    return one === null || other === null ? [] : [[one, other] as const];
  });
  if (both.length === 0) return null;
  const n = both.length;
  const po = ratio(both.filter(([one, other]) => one === other).length, n);
  let pe = ZERO;
  for (const value of valuesOf([first, second])) {
    const p1 = ratio(
      countIn(
        both.map(([one]) => one),
        value,
      ),
      n,
    );
    const p2 = ratio(
      countIn(
        both.map(([, other]) => other),
        value,
      ),
      n,
    );
    pe = plus(pe, times(p1, p2));
  }
  return by(minus(po, pe), minus(ONE, pe));
}

/** By its definition: mean of Pi, and the sum of squared shares. */
export function fleiss(matrix: Matrix): Ratio | null {
  const units = columns(matrix).filter((unit) => unit.length > 0);
  const judges = units[0]?.length ?? 0;
  if (judges < 2 || units.some((unit) => unit.length !== judges)) return null;
  let observed = ZERO;
  for (const unit of units) {
    let inner = 0;
    for (const value of valuesOf(matrix)) inner += countIn(unit, value) ** 2;
    observed = plus(observed, ratio(inner - judges, judges * (judges - 1) * units.length));
  }
  let chance = ZERO;
  for (const value of valuesOf(matrix)) {
    const share = ratio(countIn(units.flat(), value), units.length * judges);
    chance = plus(chance, times(share, share));
  }
  return by(minus(observed, chance), minus(ONE, chance));
}

/** By its definition: 1 - Do / De, from the matrix of coincidences. */
export function krippendorff(matrix: Matrix): Ratio | null {
  const units = columns(matrix).filter((unit) => unit.length > 1);
  const n = units.flat().length;
  if (n === 0) return null;
  let disagreeing = ZERO;
  for (const unit of units)
    unit.forEach((one, i) =>
      unit.forEach((other, j) => {
        if (i !== j && one !== other) disagreeing = plus(disagreeing, ratio(1, unit.length - 1));
      }),
    );
  let expected = 0;
  const all = units.flat();
  for (const c of valuesOf(matrix))
    for (const k of valuesOf(matrix)) if (c !== k) expected += countIn(all, c) * countIn(all, k);
  const observed = times(disagreeing, ratio(1, n));
  const over = by(observed, ratio(expected, n * (n - 1)));
  return expected === 0 || over === null ? null : minus(ONE, over);
}
