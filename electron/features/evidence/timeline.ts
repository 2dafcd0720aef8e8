import type { TimelineMark } from '../../../shared/contract/evidence.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { precisionOf } from '../../../shared/model/dates.ts';
import type { ReadContext } from '../../project/context.ts';
import { facetOf } from '../../project/evidence/facets.ts';
import { type Evidence, withEvidence } from '../../project/evidence/read-set.ts';
import { selectionOf } from '../../project/evidence/selection.ts';
import type { KnownDate } from '../../project/evidence/sources.ts';
import { summaryOf } from './rows.ts';

/** More lanes are not read. */
const MOST = 400;

type Timeline = CallOutput<'evidence.timeline'>;

export const timeline = (context: ReadContext, input: CallArgs<'evidence.timeline'>): Promise<Timeline> =>
  withEvidence(context, input, (evidence) => timelineOf(context, evidence, input));

function timelineOf(context: ReadContext, evidence: Evidence, input: CallArgs<'evidence.timeline'>): Timeline {
  const selection = selectionOf(context.db, evidence, input);
  const { set, sourceOf, sources } = evidence;
  const dateOf = sourceOf.map((source) => source?.dates[input.date] ?? null);
  const lanes = facetOf(evidence, input.lanes);
  const all = new Marks();
  const byLane = lanes.values.map(() => new Marks());
  for (const row of selection.rows) {
    const date = dateOf[set.sourceAt(row)] ?? null;
    all.add(date);
    lanes.each(row, (at) => byLane[at]?.add(date));
  }
  const ofSources = new Marks();
  for (const source of sources.all.filter(selection.filter.source)) ofSources.add(source.dates[input.date]);
  const filled = lanes.values.flatMap((lane, at) => {
    const marks = byLane[at];
    return marks === undefined || marks.total === 0 ? [] : [{ ...lane, marks }];
  });
  const kept = new Set(filled.toSorted((a, b) => b.marks.total - a.marks.total).slice(0, MOST));
  return {
    ...summaryOf(evidence, selection),
    undated: all.undated,
    lanes: filled
      .filter((lane) => kept.has(lane))
      .map(({ value, label, marks }) => ({
        value,
        label,
        total: marks.total,
        undated: marks.undated,
        marks: marks.list(),
      })),
    more: filled.length - kept.size,
    all: all.list(),
    sources: ofSources.list(),
    sourcesUndated: ofSources.undated,
  };
}

/** Counts by date, each date as it is known. */
class Marks {
  total = 0;
  undated = 0;
  private readonly counts = new Map<string, { readonly date: KnownDate; count: number }>();

  add(date: KnownDate | null): void {
    this.total += 1;
    if (date === null) {
      this.undated += 1;
      return;
    }
    const there = this.counts.get(date.edtf);
    if (there === undefined) this.counts.set(date.edtf, { date, count: 1 });
    else there.count += 1;
  }

  /** By their first day. */
  list(): TimelineMark[] {
    return [...this.counts.values()]
      .toSorted((a, b) => a.date.order - b.date.order || (a.date.edtf < b.date.edtf ? -1 : 1))
      .map(({ date: { edtf, bounds }, count }) => ({
        value: edtf,
        precision: precisionIn(edtf),
        from: dayText(bounds.from),
        to: dayText(bounds.to),
        count,
      }));
  }
}

function precisionIn(edtf: string): TimelineMark['precision'] {
  const precision = precisionOf(edtf);
  switch (precision) {
    case 'time':
    case 'day':
      return 'day';
    case 'interval':
    case 'unknown':
      return 'span';
    case 'month':
    case 'season':
    case 'year':
    case 'decade':
      return precision;
  }
}

/** 20230517 as `2023-05-17`. */
function dayText(day: number | null): string | null {
  if (day === null) return null;
  const year = Math.floor(day / 10_000);
  const [month, of] = [Math.floor((day - year * 10_000) / 100), day - year * 10_000].map((part, at) =>
    String(at === 0 ? part : part % 100).padStart(2, '0'),
  );
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${month ?? '01'}-${of ?? '01'}`;
}
