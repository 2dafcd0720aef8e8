import { dateBounds } from '../model/dates.ts';
import type { ReferenceValue } from '../model/measures.ts';
import { type Conversion, conversionFactor } from './conversions.ts';
import type { Figure } from './figure.ts';
import { Rational } from './rational.ts';

/** The properties of a figure that are compared with reference values. */
export type SetAgainst = Pick<Figure, 'interval' | 'unit' | 'place' | 'period'>;

export interface Limits<R extends ReferenceValue> {
  readonly references: readonly R[];
  readonly table: readonly Conversion[];
  /** The place and all places that contain it; empty for an unknown place. */
  readonly lineOf: (place: string) => readonly string[];
}

/**
 * Returns the reference values that a figure exceeds although it counts a part of the same thing; of each quantity and place, the one nearest
 * in time. A figure without a place is compared only with values for everywhere. Smaller figures are not judged.
 */
export function largerThan<R extends ReferenceValue>(
  { interval, unit, place, period }: SetAgainst,
  { references, table, lineOf }: Limits<R>,
): R[] {
  const { low } = interval;
  if (low === null || unit === null) return [];
  const within = new Set(place === null ? [] : lineOf(place));
  const fitting = references.flatMap((reference) => {
    if (!reference.isWhole || (reference.place !== null && !within.has(reference.place))) return [];
    const factor = conversionFactor(reference.unit, unit, table);
    const value = Rational.read(reference.value);
    return factor === null || value === null ? [] : [{ reference, limit: value.times(factor) }];
  });
  const groups = Map.groupBy(fitting, ({ reference: { quantity, place: where } }) => `${where ?? ''} ${quantity}`);
  return [...groups.values()].flatMap((all) => {
    const nearest = Math.min(...all.map(({ reference }) => apart(period, reference.period)));
    const tried = all.filter(({ reference }) => apart(period, reference.period) === nearest);
    return tried.every(({ limit }) => low.compare(limit) > 0)
      ? tried.slice(0, 1).map(({ reference }) => reference)
      : [];
  });
}

const DAYS_OF_YEAR = 372;
const dayOf = (day: number): number =>
  Math.floor(day / 10_000) * DAYS_OF_YEAR + Math.floor((day % 10_000) / 100) * 31 + (day % 100);

/** Days between a figure’s period and a value’s, both as whole spans: 0 if they overlap, or if one is unknown. Used to sort only. */
function apart(period: Figure['period'], other: string | null): number {
  const bounds = other === null ? null : dateBounds(other);
  if (period === null || bounds === null) return 0;
  const [from, to] = [period.from, period.to].map((day) => dayOf(Number(day.replaceAll('-', ''))));
  if (from === undefined || to === undefined) return 0;
  const first = bounds.from === null ? -Infinity : dayOf(bounds.from);
  const last = bounds.to === null ? Infinity : dayOf(bounds.to);
  return Math.max(0, first - to, from - last);
}
