import type { Chart, ChartMark } from '../../common/charts/chart.ts';
import { blocks, inPixels, labels, lines } from '../../common/charts/shapes.ts';
import type { TimelineAsked } from './timeline-lanes.ts';
import { byMonth, isApart, meets, yearStart, type Span } from './timeline-time.ts';

/** The most years with a mark each; more years share a mark for ten, or for a hundred. */
const MOST_YEARS = 40;

/** A strip of all years that marks the part in view. Pressing a year shows that year alone. */
export function yearsChart({ answer, all, view, date, unit, t }: TimelineAsked, show: (span: Span) => void): Chart {
  const [first, last] = [new Date(all.from), new Date(all.to - 1)].map((day) => day.getUTCFullYear());
  const step = stepFor((last ?? 0) - (first ?? 0) + 1);
  const years: Year[] = [];
  for (let year = first ?? 0; year <= (last ?? 0); year += step) {
    const span = { from: yearStart(year), to: Math.min(all.to, yearStart(year + step)) };
    years.push({ year: String(year), ...span, ...countIn(answer.all, year, step) });
  }
  const onAxis = answer.all.filter((mark) => !isApart(mark, all));
  const months = step === 1 ? byMonth(onAxis, all) : years;
  const most = Math.max(1, ...months.map(({ count }) => count));
  return {
    kind: 'years',
    id: 'years',
    title: t('evidence.yearsTitle', { from: first, to: last }),
    marks: years.map((year): ChartMark => ({
      key: year.year,
      lane: 0,
      label: t('evidence.yearMark', {
        year: year.year,
        counted: t(`evidence.${unit}`, { count: year.count }),
        only: year.only,
      }),
      run: () => show(year),
    })),
    table: {
      columns: [t(`evidence.facets.${date}Year`), t(`evidence.restsOn.${unit}`), t('evidence.yearOnly')],
      rows: years.map(({ year, count, only }) => [year, count, only]),
    },
    draw: ({ width }) => {
      const x = (at: number): number => 1 + ((at - all.from) / (all.to - all.from)) * (width - 2);
      const sides = ({ from, to }: Span) => ({ x1: x(from), x2: x(to) });
      const isRoomy = width / years.length > 100;
      const [inView, outside] = [true, false].map((isIn) =>
        months
          .filter((month) => meets(month, view) === isIn)
          .map((one) => ({ ...sides(one), y1: 38 - 34 * (one.count / most), y2: 38, fill: 'var(--accent)' })),
      );
      return inPixels(54, [
        blocks(inView ?? [], { fillOpacity: 0.5, insetRight: 0.5 }),
        blocks(outside ?? [], { fillOpacity: 0.2, insetRight: 0.5 }),
        lines(years.map(({ from }) => ({ x1: x(from), x2: x(from), y1: 38, y2: 52, stroke: 'var(--rule-2)' }))),
        labels(
          years.map(({ from, year, only }) => ({
            x: x(from) + 3,
            y: 46,
            text: only === 0 || !isRoomy ? year : t('evidence.yearAndOnly', { year, count: only }),
            fill: 'var(--ink-2)',
          })),
          { textAnchor: 'start' },
        ),
        blocks(years.map((year) => ({ key: year.year, ...sides(year), y1: 1, y2: 53 }))),
        blocks([{ ...sides(view), y1: 1, y2: 38, stroke: 'var(--accent)' }], { strokeWidth: 2 }),
      ]);
    },
  };
}

interface Year extends Span {
  readonly year: string;
  /** `count`: passages dated within these years. `only`: those of them that are dated to the year only. */
  readonly count: number;
  readonly only: number;
}

const stepFor = (years: number): number => {
  let step = 1;
  while (years / step > MOST_YEARS) step *= 10;
  return step;
};

function countIn(marks: TimelineAsked['answer']['all'], year: number, step: number): { count: number; only: number } {
  let [count, only] = [0, 0];
  for (const mark of marks) {
    const [from, to] = [mark.from, mark.to].map((day) => (day === null ? null : Number(/^-?\d+/.exec(day)?.[0])));
    if (typeof from !== 'number' || typeof to !== 'number' || from < year || to >= year + step) continue;
    count += mark.count;
    if (mark.precision === 'year') only += mark.count;
  }
  return { count, only };
}
