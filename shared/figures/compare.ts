import type { Converter } from './converter.ts';
import type { FigureKind } from './figure.ts';
import type { Interval } from './interval.ts';
import { ONE, type Rational } from './rational.ts';
import { areMixed } from './units.ts';

/** A figure that is compared with others of the same quantity. */
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
 * How a figure relates to those of other sources for the same place, period and kind. `conflict`: one of them can’t have the same value.
 * `agrees`: all comparable figures may have the same value. `unit`: the others count or measure something else. Null if there are no others.
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

/** An end of one of the intervals of a source. */
interface End<F extends ComparedFigure> {
  readonly source: string;
  readonly figure: F;
  readonly at: Rational;
}
/** The ends of a source’s figures that exclude most; null if no figure has an end on that side. */
interface SourceEnds<F extends ComparedFigure> {
  lowestHigh: End<F> | null;
  highestLow: End<F> | null;
}
/** Figures of one place, period and kind whose units are converted into each other. */
interface Group<F extends ComparedFigure> {
  /** The unit that intervals are compared in: that of its first figure, so that most need no conversion. */
  readonly unit: string;
  readonly figures: F[];
  readonly bySource: Map<string, SourceEnds<F>>;
  extremes: Extremes<F> | null;
}
/** All figures of one place, period and kind. Figures without a unit are in no group. */
interface Together<F extends ComparedFigure> {
  readonly units: Set<string | null>;
  readonly groups: Map<string, Group<F>>;
  /** The units that can’t be compared with others; null until computed. */
  mixed: ReadonlySet<string | null> | null;
}

function madeIn<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/**
 * Compares figures of one quantity; the caller guarantees that they are of one. Each figure is read once, and its relation to the others is
 * computed on request: a table has tens of thousands of figures and shows a hundred.
 */
export class Comparison<F extends ComparedFigure> {
  private readonly units: Converter;
  /**
   * Figures by place, both ends of the period, and kind; figures without a known place or period are left out. Nested maps, since joining keys
   * took as long as all comparisons.
   */
  private readonly byPlace = new Map<string, Map<string, Map<string, Map<FigureKind, Together<F>>>>>();
  private readonly all: Together<F>[] = [];

  constructor(figures: Iterable<F>, units: Converter) {
    this.units = units;
    for (const figure of figures) this.add(figure);
  }

  private add(figure: F): void {
    const { place, period, kind, unit, source } = figure;
    if (place === null || period === null) return;
    const ofPlace = madeIn(this.byPlace, place, () => new Map<string, Map<string, Map<FigureKind, Together<F>>>>());
    const since = madeIn(ofPlace, period.from, () => new Map<string, Map<FigureKind, Together<F>>>());
    const until = madeIn(since, period.to, () => new Map<FigureKind, Together<F>>());
    const together = madeIn(until, kind, (): Together<F> => {
      const made: Together<F> = { units: new Set(), groups: new Map(), mixed: null };
      this.all.push(made);
      return made;
    });
    together.units.add(unit);
    if (unit === null) return;
    const group = madeIn(together.groups, this.units.base(unit), (): Group<F> => ({
      unit,
      figures: [],
      bySource: new Map(),
      extremes: null,
    }));
    group.figures.push(figure);
    const { low, high } = this.units.within(figure.interval, unit, group.unit);
    const ends = madeIn(group.bySource, source, (): SourceEnds<F> => ({ lowestHigh: null, highestLow: null }));
    if (high !== null && (ends.lowestHigh === null || high.compare(ends.lowestHigh.at) < 0))
      ends.lowestHigh = { source, figure, at: high };
    if (low !== null && (ends.highestLow === null || low.compare(ends.highestLow.at) > 0))
      ends.highestLow = { source, figure, at: low };
  }

  /** How a figure of this comparison relates to the others. */
  of(figure: ComparedFigure): Against {
    const { place, period, kind, unit } = figure;
    if (place === null || period === null || unit === null) return null;
    const together = this.byPlace.get(place)?.get(period.from)?.get(period.to)?.get(kind);
    const group = together?.groups.get(this.units.base(unit));
    return together === undefined || group === undefined ? null : this.standing(figure, together, group);
  }

  private standing(figure: ComparedFigure, together: Together<F>, group: Group<F>): Against {
    const unit = figure.unit ?? group.unit;
    if (group.bySource.size > 1) {
      const within = this.units.within(figure.interval, unit, group.unit);
      return isApart(within, figure.source, endsOf(group)) ? 'conflict' : 'agrees';
    }
    together.mixed ??= this.mixedOf(together);
    return together.mixed.has(unit) ? 'unit' : null;
  }

  private mixedOf({ units }: Together<F>): ReadonlySet<string | null> {
    const isMixed = (unit: string | null): boolean =>
      [...units].some((other) => areMixed(unit, other) && !this.units.has(unit, other));
    return new Set([...units].filter(isMixed));
  }

  /** How many figures are in conflict, and how many have only others with another unit. */
  counts(): { readonly conflict: number; readonly unit: number } {
    const found = { conflict: 0, unit: 0 };
    for (const together of this.all)
      for (const group of together.groups.values())
        for (const figure of group.figures) {
          const how = this.standing(figure, together, group);
          if (how === 'conflict' || how === 'unit') found[how] += 1;
        }
    return found;
  }

  /** The conflicts, by place and period. */
  conflicts(): Conflict<F>[] {
    return this.all
      .flatMap(({ groups }) => [...groups.values()].flatMap((group) => conflictOf(group, this.units) ?? []))
      .toSorted((a, b) => keyOf(a).localeCompare(keyOf(b), 'en'));
  }
}

const keyOf = ({ kind, place, period }: Conflict<ComparedFigure>): string =>
  `${kind} ${place} ${period.from} ${period.to}`;

/** The two furthest ends of a group on each side, of two sources: a figure is compared with those of others. */
interface Extremes<F extends ComparedFigure> {
  readonly lowestHighs: readonly End<F>[];
  readonly highestLows: readonly End<F>[];
}
/** The two furthest of some ends, upwards or downwards, without sorting them all. */
class Furthest<F extends ComparedFigure> {
  private readonly sign: 1 | -1;
  private first: End<F> | null = null;
  private second: End<F> | null = null;

  constructor(sign: 1 | -1) {
    this.sign = sign;
  }
  add(end: End<F> | null): void {
    if (end === null) return;
    if (this.first === null || this.isBeyond(end, this.first)) {
      this.second = this.first;
      this.first = end;
    } else if (this.second === null || this.isBeyond(end, this.second)) this.second = end;
  }
  private isBeyond(one: End<F>, other: End<F>): boolean {
    return this.sign * one.at.compare(other.at) > 0;
  }
  ends(): readonly End<F>[] {
    return [this.first, this.second].filter((one) => one !== null);
  }
}

function endsOf<F extends ComparedFigure>(group: Group<F>): Extremes<F> {
  if (group.extremes !== null) return group.extremes;
  const lowestHighs = new Furthest<F>(-1);
  const highestLows = new Furthest<F>(1);
  for (const { lowestHigh, highestLow } of group.bySource.values()) {
    lowestHighs.add(lowestHigh);
    highestLows.add(highestLow);
  }
  group.extremes = { lowestHighs: lowestHighs.ends(), highestLows: highestLows.ends() };
  return group.extremes;
}

/** The further of two furthest ends that belongs to another source. */
function ofAnother([first, second]: readonly End<ComparedFigure>[], source: string): Rational | undefined {
  return first?.source === source ? second?.at : first?.at;
}
function isApart<F extends ComparedFigure>(
  { low, high }: Interval,
  source: string,
  { lowestHighs, highestLows }: Extremes<F>,
): boolean {
  const below = ofAnother(lowestHighs, source);
  const above = ofAnother(highestLows, source);
  return (
    (low !== null && below !== undefined && below.compare(low) < 0) ||
    (high !== null && above !== undefined && above.compare(high) > 0)
  );
}

/** The widest gap between figures of two sources: between the lowest highest value of one and the highest lowest value of another. */
function conflictOf<F extends ComparedFigure>(group: Group<F>, units: Converter): Conflict<F> | null {
  const { lowestHighs, highestLows } = endsOf(group);
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
  return { place, period, kind, ...widest, apart, figures: group.figures };
}
