import type { EvidenceMark } from '../../../shared/contract/evidence.ts';
import { familyCode } from '../../common/charts/family.ts';
import type { Chart, ChartMark } from '../../common/charts/chart.ts';
import { formatAll } from '../../common/format.ts';
import { drawTimeline, timelineCuts } from './timeline-draw.ts';
import {
  documentKey,
  documentsIn,
  lanesOf,
  undatedKey,
  type Drawn,
  type Lane,
  type TimelineAsked,
} from './timeline-lanes.ts';

/** Passages by date. A mark’s length shows how precisely the date is known, its height the number of passages. */
export function timelineChart(
  asked: TimelineAsked,
): Chart & { readonly isByMonth: boolean; readonly hasUnsure: boolean } {
  const lanes = lanesOf(asked);
  const table = tableOf(asked, lanes);
  return {
    kind: 'timeline',
    id: 'timeline',
    title: findingOf(asked),
    draw: (paper) => drawTimeline(asked, lanes, paper),
    cuts: () => timelineCuts(asked, lanes),
    codes: lanes.flatMap(({ category, name }) =>
      category === undefined ? [] : [{ code: familyCode(category), name }],
    ),
    marks: [...documentMarks(asked), ...lanes.flatMap((lane, at) => laneMarks(asked, lane, at + 1))],
    table,
    isByMonth: lanes.some((lane) => lane.isByMonth),
    hasUnsure: lanes.some(({ drawn }) => drawn.some(({ isUnsure }) => isUnsure)),
  };
}

/** At most this many of the years with the most passages are named. */
const NAMED_YEARS = 2;

function findingOf({ answer, unit, t }: TimelineAsked): string {
  const years = new Map<string, number>();
  for (const { from, to, count } of answer.all) {
    const [first, last] = [from, to].map((day) => day?.slice(0, -6));
    if (first !== undefined && first === last) years.set(first, (years.get(first) ?? 0) + count);
  }
  const most = [...years.values()].reduce((a, b) => Math.max(a, b), 0);
  const alike = [...years.keys()].filter((year) => years.get(year) === most).toSorted();
  const more = alike.length - NAMED_YEARS;
  const named = more > 1 ? [...alike.slice(0, NAMED_YEARS), t('evidence.moreYears', { count: more })] : alike;
  const all = t(`evidence.${unit}`, { count: answer.units });
  const dated = answer.units - answer.undated;
  if (named.length === 0) return t('evidence.timelineNone', { count: dated, all });
  return t('evidence.timelineFinding', {
    all,
    count: dated,
    year: formatAll(named),
    most,
    undated: t('evidence.noDate', { count: answer.undated }),
  });
}

function laneMarks(asked: TimelineAsked, { value, name, drawn, apart, undated }: Lane, lane: number): ChartMark[] {
  const { date, lanes, unit, t, open } = asked;
  const counted = (count: number): string => t(`evidence.${unit}`, { count });
  const inLane: EvidenceMark = { by: lanes, value };
  const markOf = ({ kind, ...one }: Drawn): EvidenceMark =>
    kind === 'bin' ? { by: `${date}Month`, value: one.value } : { by: date, value: one.value };
  const marks = [...drawn, ...apart].map((one): ChartMark => {
    const title = `${name}, ${one.value}`;
    const label = t('evidence.timelineMark', { name, date: one.value, counted: counted(one.count) });
    return { key: one.key, lane, label, run: () => open({ title, marks: [inLane, markOf(one)] }) };
  });
  if (undated === 0) return marks;
  const missing = t(`evidence.missingOf.${date}Year`);
  const label = t('evidence.timelineMark', { name, date: missing, counted: counted(undated) });
  const run = (): void => open({ title: `${name}, ${missing}`, marks: [inLane, { by: date, value: '' }] });
  return [...marks, { key: undatedKey(value), lane, label, run }];
}
function documentMarks({ answer, all, view, t, open }: TimelineAsked): ChartMark[] {
  return documentsIn(answer, all, view).map(({ source, title, date }) => ({
    key: documentKey(source),
    lane: 0,
    label: t('evidence.timelineDocument', { title, date: date.value }),
    run: () => open({ title, marks: [{ by: 'source', value: source }] }),
  }));
}

function tableOf({ t, lanes: by, date, unit }: TimelineAsked, lanes: readonly Lane[]): Chart['table'] {
  return {
    columns: [
      t(`evidence.facets.${by}`),
      t(`evidence.facets.${date}`),
      t('evidence.knownTo'),
      t(`evidence.restsOn.${unit}`),
    ],
    rows: lanes.flatMap(({ name, drawn, apart, undated }) => [
      ...[...drawn, ...apart].map(({ value, kind, count }) => [name, value, t(`evidence.known.${kind}`), count]),
      ...(undated === 0 ? [] : [[name, null, t(`evidence.missingOf.${date}Year`), undated]]),
    ]),
  };
}
