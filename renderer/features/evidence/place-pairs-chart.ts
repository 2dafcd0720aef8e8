import type { CallOutput } from '../../../shared/contract/index.ts';
import type { Chart } from '../../common/charts/chart.ts';
import { blocks, dots, inPixels, labels } from '../../common/charts/shapes.ts';
import type { Words } from '../../common/strings/use-translation.ts';
import type { CountedUnit } from '../../../shared/contract/view-figures.ts';
import type { Marked, Places } from './state.ts';
import { tied } from './tied.ts';

type Answer = CallOutput<'evidence.places'>;
export type PairLevel = Places['level'];
/** At most this many are drawn, those with the most passages; the CSV has all. */
const MOST_COLUMNS = 8;
const MOST_ROWS = 40;

interface PairsAsked {
  readonly data: Pick<Answer, 'pairs' | 'places'>;
  readonly level: PairLevel;
  readonly unit: CountedUnit;
  readonly t: Words;
  readonly open: (marked: Marked) => void;
}

/** Passages that name both a unit of Xinjiang and another province. A dot’s area shows their number, which is beside it. */
export function placePairsChart({ data: { pairs, places }, level, unit, t, open }: PairsAsked): Chart & {
  /** The numbers of units and provinces that are not drawn. */
  readonly more: { readonly from: number; readonly to: number };
} {
  const names = new Map(places.map((place) => [place.place, place]));
  const nameOf = (id: string): string => names.get(id)?.name ?? id;
  const counts = new Map(pairs.map((pair) => [`${pair.from} ${pair.to}`, pair.count]));
  const from = ranked(pairs.map(({ from: one, count }) => [one, count]));
  const to = ranked(pairs.map(({ to: one, count }) => [one, count]));
  const cells = from.slice(0, MOST_ROWS).flatMap((row, at) =>
    to.slice(0, MOST_COLUMNS).map((column, place) => ({
      key: `${row} ${column}`,
      row: at,
      column: place,
      count: counts.get(`${row} ${column}`) ?? 0,
      title: `${nameOf(row)}, ${nameOf(column)}`,
    })),
  );
  const [first] = pairs.toSorted((a, b) => b.count - a.count);
  return {
    kind: 'placePairs',
    id: `place pairs ${level}`,
    title:
      first === undefined
        ? t('evidence.places.pairs.none')
        : t('evidence.places.pairs.finding', {
            counted: t(`evidence.${unit}`, { count: first.count }),
            from: nameOf(first.from),
            to: nameOf(first.to),
          }) +
          tied(
            pairs.map(({ count }) => count),
            t,
          ),
    marks: cells
      .filter(({ count }) => count > 0)
      .map(({ key, row, title, count }) => ({
        key,
        lane: row,
        label: t('evidence.cell', { title, counted: t(`evidence.${unit}`, { count }) }),
        run: () => open({ title, marks: [{ by: 'pair', value: `${level} ${key}` }] }),
      })),
    table: {
      columns: [t(`evidence.matrixColumns.${level}`), ...to.map(nameOf)],
      rows: from.map((row) => [nameOf(row), ...to.map((column) => counts.get(`${row} ${column}`) ?? 0)]),
    },
    more: { from: Math.max(0, from.length - MOST_ROWS), to: Math.max(0, to.length - MOST_COLUMNS) },
    draw: ({ width }) =>
      drawPairs(
        {
          cells,
          rows: from.slice(0, MOST_ROWS),
          columns: to.slice(0, MOST_COLUMNS),
          names,
          none: t('evidence.noneHere'),
        },
        width,
      ),
    cuts: () => ({ head: TOP, rows: from.slice(0, MOST_ROWS).map((_, at) => TOP + (at + 1) * HIGH) }),
  };
}

interface Drawn {
  readonly cells: readonly { key: string; row: number; column: number; count: number }[];
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly names: ReadonlyMap<string, Answer['places'][number]>;
  readonly none: string;
}

function drawPairs({ cells, rows, columns, names, none }: Drawn, width: number) {
  const left = Math.min(200, width * 0.34);
  const wide = Math.min(96, (width - left) / Math.max(1, columns.length));
  const most = Math.max(1, ...cells.map(({ count }) => count));
  const placed = cells.map((cell) => ({ ...cell, x: left + cell.column * wide, y: TOP + cell.row * HIGH }));
  const filled = placed.filter(({ count }) => count > 0);
  const text = { lineWidth: (wide - 4) / 12, textOverflow: 'ellipsis' } as const;
  const heads = columns.map((id, at) => ({ id, x: left + at * wide + wide / 2 }));
  return inPixels(TOP + rows.length * HIGH, [
    labels(
      heads.map(({ id, x }) => ({ x, y: 10, text: names.get(id)?.name ?? id })),
      { ...text, fontSize: 12 },
    ),
    labels(
      heads.map(({ id, x }) => ({ x, y: 26, text: names.get(id)?.chinese ?? '', fill: 'var(--ink-2)' })),
      text,
    ),
    labels(
      rows.map((id, at) => ({ x: 0, y: TOP + at * HIGH + HIGH / 2, text: names.get(id)?.name ?? id })),
      { textAnchor: 'start', fontSize: 12, lineWidth: (left - 8) / 12, textOverflow: 'ellipsis' },
    ),
    dots(
      filled.map(({ x, y, count }) => ({
        x: x + wide / 2 - 12,
        y: y + HIGH / 2,
        r: Math.max(1.5, 10 * Math.sqrt(count / most)),
        fill: 'var(--h-3)',
        stroke: 'var(--accent)',
      })),
      { strokeWidth: 1 },
    ),
    labels(
      filled.map(({ x, y, count }) => ({ x: x + wide / 2 + 4, y: y + HIGH / 2, text: String(count) })),
      { textAnchor: 'start', fontSize: 12 },
    ),
    labels(
      placed
        .filter(({ count }) => count === 0)
        .map(({ x, y }) => ({
          x: x + wide / 2,
          y: y + HIGH / 2,
          text: none,
          fill: 'var(--ink-3)',
        })),
    ),
    blocks(filled.map(({ key, x, y }) => ({ key, x1: x + 1, x2: x + wide - 1, y1: y + 1, y2: y + HIGH - 1 }))),
  ]);
}
const TOP = 38;
const HIGH = 28;

/** Those with the most passages first. */
function ranked(counts: readonly (readonly [string, number])[]): string[] {
  const sums = new Map<string, number>();
  for (const [id, count] of counts) sums.set(id, (sums.get(id) ?? 0) + count);
  return [...sums].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([id]) => id);
}
