import type { ConversionRule } from '../model/measures.ts';
import { Rational } from './rational.ts';
import { areNeverMixed } from './units.ts';

/** One unit in another: `factor` of `to` make one `from`. Exact by definition, so that a conversion adds no error. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly factor: Rational;
  /** The standard that defines the factor. */
  readonly by: string;
}

/** The conversions that the program knows. A project may add others; no other unit is ever converted. */
export const CONVERSIONS: readonly Conversion[] = [
  { from: 'hectare', to: 'mu', factor: Rational.of(15), by: 'GB 3100: 1 hectare is 15 mu' },
  { from: 'sqkm', to: 'hectare', factor: Rational.of(100), by: 'SI' },
  { from: 'hectare', to: 'sqm', factor: Rational.of(10_000), by: 'SI' },
  { from: 'acre', to: 'sqm', factor: Rational.of(40_468_564_224n, 10_000_000n), by: 'international acre, 1959' },
  { from: 'sqmi', to: 'acre', factor: Rational.of(640), by: 'international mile, 1959' },
  { from: 'km', to: 'm', factor: Rational.of(1000), by: 'SI' },
  { from: 'mile', to: 'm', factor: Rational.of(1_609_344n, 1000n), by: 'international mile, 1959' },
  { from: 'ton', to: 'kg', factor: Rational.of(1000), by: 'SI: the metric ton' },
  { from: 'kg', to: 'jin', factor: Rational.of(2), by: 'the Chinese market system of 1959' },
  { from: 'mw', to: 'kw', factor: Rational.of(1000), by: 'SI' },
  { from: 'week', to: 'day', factor: Rational.of(7), by: 'ISO 8601' },
  { from: 'day', to: 'hour', factor: Rational.of(24), by: 'ISO 8601' },
  { from: 'year', to: 'month', factor: Rational.of(12), by: 'the calendar' },
  { from: 'percent', to: 'permille', factor: Rational.of(10), by: 'ISO 80000-1' },
];

/** Names two units in either order. */
export const unitPair = (one: string, other: string): string => [one, other].toSorted().join(' ');

/** The program’s conversions with those of a project: a project’s rule for two units takes the place of the program’s, or turns it off. */
export function conversionTable(rules: readonly ConversionRule[]): Conversion[] {
  const own = new Set(rules.map(({ from, to }) => unitPair(from, to)));
  return [
    ...CONVERSIONS.filter(({ from, to }) => !own.has(unitPair(from, to))),
    ...rules.flatMap(({ from, to, factor: text, by }): Conversion[] => {
      const factor = text === null ? null : Rational.read(text);
      return factor === null || factor.isZero() ? [] : [{ from, to, factor, by }];
    }),
  ];
}

/** The factor that the rest of a table implies for one of its conversions, if it is another one. Returns null if it implies none, or the same. */
export function contradicted(one: Conversion, table: readonly Conversion[]): Rational | null {
  const pair = unitPair(one.from, one.to);
  const rest = table.filter(({ from, to }) => unitPair(from, to) !== pair);
  const other = conversionFactor(one.from, one.to, rest);
  return other === null || other.equals(one.factor) ? null : other;
}

/**
 * How many of `to` make one `from`, by the table, over as many steps as needed; null if the table has no way, and where the two count
 * different things, whatever the table says: it can come from anyone.
 */
export function conversionFactor(
  from: string,
  to: string,
  table: readonly Conversion[] = CONVERSIONS,
): Rational | null {
  if (areNeverMixed(from, to)) return null;
  const known = new Map([[from, Rational.of(1)]]);
  for (const [unit, factor] of known) {
    if (unit === to) return factor;
    for (const one of table) {
      if (one.from === unit && !known.has(one.to)) known.set(one.to, factor.times(one.factor));
      const back = one.to === unit && !known.has(one.from) ? factor.dividedBy(one.factor) : null;
      if (back !== null) known.set(one.from, back);
    }
  }
  return null;
}
