import { check } from './check.ts';
import type { Figure } from './figure.ts';
import { fit, isCount, type Suggested, type Surroundings } from './pairs.ts';
import { TOTAL } from './pair-cues.ts';

/** Most parts of a total that are tried. */
const MOST_PARTS = 10;

/**
 * A total and its parts in one sentence or the next: all counts of its unit that stand together before or after it. Wording
 * such as 合计 or “a total of” reports sums that fail; without it only sums that come out exactly are suggested.
 */
export function sumsIn(around: Surroundings): Suggested[] {
  const { figures } = around;
  return figures.flatMap((total, at): Suggested[] => {
    if (!isCount(total) || total.top !== null || total.unit === null || total.kind === 'comparison') return [];
    const isNamed = TOTAL.test(around.before(total, 40));
    const after = run(total, figures.slice(at + 1, at + 1 + 2 * MOST_PARTS));
    const before = run(total, figures.slice(Math.max(0, at - 2 * MOST_PARTS), at).toReversed()).toReversed();
    const tried = [...prefixes(after), ...suffixes(before)].map((parts) => sum(parts, total, isNamed));
    const exact = tried.find(({ check: { verdict } }) => verdict === 'exact');
    if (exact !== undefined) return [exact];
    if (!isNamed) return [];
    return [after, before]
      .filter((parts) => parts.length >= 3 && parts.every(({ sentence }) => sentence === total.sentence))
      .slice(0, 1)
      .map((parts) => sum(parts, total, true));
  });
}

/** The counts beside a total that may be its parts. */
function run(total: Figure, beside: readonly Figure[]): Figure[] {
  return beside
    .filter(
      (one) =>
        isCount(one) && one.kind !== 'comparison' && one.unit === total.unit && fit(one, total) && one.top === null,
    )
    .filter((one) => one.paragraph === total.paragraph && Math.abs(one.sentence - total.sentence) <= 1)
    .filter((one) => one.value.compare(total.value) < 0)
    .slice(0, MOST_PARTS);
}
const prefixes = (parts: readonly Figure[]): Figure[][] =>
  parts.map((_, at) => parts.slice(0, at + 1)).filter((some) => some.length >= 2);
const suffixes = (parts: readonly Figure[]): Figure[][] =>
  parts.map((_, at) => parts.slice(at)).filter((some) => some.length >= 2);

const sum = (parts: readonly Figure[], total: Figure, isNamed: boolean): Suggested => ({
  kind: 'sum',
  operation: 'sum',
  inputs: parts,
  printed: total,
  check: check('sum', parts, total),
  by: isNamed ? 'wording' : 'numbers',
});
