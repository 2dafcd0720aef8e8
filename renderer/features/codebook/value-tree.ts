import type { DimensionValue } from '../../../shared/model/index.ts';

/** A value with how deep it lies, from 0. */
export interface PlacedValue {
  readonly value: DimensionValue;
  readonly level: number;
}

/** Values under what they lie under, each once; what lies under nothing that is there, or in a ring, stands at the top. */
export function valueTree(values: readonly DimensionValue[]): PlacedValue[] {
  const there = new Set(values.map(({ id }) => id));
  const below = Map.groupBy(values, ({ parent }) => (parent !== null && there.has(parent) ? parent : null));
  const placed = new Map<DimensionValue['id'], PlacedValue>();
  const place = (value: DimensionValue, level: number): void => {
    if (placed.has(value.id)) return;
    placed.set(value.id, { value, level });
    for (const child of below.get(value.id) ?? []) place(child, level + 1);
  };
  for (const value of below.get(null) ?? []) place(value, 0);
  for (const value of values) place(value, 0);
  return [...placed.values()];
}
