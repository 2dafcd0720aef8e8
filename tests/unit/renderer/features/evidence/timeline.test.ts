// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { TimelineMark } from '../../../../../shared/contract/evidence.ts';
import type { CallOutput } from '../../../../../shared/contract/index.ts';
import { drawChart } from '../../../../../renderer/common/charts/draw.ts';
import { timelineChart } from '../../../../../renderer/features/evidence/timeline-chart.ts';
import type { TimelineAsked } from '../../../../../renderer/features/evidence/timeline-lanes.ts';
import {
  gapsOf,
  MOST_DRAWN,
  monthStart,
  moved,
  wholeSpan,
  yearStart,
  zoomed,
  type Span,
} from '../../../../../renderer/features/evidence/timeline-time.ts';
import { yearsChart } from '../../../../../renderer/features/evidence/years-chart.ts';
import { dateBounds, precisionOf } from '../../../../../shared/model/dates.ts';
import { type Seeded, seeded, seeds } from '../../../../support/seeded.ts';

type Answer = CallOutput<'evidence.timeline'>;
/** The words a chart asks for, with what it puts in them. */
const t: TimelineAsked['t'] = (key, values = {}) =>
  [...(key === 'evidence.passages' ? [] : [key]), ...Object.values(values)].join('|');

const dayText = (day: number | null): string | null =>
  day === null ? null : String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');

/** A mark as the engine gives it. */
function markOf(value: string, count: number): TimelineMark {
  const bounds = dateBounds(value);
  const known = precisionOf(value);
  const precision = known === 'interval' || known === 'unknown' ? 'span' : known === 'time' ? 'day' : known;
  return { value, precision, from: dayText(bounds?.from ?? null), to: dayText(bounds?.to ?? null), count };
}

const DATES = [
  '2019',
  '2019-07~',
  '2020-02',
  '2020-02-29',
  '2020-12-31',
  '2021-01-01',
  '2021-05?',
  '202X',
  '2019/2021',
];
const OPEN = ['../2018-03', '2022-06/..', '2021-21', '2021-23', '2020-02-03/2020-02-09'];

function randomAnswer(random: Seeded): Answer {
  const marksOf = (): TimelineMark[] =>
    random
      .shuffle([...DATES, ...OPEN])
      .slice(0, random.int(0, 12))
      .map((value) => markOf(value, random.chance(0.2) ? 400 : random.int(1, 20)));
  const lanes = ['a', 'b', 'c', ''].map((value) => {
    const marks = marksOf();
    const undated = random.int(0, 3);
    const total = undated + marks.reduce((all, { count }) => all + count, 0);
    return { value, label: value, total, undated, marks };
  });
  const all = lanes.flatMap(({ marks }) => marks);
  const total = lanes.reduce((sum, lane) => sum + lane.total, 0);
  const undated = lanes.reduce((sum, lane) => sum + lane.undated, 0);
  return {
    faults: [],
    total,
    units: total,
    of: total,
    origins: 3,
    publishers: 1,
    undated,
    lanes,
    more: 0,
    all,
    sources: all,
    sourcesUndated: 0,
    documents: [],
  };
}

const chartOf = (answer: Answer, all: Span, view: Span, open: TimelineAsked['open'] = () => undefined) =>
  timelineChart({
    answer,
    all,
    view,
    date: 'act',
    lanes: 'family',
    unit: 'passages',
    categoryOf: () => undefined,
    t,
    open,
  });

describe('the timeline', () => {
  it.each(seeds(40, 1))('shows each passage of a lane once, as a mark and in the table; seed %i', (seed) => {
    const random = seeded(seed);
    const answer = randomAnswer(random);
    const all = wholeSpan(answer);
    if (all === null) return;
    const chart = chartOf(answer, all, all);
    for (const { value, label, total } of answer.lanes) {
      const name = value === '' ? 'evidence.missingOf.below' : label;
      const rows = chart.table.rows.filter(([lane]) => lane === name);
      expect(rows.reduce((sum, row) => sum + Number(row[3]), 0)).toBe(total);
    }
    const counts = (numbers: readonly string[]): string[] => numbers.toSorted();
    expect(counts(chart.marks.map(({ label }) => label.split('|').slice(1).join()))).toEqual(
      counts(chart.table.rows.map(([lane, date, known, count]) => [lane, date ?? known, count].join())),
    );
  });

  it.each(seeds(40, 1))('counts in a part of the years what may lie in it; seed %i', (seed) => {
    const random = seeded(seed);
    const answer = randomAnswer(random);
    const all = wholeSpan(answer);
    if (all === null) return;
    const from = monthStart(all.from, random.int(0, 30));
    const view = { from, to: monthStart(from, random.int(1, 18)) };
    const chart = chartOf(answer, all, view);
    for (const { value, label, marks } of answer.lanes) {
      const within = marks.filter(({ from: first, to: last }) => {
        const [start, end] = [first ?? '0000-01-01', last ?? '9999-12-31'].map((day) => Date.parse(day));
        return (start ?? 0) < view.to && (end ?? 0) >= view.from;
      });
      const dated = within.filter(({ from: first, to: last }) => first?.slice(0, 7) === last?.slice(0, 7));
      // Of a month that is counted as one, all of it is in view.
      if (dated.reduce((sum, { count }) => sum + count, 0) > MOST_DRAWN) continue;
      const name = value === '' ? 'evidence.missingOf.below' : label;
      const rows = chart.table.rows.filter(([lane, date]) => lane === name && date !== null);
      expect(rows.map(([, date, , count]) => `${String(date)} ${String(count)}`).toSorted()).toEqual(
        within.map(({ value: date, count }) => `${date} ${String(count)}`).toSorted(),
      );
    }
  });

  it('a lane with too many days is counted by month, and longer dates stay what they are', () => {
    const marks = [markOf('2020-02', 300), markOf('2020-02-29', 300), markOf('2020-03-01', 1), markOf('2020', 7)];
    const lane = { value: 'a', label: 'a', total: 608, undated: 0, marks };
    const answer = { ...randomAnswer(seeded(1)), lanes: [lane], all: marks, sources: marks };
    const all = { from: yearStart(2020), to: yearStart(2021) };
    const opened: unknown[] = [];
    const chart = chartOf(answer, all, all, ({ marks: own }) => opened.push(own));
    expect(chart.isByMonth).toBe(true);
    expect(chart.table.rows).toEqual([
      ['a', '2020', 'evidence.known.box', 7],
      ['a', '2020-02', 'evidence.known.bin', 600],
      ['a', '2020-03', 'evidence.known.bin', 1],
    ]);
    chart.marks[1]?.run();
    expect(opened).toEqual([
      [
        { by: 'family', value: 'a' },
        { by: 'actMonth', value: '2020-02' },
      ],
    ]);
  });

  it('every mark is drawn, at any width', () => {
    for (const seed of seeds(10, 1)) {
      const answer = randomAnswer(seeded(seed));
      const all = wholeSpan(answer);
      if (all === null) continue;
      const chart = chartOf(answer, all, all);
      for (const width of [320, 1400]) {
        const drawn = drawChart(chart, width, 'x');
        const keys = new Set(
          [...drawn.querySelectorAll('[data-mark]')].map((shape) => shape.getAttribute('data-mark')),
        );
        expect(keys).toEqual(new Set(chart.marks.map(({ key }) => key)));
      }
    }
  });

  it('the words of a gap are on a ground of their own, over what lanes have there', () => {
    const marks = [markOf('2020', 2), markOf('2020-01', 1), markOf('2020-12', 1)];
    const lane = { value: 'a', label: 'a', total: 4, undated: 0, marks };
    const answer = { ...randomAnswer(seeded(1)), lanes: [lane], all: marks, sources: marks.slice(1) };
    const all = { from: yearStart(2020), to: yearStart(2021) };
    const drawn = [...drawChart(chartOf(answer, all, all), 1400, 'x').querySelectorAll('rect, text')];
    const words = drawn.findIndex((one) => one.textContent === 'evidence.gap');
    const ground = drawn.findLastIndex((one) => one.localName === 'rect' && one.matches('[fill="var(--surface)"]'));
    const year = drawn.findLastIndex((one) => one.hasAttribute('data-mark'));
    expect([words > ground, ground > year, year >= 0]).toEqual([true, true, true]);
  });

  it('the words of a gap hide no number of a year, and are left out where there is no room beside it', () => {
    const numbered = (from: number, to: number, width: number) => {
      const marks = [markOf('2020', 2), markOf('2020-01', 1), markOf('2020-12', 1)];
      const lane = { value: 'a', label: 'a', total: 4, undated: 0, marks };
      const answer = { ...randomAnswer(seeded(1)), documents: [], lanes: [lane], all: marks, sources: marks.slice(1) };
      const all = { from: yearStart(from), to: yearStart(to) };
      const drawn = drawChart(chartOf(answer, all, all), width, 'x');
      const ofText = (text: string): number[] =>
        [...drawn.querySelectorAll('text')]
          .filter((one) => one.textContent === text)
          .map((one) => Number(/translate\(([-\d.]+)/.exec(one.getAttribute('transform') ?? '')?.[1]));
      const [words, numbers] = [ofText('evidence.gap'), ofText('2')];
      return { words: words.length, apart: Math.min(...words.flatMap((x) => numbers.map((at) => Math.abs(x - at)))) };
    };
    // The middle of the gap is the middle of the year, where its number stands.
    const wide = numbered(2020, 2021, 1400);
    expect(wide.words).toBe(1);
    expect(wide.apart).toBeGreaterThan(15);
    expect(numbered(2018, 2024, 420).words).toBe(0);
  });

  it('says of one without a date that it has none', () => {
    const marks = [markOf('2020', 2)];
    const lane = { value: 'a', label: 'a', total: 3, undated: 1, marks };
    const answer = { ...randomAnswer(seeded(1)), units: 3, undated: 1, lanes: [lane], all: marks };
    const all = { from: yearStart(2020), to: yearStart(2021) };
    expect(chartOf(answer, all, all).title).toContain('evidence.noDate|1');
  });

  it('a gap is whole months without a source that is dated to the month', () => {
    const all = { from: yearStart(2020), to: yearStart(2022) };
    const sources = ['2020-01-31', '2020', '2020-02', '2020-06-01', '2020-07', '2021-01-01'].map((date) =>
      markOf(date, 1),
    );
    const text = gapsOf(sources, all).map(({ from, to }) =>
      [from, to].map((day) => new Date(day).toISOString().slice(0, 10)),
    );
    expect(text).toEqual([
      ['2020-03-01', '2020-06-01'],
      ['2020-08-01', '2021-01-01'],
    ]);
  });

  it('zooming stays within the years there are', () => {
    const all = { from: yearStart(2000), to: yearStart(2024) };
    const half = zoomed(all, all, 'in');
    expect(half.to - half.from).toBeCloseTo((all.to - all.from) / 2);
    const late = { from: yearStart(2023), to: yearStart(2024) };
    expect(zoomed(late, all, 'out')).toEqual({ from: all.to - 2 * (late.to - late.from), to: all.to });
    expect(zoomed(half, all, 'out')).toEqual(all);
  });

  it('moving shows as much of the years there are, half a view earlier or later', () => {
    const all = { from: yearStart(2000), to: yearStart(2024) };
    const view = { from: yearStart(2010), to: yearStart(2012) };
    expect(moved(view, all, 'later')).toEqual({ from: yearStart(2011), to: view.to + (view.to - view.from) / 2 });
    const end = { from: all.to - (view.to - view.from), to: all.to };
    expect(moved(end, all, 'later')).toEqual(end);
    expect(moved({ ...view, from: all.from }, all, 'earlier').from).toBe(all.from);
  });

  it('a date far from all others does not widen the axis: it stands beside it, and is a mark like any other', () => {
    const far = [markOf('0202-05-01', 3), markOf('0203', 2)];
    const marks = [...far, markOf('2019-05', 4), markOf('2021-02-03', 5), markOf('1955', 1)];
    const lane = { value: 'a', label: 'a', total: 15, undated: 0, marks };
    const answer = { ...randomAnswer(seeded(1)), lanes: [lane], all: marks, sources: marks };
    const all = wholeSpan(answer);
    expect(all).toEqual({ from: yearStart(1955), to: yearStart(2022) });
    if (all === null) return;
    const opened: unknown[] = [];
    const chart = chartOf(answer, all, all, ({ marks: own }) => opened.push(own[1]?.value));
    expect(chart.table.rows.map((row) => [row[1], row[3]])).toEqual([
      ['1955', 1],
      ['2019-05', 4],
      ['2021-02-03', 5],
      ['0202-05-01', 3],
      ['0203', 2],
    ]);
    chart.marks.at(-1)?.run();
    expect(opened).toEqual(['0203']);
    const keys = [...drawChart(chart, 900, 'x').querySelectorAll('[data-mark]')].map((one) =>
      one.getAttribute('data-mark'),
    );
    expect(new Set(keys)).toEqual(new Set(chart.marks.map(({ key }) => key)));
    // Nothing is hatched for the centuries between.
    expect(gapsOf(answer.sources, all)).toEqual([
      { from: monthStart(yearStart(2019), 5), to: yearStart(2021) + 31 * 86_400_000 },
    ]);
    const years = yearsChart(
      {
        answer,
        all,
        view: all,
        date: 'act',
        lanes: 'family',
        unit: 'passages',
        categoryOf: () => undefined,
        t,
        open: () => undefined,
      },
      () => undefined,
    );
    expect(years.table.rows[0]?.[0]).toBe('1955');
  });

  it('its heading names two of the years that have as many, and how many more do', () => {
    const all = { from: yearStart(2019), to: yearStart(2024) };
    const headingOf = (...years: readonly string[]): string => {
      const marks = [markOf('2018', 1), ...years.map((year) => markOf(year, 3))];
      return chartOf({ ...randomAnswer(seeded(1)), units: 20, undated: 2, all: marks }, all, all).title;
    };
    expect(headingOf('2021')).toContain('|2021|3|');
    expect(headingOf('2021', '2019')).toContain('|2019 and 2021|3|');
    expect(headingOf('2021', '2019', '2022', '2020')).toContain('|2019, 2020 and evidence.moreYears|2|3|');
  });

  it('of fewer than 30 passages each is drawn by itself', () => {
    const marks = [markOf('2021-02-03', 7), markOf('2021-05', 4), markOf('2021', 5)];
    const lane = { value: 'a', label: 'a', total: 16, undated: 0, marks };
    const shapes = (total: number): number => {
      const answer = { ...randomAnswer(seeded(1)), units: total, lanes: [lane], all: marks, sources: marks };
      const all = { from: yearStart(2021), to: yearStart(2022) };
      return drawChart(chartOf(answer, all, all), 900, 'x').querySelectorAll('rect').length;
    };
    // A day of 7 and a month of 4 passages are 11 shapes in place of two; those two stay as what can be pressed.
    expect(shapes(29) - shapes(30)).toBe(11);
  });

  it.each(seeds(20, 1))('the strip counts in a year what lies in it alone; seed %i', (seed) => {
    const answer = randomAnswer(seeded(seed));
    const all = wholeSpan(answer);
    if (all === null) return;
    const shown = {
      answer,
      all,
      view: all,
      date: 'act',
      lanes: 'family',
      unit: 'passages',
      categoryOf: () => undefined,
      t,
      open: () => undefined,
    } as const;
    for (const [year, count] of yearsChart(shown, () => undefined).table.rows) {
      const alone = answer.all.filter(({ from, to }) => from?.slice(0, 4) === year && to?.slice(0, 4) === year);
      expect(count).toBe(alone.reduce((sum, mark) => sum + mark.count, 0));
    }
  });
});
