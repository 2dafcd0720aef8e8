import type { TimelineMark } from '../../../shared/contract/evidence.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { ChartCategory } from '../../common/charts/family.ts';
import type { CountedUnit } from '../../../shared/contract/view-figures.ts';
import { FEW } from '../../common/charts/chart.ts';
import type { Words } from '../../common/strings/use-translation.ts';
import type { Marked, TimelineDates, TimelineLanes } from './state.ts';
import { byMonth, isApart, meets, monthOf, MOST_DRAWN, spanOf, type MonthCount, type Span } from './timeline-time.ts';

type Answer = CallOutput<'evidence.timeline'>;

export interface TimelineAsked {
  readonly answer: Answer;
  readonly date: TimelineDates;
  readonly lanes: TimelineLanes;
  /** The unit that is counted. */
  readonly unit: CountedUnit;
  /** All years, and the part of them that is shown. */
  readonly all: Span;
  readonly view: Span;
  /** The category of a lane, if lanes are categories. */
  readonly categoryOf: (value: string) => ChartCategory | undefined;
  readonly t: Words;
  readonly open: (marked: Marked) => void;
}

/** A date with passages, or a month of them, as it is drawn. */
export interface Drawn extends Span {
  readonly key: string;
  readonly kind: 'day' | 'month' | 'bin' | 'box';
  /** The date as EDTF, or the month if passages are counted by month. */
  readonly value: string;
  readonly count: number;
  readonly isUnsure: boolean;
  /** The row of a box. Boxes that overlap are in rows below each other. */
  readonly row: number;
}

export interface Lane {
  readonly value: string;
  readonly name: string;
  readonly category: ChartCategory | undefined;
  readonly drawn: readonly Drawn[];
  /** Dates that the axis leaves out, since they are far from all others. */
  readonly apart: readonly Drawn[];
  readonly inView: number;
  readonly undated: number;
  readonly isByMonth: boolean;
  /** If true, each passage has its own mark: passages of one day are stacked upwards, passages of one month downwards. */
  readonly isFew: boolean;
  /** The height that these marks need beyond a usual lane, in CSS pixels: `over` above, `under` below. */
  readonly over: number;
  readonly under: number;
  readonly top: number;
  readonly height: number;
}

export const ROW = { ticks: 22, box: 11, least: 44, apart: 14, day: 5, month: 3 } as const;

/** The lanes from the top, each with its passages in view. */
export function lanesOf({ answer, all, view, lanes: by, categoryOf, t }: TimelineAsked): readonly Lane[] {
  let top = 0;
  const isFew = answer.units < FEW;
  return answer.lanes.map(({ value, label, marks, undated }): Lane => {
    const shown = marks.filter((mark) => meets(spanOf(mark, all), view));
    const dated = shown.filter((mark) => monthOf(mark) !== null);
    const isByMonth = sum(dated) > MOST_DRAWN;
    const single = isByMonth ? shown.filter((mark) => monthOf(mark) === null) : shown;
    const months = isByMonth ? byMonth(marks, all).filter((month) => meets(month, view)) : [];
    const drawn = [
      ...months.map((month) => binOf(value, month)),
      ...packed(single.map((mark) => drawnOf(value, mark, all))),
    ];
    const rows = Math.max(1, ...drawn.map(({ row }) => row + 1));
    const apart = marks.filter((mark) => isApart(mark, all)).map((mark) => drawnOf(value, mark, all));
    const most = (kind: Drawn['kind']): number =>
      Math.max(0, ...drawn.filter((one) => one.kind === kind).map(({ count }) => count));
    const over = isFew ? Math.max(0, most('day') * ROW.day - ROW.ticks + 2) : 0;
    const under = isFew ? Math.max(0, most('month') * ROW.month - 6) : 0;
    const lane: Lane = {
      value,
      name: value === '' ? t(`evidence.missingOf.${by === 'family' ? 'below' : by}`) : label,
      category: categoryOf(value),
      drawn: drawn.toSorted((a, b) => a.from - b.from || a.to - b.to),
      apart: apart.toSorted((a, b) => a.from - b.from || a.to - b.to),
      inView: sum(drawn),
      undated,
      isByMonth,
      isFew,
      over,
      under,
      top,
      height: Math.max(ROW.least + over + under + (rows - 1) * (ROW.box + 1), (apart.length + 1) * ROW.apart),
    };
    top += lane.height;
    return lane;
  });
}

const sum = (all: readonly { readonly count: number }[]): number => all.reduce((total, { count }) => total + count, 0);

const binOf = (lane: string, { month, count, from, to }: MonthCount): Drawn => ({
  key: `${lane} month ${month}`,
  kind: 'bin',
  value: month,
  count,
  from,
  to,
  isUnsure: false,
  row: 0,
});

function drawnOf(lane: string, mark: TimelineMark, all: Span): Drawn {
  const { value, precision, count } = mark;
  const kind = precision === 'day' || precision === 'month' ? precision : 'box';
  return { key: `${lane} ${value}`, kind, value, count, ...spanOf(mark, all), isUnsure: /[~?%]/.test(value), row: 0 };
}

/** Puts boxes that overlap into rows below each other. */
function packed(all: readonly Drawn[]): Drawn[] {
  const ends: number[] = [];
  return all
    .toSorted((a, b) => a.from - b.from)
    .map((one) => {
      if (one.kind !== 'box') return one;
      const free = ends.findIndex((end) => end <= one.from);
      const row = free === -1 ? ends.length : free;
      ends[row] = one.to;
      return { ...one, row };
    });
}

export const undatedKey = (lane: string): string => `${lane} undated`;
export const documentKey = (source: string): string => `document ${source}`;

/** The policy documents in view that have a date. */
export const documentsIn = ({ documents }: Answer, all: Span, view: Span) =>
  documents.flatMap(({ source, title, date }) => {
    if (date === null) return [];
    const span = spanOf(date, all);
    return meets(span, view) ? [{ source, title, date, ...span }] : [];
  });
