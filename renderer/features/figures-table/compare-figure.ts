import { numberWords } from '../../../shared/figures/reading-words.ts';
import type { Chart, ChartMark } from '../../common/charts/chart.ts';
import {
  type Block,
  blocks,
  type Dot,
  dots,
  inPixels,
  type Label,
  labels,
  type Line,
  lines,
} from '../../common/charts/shapes.ts';
import { periodWords, unitWords, valueWords } from '../../common/figures/words.ts';
import type { useTranslation } from '../../common/strings/use-translation.ts';
import { axisOf, type Column, type Compared, type Point } from './compared.ts';
import type { ComparedOver } from './state.ts';

type Translate = ReturnType<typeof useTranslation>['t'];

const HEIGHT = 196;
const TOP = 14;
const BOTTOM = 172;
const START = 56;

export interface CompareAsked {
  readonly compared: Compared;
  readonly over: ComparedOver;
  readonly open: (point: Point) => void;
  readonly t: Translate;
}

/** A chart of one quantity’s figures by year, place or source. */
export function compareFigure({ compared, over, open, t }: CompareAsked): Chart {
  const { columns } = compared;
  const points = columns.flatMap((column) => column.points);
  const axis = axisOf(points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]));
  const conflicts = columns.filter(({ isConflict }) => isConflict).length;
  return {
    kind: 'figures',
    id: 'figures',
    title: t(`figuresTable.finding.${over}`, {
      unit: unitWords({ unit: compared.unit, value: '' }, t),
      count: points.length,
      conflicts,
      from: numberWords(String(axis.from)),
    }),
    marks: columns.flatMap((column, lane) =>
      column.points.map((point): ChartMark => markOf(column, point, lane, open, t)),
    ),
    table: {
      columns: [
        t(`figuresTable.over.${over}`),
        ...(['value', 'low', 'high', 'unit', 'kind', 'period', 'place', 'source', 'against'] as const).map((column) =>
          t(`figuresTable.columns.${column}`),
        ),
      ],
      rows: columns.flatMap(({ label, points: own }) =>
        own.length === 0
          ? [[label, ...Array.from({ length: 8 }, () => null), t('figuresTable.noActual')]]
          : own.map(({ row }) => [
              label,
              valueWords(row),
              ...[row.low, row.high].map((end) => (end === null ? t('figuresTable.noEnd') : numberWords(end))),
              unitWords(row, t),
              t(`figuresTable.kinds.${row.kind}`),
              row.period === null ? '' : periodWords(row.period),
              row.placeName ?? '',
              row.sourceTitle,
              againstWords(row, t),
            ]),
      ),
    },
    draw: ({ width, isPlain }) => draw(columns, axis, width, isPlain, t),
  };
}

/** Words for how a figure agrees with the others. After a person’s decision they say it, instead of the conflict. */
const againstWords = ({ against, followed }: Point['row'], t: Translate): string =>
  against === null
    ? ''
    : followed === null
      ? t(`figuresTable.against.${against}`)
      : t(`figuresTable.followed.${followed}`);

function markOf({ label }: Column, point: Point, lane: number, open: (point: Point) => void, t: Translate): ChartMark {
  const { row } = point;
  return {
    key: row.id,
    lane,
    label: t('figuresTable.mark', {
      column: label,
      value: valueWords(row),
      unit: unitWords(row, t),
      kind: t(`figuresTable.kinds.${row.kind}`),
      source: [row.sourceTitle, row.followed === null ? '' : t(`figuresTable.followed.${row.followed}`)]
        .filter((part) => part !== '')
        .join(', '),
    }),
    run: () => open(point),
  };
}

function draw(
  columns: readonly Column[],
  axis: ReturnType<typeof axisOf>,
  width: number,
  isPlain: boolean,
  t: Translate,
) {
  const y = (value: number): number => BOTTOM - ((value - axis.from) / (axis.to - axis.from || 1)) * (BOTTOM - TOP);
  const wide = (width - START - 8) / Math.max(1, columns.length);
  const middle = (at: number): number => START + wide * (at + 0.5);
  const shapes = { rules: [] as Line[], texts: [] as Label[], gaps: [] as Block[], frames: [] as Block[] };
  const drawn = { bars: [] as Line[], dots: [] as Dot[], signs: [] as Label[] };
  for (let value = axis.from; value <= axis.to + axis.step / 2; value += axis.step) {
    shapes.rules.push({ x1: START, x2: width, y1: y(value), y2: y(value) });
    shapes.texts.push({
      x: START - 6,
      y: y(value),
      text: numberWords(String(Number(value.toPrecision(12)))),
      fill: 'var(--ink-2)',
    });
  }
  const names: Label[] = [];
  columns.forEach((column, at) => {
    const x = middle(at);
    names.push({ x, y: BOTTOM + 14, text: column.label, fill: 'var(--ink-2)' });
    if (column.isGap) {
      shapes.gaps.push({ x1: x - wide * 0.4, x2: x + wide * 0.4, y1: TOP, y2: BOTTOM, fill: 'var(--press)' });
      if (wide > 70) names.push({ x, y: TOP + 12, text: t('figuresTable.noActual'), fill: 'var(--ink-2)' });
    }
    column.points.forEach((point, place) => {
      const apart = Math.min(14, (wide * 0.7) / column.points.length);
      drawPoint(point, x + (place - (column.points.length - 1) / 2) * apart, y, drawn);
    });
    if (column.isConflict) {
      const ends = column.points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]).map(y);
      shapes.frames.push({
        x1: x - wide * 0.42,
        x2: x + wide * 0.42,
        y1: Math.min(...ends) - 8,
        y2: Math.max(...ends) + 8,
        stroke: isPlain ? 'var(--ink)' : 'var(--bad)',
      });
    }
  });
  return inPixels(HEIGHT, [
    blocks(shapes.gaps, { fillOpacity: 0.7 }),
    lines(shapes.rules),
    labels(shapes.texts, { textAnchor: 'end' }),
    lines(joined(columns, middle, y), { strokeOpacity: 0.5 }),
    blocks(shapes.frames, { strokeDasharray: '5 3' }),
    lines(drawn.bars, { strokeWidth: 1.5 }),
    dots(drawn.dots, { strokeWidth: 1.5 }),
    labels(drawn.signs, { fontSize: 15 }),
    labels(names, { lineWidth: Math.max(3, wide / 11), textOverflow: 'ellipsis' }),
  ]);
}

/** The shape of a figure. Actual: a dot with its interval. Quota or plan: a bar. Another unit: a hollow diamond. Decided against: a cross without a line. */
function drawPoint(
  { row, value, low, high, isOtherUnit }: Point,
  x: number,
  y: (value: number) => number,
  drawn: { readonly bars: Line[]; readonly dots: Dot[]; readonly signs: Label[] },
): void {
  const key = row.id;
  if (isOtherUnit) {
    drawn.signs.push({ key, x, y: y(value), text: '◇', fill: 'var(--warn)' });
    return;
  }
  if (row.followed === 'not-followed') {
    drawn.signs.push({ key, x, y: y(value), text: '×', fill: 'var(--ink-2)' });
    return;
  }
  if (row.kind !== 'actual') {
    drawn.bars.push({ key, x1: x - 8, x2: x + 8, y1: y(value), y2: y(value), stroke: 'var(--ink)' });
    return;
  }
  if (low !== high) drawn.bars.push({ x1: x, x2: x, y1: y(low ?? value), y2: y(high ?? value), stroke: 'var(--ink)' });
  const isFound = row.state === 'found';
  drawn.dots.push({ key, x, y: y(value), r: 4, fill: isFound ? 'var(--surface)' : 'var(--ink)', stroke: 'var(--ink)' });
}

/** Lines from one year to the next, if both have actual figures in one unit without a conflict. A line joins each year’s first figure. */
function joined(columns: readonly Column[], middle: (at: number) => number, y: (value: number) => number): Line[] {
  const actual = ({ points, isConflict }: Column): Point | undefined =>
    isConflict
      ? undefined
      : points.find(({ row, isOtherUnit }) => row.kind === 'actual' && !isOtherUnit && row.followed !== 'not-followed');
  return columns.flatMap((column, at) => {
    const next = columns[at + 1];
    const [from, to] = [actual(column), next === undefined ? undefined : actual(next)];
    if (next === undefined || Number(next.key) !== Number(column.key) + 1 || from === undefined || to === undefined)
      return [];
    return [{ x1: middle(at), x2: middle(at + 1), y1: y(from.value), y2: y(to.value), stroke: 'var(--ink-2)' }];
  });
}
