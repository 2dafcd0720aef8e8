import type { FigureRow } from '../../../shared/contract/figures-table.ts';
import type { Converter } from '../../../shared/figures/converter.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import type { ComparedOver } from './state.ts';

/** Converts an exact number to a rounded one, for drawing and sorting only. */
const roughly = (exact: string): number | null => {
  const value = Rational.read(exact);
  return value === null ? null : Number(value.toDecimal(6));
};

/** A figure with its position. */
export interface Point {
  readonly row: FigureRow;
  /** The value in the chart’s unit. A figure in another unit is drawn at its own number and joined with nothing. */
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly isOtherUnit: boolean;
}
export interface Column {
  readonly key: string;
  readonly label: string;
  readonly points: readonly Point[];
  /** True for a year without an actual figure (it may have a quota or plan). */
  readonly isGap: boolean;
  /** Sources contradict each other, and no person has decided. */
  readonly isConflict: boolean;
}
export interface Compared {
  /** The chart’s unit: the most frequent one, the first named among equals; null if no figure has a unit. */
  readonly unit: string | null;
  readonly columns: readonly Column[];
  /** The number of figures without the year or place that the chart compares by. */
  readonly leftOut: number;
}

/** At most this many columns are drawn. */
const MOST_COLUMNS = 40;

/** Groups figures of one quantity by year, place or source. Changes are left out: an increase of 200 does not mean 200. */
export function comparedOf(rows: readonly FigureRow[], over: ComparedOver, units: Converter): Compared {
  const figures = rows.filter(({ kind, unit }) => kind !== 'comparison' && unit !== 'percent' && unit !== 'point');
  const unit = mostFrequent(figures.flatMap((row) => row.unit ?? []));
  const keyed = figures.flatMap((row) => {
    const key = keyOf(row, over);
    const point = pointOf(row, unit, units);
    return key === null || point === null ? [] : [{ key, point }];
  });
  const byKey = Map.groupBy(keyed, ({ key }) => key.key);
  const columns = [...byKey.values()].map((all): Column => {
    const points = all.map(({ point }) => point);
    const [first] = all;
    return {
      key: first?.key.key ?? '',
      label: first?.key.label ?? '',
      points,
      isGap: !points.some(isActual),
      isConflict: points.some(
        ({ row }) => row.against === 'conflict' && (row.followed === null || row.followed === 'disputed'),
      ),
    };
  });
  const sorted =
    over === 'years'
      ? withGaps(columns.toSorted((a, b) => Number(a.key) - Number(b.key)))
      : columns.toSorted((a, b) => b.points.length - a.points.length || (a.label < b.label ? -1 : 1));
  return { unit, columns: sorted.slice(0, MOST_COLUMNS), leftOut: figures.length - keyed.length };
}

const isActual = ({ row, isOtherUnit }: Point): boolean => row.kind === 'actual' && !isOtherUnit;

function mostFrequent(units: readonly string[]): string | null {
  const counts = [...Map.groupBy(units, (unit) => unit)].map(([unit, all]) => ({ unit, count: all.length }));
  return counts.toSorted((a, b) => b.count - a.count)[0]?.unit ?? null;
}

function keyOf(row: FigureRow, over: ComparedOver): { readonly key: string; readonly label: string } | null {
  switch (over) {
    case 'years': {
      const year = row.period?.from.slice(0, 4);
      return year === undefined || row.period?.to.slice(0, 4) !== year ? null : { key: year, label: year };
    }
    case 'places':
      return row.place === null ? null : { key: row.place, label: row.placeName ?? row.place };
    case 'sources':
      return { key: row.source, label: row.sourceTitle };
  }
}

function pointOf(row: FigureRow, unit: string | null, units: Converter): Point | null {
  const factor = unit === null || row.unit === null ? null : units.factor(row.unit, unit);
  const inUnit = (exact: string | null): number | null => {
    if (exact === null) return null;
    const value = factor === null ? null : Rational.read(exact)?.times(factor);
    return roughly(value?.toString() ?? exact);
  };
  const value = inUnit(row.value);
  if (value === null) return null;
  return { row, value, low: inUnit(row.low), high: inUnit(row.high), isOtherUnit: unit !== null && factor === null };
}

/** Adds the years in between that have no figure. */
function withGaps(columns: readonly Column[]): Column[] {
  return columns.flatMap((column, at) => {
    const next = columns[at + 1];
    const missing = next === undefined ? 0 : Math.min(MOST_COLUMNS, Number(next.key) - Number(column.key) - 1);
    const years = Array.from({ length: missing }, (_, after) => String(Number(column.key) + after + 1));
    return [column, ...years.map((year) => ({ key: year, label: year, points: [], isGap: true, isConflict: false }))];
  });
}

/** Returns the ends of the axis and its steps: at most six steps, each 1, 2 or 5 times a power of ten. */
export function axisOf(values: readonly number[]): {
  readonly from: number;
  readonly to: number;
  readonly step: number;
} {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (!Number.isFinite(least)) return { from: 0, to: 1, step: 1 };
  const span = most - least || Math.abs(most) || 1;
  const rough = 10 ** Math.floor(Math.log10(span / 5));
  const step = [1, 2, 5, 10].map((times) => times * rough).find((one) => span / one <= 5) ?? 10 * rough;
  return { from: Math.floor(least / step) * step, to: Math.ceil(most / step) * step || step, step };
}
