/**
 * Agreement between coders, for nominal values. Everything is computed from counts, so that a hundred thousand identical
 * units cost no more than one. A **pattern** describes a unit regardless of who judged it: how often each value was
 * given. Missing judgements are left out.
 *
 * `undefined` (the word) is the value of a coefficient that cannot be computed: no unit was judged twice, or only one
 * value was ever given, so that chance alone explains all agreement.
 */
export type Coefficient = number | 'undefined';

export interface Pattern {
  /** Number of units with this pattern. */
  readonly weight: number;
  /** Number of judges who gave the first value, the second, … */
  readonly counts: readonly number[];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/**
 * Share of agreeing pairs, 0 to 100: of all pairs of judgements on the same unit, over all units. With two coders this is
 * the share of units on which they agree.
 */
export function percentAgreement(patterns: readonly Pattern[]): Coefficient {
  let agreeing = 0;
  let pairs = 0;
  for (const { weight, counts } of patterns) {
    const judges = sum(counts);
    pairs += weight * judges * (judges - 1);
    for (const count of counts) agreeing += weight * count * (count - 1);
  }
  return pairs === 0 ? 'undefined' : (100 * agreeing) / pairs;
}

/**
 * Cohen's kappa of two coders (J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
 * Measurement 20, 1960): (po - pe) / (1 - pe), pe from each coder's own distribution. `table[i][j]` counts the units to which
 * the first gave value i and the second value j.
 */
export function cohenKappa(table: readonly (readonly number[])[]): Coefficient {
  const first = table.map(sum);
  const second = table.map((_, value) => sum(table.map((row) => row[value] ?? 0)));
  const n = sum(first);
  const agreeing = sum(table.map((row, value) => row[value] ?? 0));
  const expected = sum(first.map((count, value) => count * (second[value] ?? 0)));
  return n * n === expected ? 'undefined' : (n * agreeing - expected) / (n * n - expected);
}

/**
 * Fleiss' kappa (J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76, 1971): every
 * unit must have been judged by the same number of judges, two or more; else it is undefined.
 */
export function fleissKappa(patterns: readonly Pattern[]): Coefficient {
  const present = patterns.filter(({ weight }) => weight > 0);
  const judges = sum(present[0]?.counts ?? []);
  if (judges < 2 || present.some(({ counts }) => sum(counts) !== judges)) return 'undefined';
  const totals = totalsOf(present);
  const all = sum(totals);
  const observed = sum(present.map(({ weight, counts }) => weight * sum(counts.map((one) => one * (one - 1)))));
  // Both as numerators over all²·(judges - 1): whole numbers, so that nothing is lost before the one division.
  const expected = sum(totals.map((one) => one * one)) * (judges - 1);
  const whole = all * all * (judges - 1);
  return whole === expected ? 'undefined' : (observed * all - expected) / (whole - expected);
}

/**
 * Krippendorff's alpha for nominal data, any number of coders, missing judgements allowed (K. Krippendorff, "Computing
 * Krippendorff's Alpha-Reliability", 2011, section E): 1 - (n - 1) · Σu Σc≠k n_uc·n_uk / (m_u - 1) / Σc≠k n_c·n_k, over the
 * units judged at least twice.
 */
export function krippendorffAlpha(patterns: readonly Pattern[]): Coefficient {
  const pairable = patterns.filter(({ weight, counts }) => weight > 0 && sum(counts) > 1);
  const totals = totalsOf(pairable);
  const n = sum(totals);
  const expected = unlike(totals);
  if (expected === 0) return 'undefined';
  const observed = sum(pairable.map(({ weight, counts }) => (weight * unlike(counts)) / (sum(counts) - 1)));
  return 1 - ((n - 1) * observed) / expected;
}

/** Ordered pairs of unlike values. */
const unlike = (counts: readonly number[]): number => sum(counts) ** 2 - sum(counts.map((one) => one * one));

function totalsOf(patterns: readonly Pattern[]): number[] {
  const totals: number[] = [];
  for (const { weight, counts } of patterns)
    counts.forEach((count, value) => (totals[value] = (totals[value] ?? 0) + weight * count));
  return totals;
}
