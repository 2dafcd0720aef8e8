import type { Converter } from './converter.ts';
import type { FigureKind } from './figure.ts';
import type { Interval } from './interval.ts';
import { ONE, type Rational } from './rational.ts';
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
  /** The unit that its intervals are in: that of its first figure, so that most need no conversion. */
  readonly unit: string;
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
  return [...Map.groupBy(measured, ({ unit }) => units.base(unit ?? ''))].map(([base, all]) => {
    const to = all[0]?.unit ?? base;
    return {
      unit: to,
      figures: all.map((figure) => ({ figure, within: units.within(figure.interval, figure.unit ?? to, to) })),
    };
  });
}

/** How each figure stands to the others, by its id. The figures are of one quantity: whoever asks says so. */
export function againstOthers(figures: readonly ComparedFigure[], units: Converter): Map<string, Against> {
  const found = new Map<string, Against>(figures.map(({ id }) => [id, null]));
  for (const together of byKey(figures)) {
    const kinds = new Set(together.map(({ unit }) => unit));
    const isMixed = (unit: string | null): boolean =>
      [...kinds].some((other) => areMixed(unit, other) && !units.has(unit, other));
    const mixed = new Set([...kinds].filter(isMixed));
    for (const group of byUnit(together, units)) {
      const ends = extremesOf(endsBySource(group));
      for (const { figure, within } of group.figures) {
        if (ends.sources > 1) found.set(figure.id, isApart(within, figure.source, ends) ? 'conflict' : 'agrees');
        else if (mixed.has(figure.unit)) found.set(figure.id, 'unit');
      }
    }
  }
  return found;
}

/** An end of one of the intervals of a source. */
interface End<F extends ComparedFigure> {
  readonly source: string;
  readonly figure: F;
  readonly at: Rational;
}
interface SourceEnds<F extends ComparedFigure> {
  /** The lowest highest value and the highest lowest value of a source's figures; null: none has an end there. */
  readonly lowestHigh: End<F> | null;
  readonly highestLow: End<F> | null;
}
function endsBySource<F extends ComparedFigure>({ figures }: Group<F>): SourceEnds<F>[] {
  return [...Map.groupBy(figures, ({ figure }) => figure.source)].map(([source, all]) => {
    let lowestHigh: End<F> | null = null;
    let highestLow: End<F> | null = null;
    for (const { figure, within } of all) {
      const { low, high } = within;
      if (high !== null && (lowestHigh === null || high.compare(lowestHigh.at) < 0))
        lowestHigh = { source, figure, at: high };
      if (low !== null && (highestLow === null || low.compare(highestLow.at) > 0))
        highestLow = { source, figure, at: low };
    }
    return { lowestHigh, highestLow };
  });
}

/** The two furthest ends of a group on each side, of two sources: a figure is compared with those of others. */
interface Extremes<F extends ComparedFigure> {
  readonly sources: number;
  readonly lowestHighs: readonly End<F>[];
  readonly highestLows: readonly End<F>[];
}
function extremesOf<F extends ComparedFigure>(ends: readonly SourceEnds<F>[]): Extremes<F> {
  const two = (of: (one: SourceEnds<F>) => End<F> | null, sign: 1 | -1): End<F>[] =>
    ends
      .flatMap((one) => of(one) ?? [])
      .toSorted((a, b) => sign * a.at.compare(b.at))
      .slice(0, 2);
  return {
    sources: ends.length,
    lowestHighs: two(({ lowestHigh }) => lowestHigh, 1),
    highestLows: two(({ highestLow }) => highestLow, -1),
  };
}

function isApart<F extends ComparedFigure>(
  { low, high }: Interval,
  source: string,
  { lowestHighs, highestLows }: Extremes<F>,
): boolean {
  const below = lowestHighs.find((one) => one.source !== source)?.at;
  const above = highestLows.find((one) => one.source !== source)?.at;
  return (
    (low !== null && below !== undefined && below.compare(low) < 0) ||
    (high !== null && above !== undefined && above.compare(high) > 0)
  );
}

/** The conflicts among figures of one quantity, by place and period. */
export function conflictsIn<F extends ComparedFigure>(figures: readonly F[], units: Converter): Conflict<F>[] {
  return byKey(figures)
    .flatMap((together) => byUnit(together, units).flatMap((group) => conflictOf(group, units) ?? []))
    .toSorted((a, b) => (keyOf(a.lower) ?? '').localeCompare(keyOf(b.lower) ?? '', 'en'));
}

/** The widest gap between figures of two sources: between the lowest highest value of one and the highest lowest value of another. */
function conflictOf<F extends ComparedFigure>(group: Group<F>, units: Converter): Conflict<F> | null {
  const { lowestHighs, highestLows } = extremesOf(endsBySource(group));
  let widest: { readonly lower: F; readonly higher: F; readonly apart: Rational } | null = null;
  for (const bottom of lowestHighs)
    for (const top of highestLows) {
      if (bottom.source === top.source) continue;
      const apart = top.at.minus(bottom.at);
      if (apart.numerator > 0n && (widest === null || apart.compare(widest.apart) > 0))
        widest = { lower: bottom.figure, higher: top.figure, apart };
    }
  if (widest === null) return null;
  const { place, period, kind, unit } = widest.lower;
  if (place === null || period === null) return null;
  const apart = widest.apart.times(units.factor(group.unit, unit ?? group.unit) ?? ONE);
  return { place, period, kind, ...widest, apart, figures: group.figures.map(({ figure }) => figure) };
}
