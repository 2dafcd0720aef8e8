import type { Dimension, DimensionValue, ValueId } from '../../../shared/model/index.ts';
import { foldText } from '../../../shared/text/fold.ts';

export interface FoundValue {
  readonly dimension: Dimension;
  readonly value: DimensionValue;
  /** Which of its other names matched. */
  readonly name: string | null;
}
export interface DimensionGroup {
  readonly dimension: Dimension;
  readonly values: readonly FoundValue[];
}

/**
 * The values of the passages' dimensions that answer what was typed: by label, code, another name (Chinese, Uyghur), or
 * the dimension's own name, which brings all its values. Best dimension first; without a query all, in the codebook's order.
 */
export function rankValues(dimensions: readonly Dimension[], query: string): DimensionGroup[] {
  const wanted = foldText(query).trim();
  const groups = dimensions
    .filter(({ on }) => on === 'passage')
    .map((dimension) => {
      const whole = wanted === '' || begins(dimension.name, wanted) || begins(dimension.code, wanted);
      const scored = dimension.values
        .map((value) => ({ value, ...score(value, wanted) }))
        .filter(({ points }) => whole || points > 0)
        .sort((a, b) => b.points - a.points);
      const points = Math.max(0, ...scored.map((one) => one.points), whole && wanted !== '' ? 3 : 0);
      return { dimension, points, values: scored.map(({ value, name }) => ({ dimension, value, name })) };
    })
    .filter(({ values }) => values.length > 0);
  return groups.sort((a, b) => b.points - a.points).map(({ dimension, values }) => ({ dimension, values }));
}

const begins = (text: string, wanted: string): boolean =>
  ` ${foldText(text).replace(/[^\p{L}\p{N}]+/gu, ' ')}`.includes(` ${wanted}`);

/** 4 for the beginning of the label, 3 of a word, a code or another name, 1 for anywhere; 0 for nowhere. */
function score(value: DimensionValue, wanted: string): { points: number; name: string | null } {
  if (wanted === '') return { points: 0, name: null };
  const label = foldText(value.label);
  if (label.startsWith(wanted)) return { points: 4, name: null };
  if (begins(value.label, wanted) || foldText(value.code).startsWith(wanted)) return { points: 3, name: null };
  const name = value.names.find((one) => foldText(one).includes(wanted));
  if (name !== undefined) return { points: foldText(name).startsWith(wanted) ? 3 : 1, name };
  return { points: label.includes(wanted) ? 1 : 0, name: null };
}

/** The values a dimension has after one of them was chosen: set or taken off, and where only one can be, instead of the other. */
export function toggledValues(dimension: Dimension, set: readonly ValueId[], value: ValueId): ValueId[] {
  if (set.includes(value)) return set.filter((id) => id !== value);
  return dimension.single ? [value] : [...set, value];
}
