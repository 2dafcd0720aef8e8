import type { Converter } from './converter.ts';
import type { FigureKind } from './figure.ts';
import type { Interval } from './interval.ts';
import type { Rational } from './rational.ts';
import { areMixed } from './units.ts';

/** A figure among others of one quantity. */
export interface ComparedFigure {
  readonly id: string;
  readonly source: string;
  readonly interval: Interval;
  readonly unit: string | null;
  readonly kind: FigureKind;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly place: string | null;
}

/**
 * How a figure stands to those of other sources for the same place, period and kind. `conflict`: the value of one of them can’t be the
 * same. `agrees`: the values of all that can be compared may be. `unit`: the others count or measure something else. Null: there are none.
 */
export type Against = 'conflict' | 'agrees' | 'unit' | null;

/** Figures of several sources for one place, period and kind that can’t all be right. */
export interface Conflict<F extends ComparedFigure> {
  readonly place: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly kind: FigureKind;
  /** The one with the lowest highest value, and the one with the highest lowest value. */
  readonly lower: F;
  readonly higher: F;
  /** How far apart they are at the nearest, in the unit of `lower`. */
  readonly apart: Rational;
  /** All figures of the group in its units. */
  readonly figures: readonly F[];
}

interface Group<F extends ComparedFigure> {
  readonly figures: readonly { readonly figure: F; readonly within: Interval }[];
}

/** Which figures are compared: what nobody knows the place or time of is compared with nothing. */
const keyOf = ({ place, period, kind }: ComparedFigure): string | null =>
  place === null || period === null ? null : `${kind} ${place} ${period.from} ${period.to}`;

const byKey = <F extends ComparedFigure>(figures: readonly F[]): F[][] =>
  [...Map.groupBy(figures, keyOf)].flatMap(([key, all]) => (key === null ? [] : [all]));

/** The figures of a group by units that are converted into each other, in the first of their units. */
function byUnit<F extends ComparedFigure>(figures: readonly F[], units: Converter): Group<F>[] {
  const measured = figures.filter(({ unit }) => unit !== null);
  return [...Map.groupBy(measured, ({ unit }) => units.base(unit ?? ''))].map(([base, all]) => ({
    figures: all.map((figure) => ({ figure, within: units.within(figure.interval, figure.unit ?? base, base) })),
  }));
}

/** How each figure stands to the others, by its id. The figures are of one quantity: whoever asks says so. */
export function againstOthers(figures: readonly ComparedFigure[], units: Converter): Map<string, Against> {
  const found = new Map<string, Against>(figures.map(({ id }) => [id, null]));
  for (const together of byKey(figures)) {
    const kinds = new Set(together.map(({ unit }) => unit));
    for (const group of byUnit(together, units)) {
      const ends = endsBySource(group);
      for (const { figure, within } of group.figures) {
        const others = ends.filter(({ source }) => source !== figure.source);
        if (others.length > 0) found.set(figure.id, others.some((one) => isApart(within, one)) ? 'conflict' : 'agrees');
        else if ([...kinds].some((unit) => areMixed(figure.unit, unit) && !units.has(figure.unit, unit)))
          found.set(figure.id, 'unit');
      }
    }
  }
  return found;
}

interface Ends {
  readonly source: string;
  /** The lowest highest value and the highest lowest value of a source's figures; null: none has an end there. */
  readonly lowestHigh: Rational | null;
  readonly highestLow: Rational | null;
}
function endsBySource<F extends ComparedFigure>({ figures }: Group<F>): Ends[] {
  return [...Map.groupBy(figures, ({ figure }) => figure.source)].map(([source, all]) => ({
    source,
    lowestHigh: all.reduce<Rational | null>((end, { within: { high } }) => lower(end, high), null),
    highestLow: all.reduce<Rational | null>((end, { within: { low } }) => higher(end, low), null),
  }));
}
const lower = (one: Rational | null, other: Rational | null): Rational | null =>
  one === null || (other !== null && other.compare(one) < 0) ? other : one;
const higher = (one: Rational | null, other: Rational | null): Rational | null =>
  one === null || (other !== null && other.compare(one) > 0) ? other : one;

const isApart = ({ low, high }: Interval, { lowestHigh, highestLow }: Ends): boolean =>
  (low !== null && lowestHigh !== null && lowestHigh.compare(low) < 0) ||
  (high !== null && highestLow !== null && highestLow.compare(high) > 0);

/** The conflicts among figures of one quantity, by place and period. */
export function conflictsIn<F extends ComparedFigure>(figures: readonly F[], units: Converter): Conflict<F>[] {
  return byKey(figures)
    .flatMap((together) => byUnit(together, units).flatMap((group) => conflictOf(group) ?? []))
    .toSorted((a, b) => (keyOf(a.lower) ?? '').localeCompare(keyOf(b.lower) ?? '', 'en'));
}

/** The widest gap between figures of two sources: between the lowest highest value of one and the highest lowest value of another. */
function conflictOf<F extends ComparedFigure>({ figures }: Group<F>): Conflict<F> | null {
  const bySource = [...Map.groupBy(figures, ({ figure }) => figure.source)].map(([source, all]) => ({
    source,
    bottom: all.reduce((best, one) => (isLower(one.within.high, best.within.high) ? one : best)),
    top: all.reduce((best, one) => (isLower(negated(one.within.low), negated(best.within.low)) ? one : best)),
  }));
  let widest: { readonly lower: F; readonly higher: F; readonly apart: Rational } | null = null;
  for (const { source, bottom } of bySource)
    for (const other of bySource) {
      const [high, low] = [bottom.within.high, other.top.within.low];
      if (other.source === source || high === null || low === null) continue;
      const apart = low.minus(high);
      if (apart.numerator > 0n && (widest === null || apart.compare(widest.apart) > 0))
        widest = { lower: bottom.figure, higher: other.top.figure, apart };
    }
  if (widest === null) return null;
  const { place, period, kind } = widest.lower;
  if (place === null || period === null) return null;
  return { place, period, kind, ...widest, figures: figures.map(({ figure }) => figure) };
}
const negated = (end: Rational | null): Rational | null => end?.negated() ?? null;
/** No end is lower than none. */
const isLower = (one: Rational | null, other: Rational | null): boolean =>
  one !== null && (other === null || one.compare(other) < 0);
