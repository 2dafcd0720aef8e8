import { type Conversion, conversionFactor } from './conversions.ts';
import type { Interval } from './interval.ts';
import { ONE, type Rational } from './rational.ts';

/** Looks up one table of conversions and caches results: tables of many figures ask for the same few units. */
export class Converter {
  private readonly table: readonly Conversion[];
  private readonly factors = new Map<string, Rational | null>();
  private readonly bases = new Map<string, string>();

  constructor(table: readonly Conversion[]) {
    this.table = table;
  }

  /** How many of `to` make one `from`; null if the table has no way. */
  factor(from: string, to: string): Rational | null {
    const key = `${from} ${to}`;
    const known = this.factors.get(key);
    if (known !== undefined) return known;
    const factor = conversionFactor(from, to, this.table);
    this.factors.set(key, factor);
    return factor;
  }

  /** Whether the table has a way from one unit to the other. */
  has(one: string | null, other: string | null): boolean {
    return one !== null && other !== null && this.factor(one, other) !== null;
  }

  /** The first, by name, of all units that a unit converts to. Figures with one base can be compared. */
  base(unit: string): string {
    const known = this.bases.get(unit);
    if (known !== undefined) return known;
    const units = new Set(this.table.flatMap(({ from, to }) => [from, to]));
    const [first = unit] = [...units].filter((to) => this.factor(unit, to) !== null).toSorted();
    this.bases.set(unit, first);
    return first;
  }

  /** An interval in another unit; as it is if the table has no way there. */
  within(interval: Interval, from: string, to: string): Interval {
    if (from === to) return interval;
    const { low, high } = interval;
    const factor = this.factor(from, to) ?? ONE;
    return { low: low?.times(factor) ?? null, high: high?.times(factor) ?? null };
  }
}
