import type { Markish } from '@observablehq/plot';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { familySigns, SIGN } from '../../common/charts/family-signs.ts';
import type { Chart } from '../../common/charts/chart.ts';
import { blocks, dots, inPixels, labels, lines } from '../../common/charts/shapes.ts';
import type { Words } from '../../common/strings/use-translation.ts';
import type { MatrixCategory } from './matrix-cells.ts';
import type { Marked } from './state.ts';

type Rests = CallOutput<'evidence.coverage'>['categories'][number]['below'];

/** A category, with the numbers of sources, origins and publishers of its passages. */
export interface Resting {
  readonly category: MatrixCategory;
  readonly below: Rests;
}

/** Sort key: categories of one origin first, then by the numbers of publishers and origins; categories without passages last. */
export const weakness = ({ passages, origins, publishers }: Rests): number =>
  passages === 0 ? Number.POSITIVE_INFINITY : (origins === 1 ? 0 : publishers * 1e6) + origins;

export function wordFor({ passages, sources, origins, publishers }: Rests) {
  if (passages === 0) return 'nothing';
  if (sources === 1) return 'oneSource';
  if (origins === 1) return 'oneOrigin';
  if (publishers === 1) return 'onePublisher';
  return publishers === 0 ? 'noPublisher' : 'several';
}
/** Whether all passages of a category have one source, one origin or one publisher. */
export const isThin = (below: Rests): boolean => ['oneSource', 'oneOrigin', 'onePublisher'].includes(wordFor(below));

/** Publishers, origins and sources of each category on one axis of powers of ten, the weakest first. */
export function coverageChart(all: readonly Resting[], t: Words, open: (marked: Marked) => void): Chart {
  const shown = all.filter(({ below }) => below.passages > 0);
  return {
    kind: 'coverage',
    id: 'coverage',
    title: t('evidence.coverageFinding', {
      count: shown.filter(({ below }) => isThin(below)).length,
      of: shown.length,
    }),
    marks: shown.map(({ category: { id, name }, below }, lane) => ({
      key: id,
      lane,
      label: t('evidence.restsMark', {
        name,
        passages: t('evidence.passages', { count: below.passages }),
        sources: t('evidence.sources', { count: below.sources }),
        origins: t('evidence.origins', { count: below.origins }),
        publishers: t('evidence.publishers', { count: below.publishers }),
        word: t(`evidence.rests.${wordFor(below)}`),
      }),
      run: () => open({ title: name, marks: [{ by: 'below', value: id }] }),
    })),
    table: {
      columns: [
        t('evidence.category'),
        ...(['passages', 'sources', 'origins', 'publishers'] as const).map((part) => t(`evidence.restsOn.${part}`)),
        t('evidence.judged'),
      ],
      rows: all.map(({ category, below }) => [
        category.name,
        below.passages,
        below.sources,
        below.origins,
        below.publishers,
        t(`evidence.rests.${wordFor(below)}`),
      ]),
    },
    draw: ({ width }) => drawRests(shown, width, t),
    cuts: () => ({ head: TOP, rows: shown.map((_, at) => TOP + (at + 1) * HIGH) }),
  };
}

const HIGH = 30;
const TOP = 24;
const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

function drawRests(shown: readonly Resting[], width: number, t: Words) {
  // The names matter most, so the axis gets the width that they leave.
  const [left, end] = [Math.min(400, Math.max(190, width * 0.44)), Math.min(180, Math.max(142, width * 0.22))];
  const most = Math.max(2, ...shown.map(({ below }) => below.sources));
  const bottom = TOP + shown.length * HIGH;
  const x = (count: number): number =>
    left + 16 + (Math.log(Math.max(1, count)) / Math.log(most)) * (width - left - end - 32);
  const placed = shown.map((one, at) => ({ ...one, y: TOP + at * HIGH + HIGH / 2 }));
  return inPixels(bottom + 4, [
    lines(TICKS.filter((tick) => tick <= most).map((tick) => ({ x1: x(tick), x2: x(tick), y1: TOP, y2: bottom }))),
    // A dot on this line means a single publisher, origin or source.
    lines([{ x1: x(1), x2: x(1), y1: TOP - 4, y2: bottom, stroke: 'var(--warn)' }], { strokeWidth: 1.5 }),
    labels(
      TICKS.filter((tick) => tick <= most).map((tick) => ({
        x: x(tick),
        y: 10,
        text: String(tick),
        fill: 'var(--ink-2)',
      })),
    ),
    lines(placed.map(({ y }) => ({ x1: 0, x2: width, y1: y + HIGH / 2, y2: y + HIGH / 2 }))),
    heads(placed, left),
    lines(
      placed.map(({ y, below }) => ({
        x1: x(below.publishers),
        x2: x(below.origins),
        y1: y,
        y2: y,
        stroke: 'var(--ink-2)',
      })),
    ),
    lines(
      placed.map(({ y, below }) => ({
        x1: x(below.origins),
        x2: x(below.sources),
        y1: y,
        y2: y,
        stroke: 'var(--ink-2)',
      })),
      { strokeDasharray: '2 2' },
    ),
    dots(
      placed.map(({ y, below }) => ({ x: x(below.sources), y, r: 5, fill: 'var(--surface)', stroke: 'var(--ink)' })),
    ),
    dots(placed.map(({ y, below }) => ({ x: x(below.origins), y, r: 4, fill: 'var(--ink)' }))),
    // A category without a publisher gets no dot, since a logarithmic axis has no 0.
    dots(
      placed
        .filter(({ below }) => below.publishers > 0)
        .map(({ y, below }) => ({ x: x(below.publishers), y, r: 5.5, fill: 'var(--accent)' })),
      { symbol: 'diamond' },
    ),
    labels(
      placed.map(({ y, below }) => ({
        x: width - end + 8,
        y,
        text: `${isThin(below) ? '⚠ ' : ''}${t(`evidence.rests.${wordFor(below)}`)}`,
        fill: isThin(below) ? 'var(--warn)' : 'var(--ink-2)',
      })),
      { textAnchor: 'start', fontSize: 12, lineWidth: (end - 8) / 11, textOverflow: 'ellipsis' },
    ),
    blocks(placed.map(({ category, y }) => ({ key: category.id, x1: 0, x2: width, y1: y - 14, y2: y + 14 }))),
  ]);
}

function heads(placed: readonly (Resting & { readonly y: number })[], left: number): Markish {
  return [
    familySigns(placed.map(({ category, y }) => ({ category, x: 0, y }))),
    labels(
      placed.map(({ category, y }) => ({ x: SIGN + 8, y, text: category.name })),
      { textAnchor: 'start', fontSize: 12, lineWidth: (left - SIGN - 50) / 12, textOverflow: 'ellipsis' },
    ),
    labels(
      placed.map(({ below, y }) => ({ x: left - 8, y, text: String(below.passages) })),
      { textAnchor: 'end' },
    ),
  ];
}
