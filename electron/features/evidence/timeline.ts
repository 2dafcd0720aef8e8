import type { TimelineMark } from '../../../shared/contract/evidence.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { precisionOf } from '../../../shared/model/dates.ts';
import { sourceId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { facetOf } from '../../project/evidence/facets.ts';
import type { Evidence } from '../../project/evidence/read-set.ts';
import { withPlaces } from '../../project/evidence/with-places.ts';
import { selectionOf } from '../../project/evidence/selection.ts';
import { dayText, type KnownDate } from '../../project/evidence/sources.ts';
import { unitsOf } from '../../project/evidence/units.ts';
import { summaryOf } from './rows.ts';

/** More lanes are not read. */
const MOST = 400;

type Timeline = CallOutput<'evidence.timeline'>;

export const timeline = (context: ReadContext, input: CallArgs<'evidence.timeline'>): Promise<Timeline> =>
  withPlaces(context, input, (evidence) => timelineOf(context, evidence, input));

function timelineOf(context: ReadContext, evidence: Evidence, input: CallArgs<'evidence.timeline'>): Timeline {
  const selection = selectionOf(context.db, evidence, input);
  const { set, sourceOf, sources } = evidence;
  const dateOf = sourceOf.map((source) => source?.dates[input.date] ?? null);
  const lanes = facetOf(evidence, input.lanes);
  const all = new Marks();
  const byLane = lanes.values.map(() => new Marks());
  const { rows, of } = unitsOf(evidence, selection.rows, input.unit);
  for (const row of rows) {
    const date = dateOf[set.sourceAt(row)] ?? null;
    const unit = of(row);
    all.add(date, unit);
    lanes.each(row, (at) => byLane[at]?.add(date, unit));
  }
  const ofSources = new Marks();
  for (const [at, source] of sources.all.filter(selection.filter.source).entries())
    ofSources.add(source.dates[input.date], at + 1);
  const filled = lanes.values.flatMap((lane, at) => {
    const marks = byLane[at];
    return marks === undefined || marks.total === 0 ? [] : [{ ...lane, marks }];
  });
  const kept = new Set(filled.toSorted((a, b) => b.marks.total - a.marks.total).slice(0, MOST));
  return {
    ...summaryOf(evidence, selection),
    units: all.total,
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
    documents: documentsOf(evidence, input),
  };
}

/** The sources of a collection, by the date of the document itself, or the date that the timeline is of where that is not known. */
function documentsOf(
  { sources }: Evidence,
  { documents, date }: CallArgs<'evidence.timeline'>,
): CallOutput<'evidence.timeline'>['documents'] {
  if (documents === null) return [];
  return sources.all
    .filter(({ collections }) => collections.includes(documents))
    .map(({ id, title, dates }) => ({ source: sourceId.parse(id), title, known: dates.document ?? dates[date] }))
    .toSorted((a, b) => (a.known?.order ?? Infinity) - (b.known?.order ?? Infinity))
    .map(({ known, ...document }) => ({ ...document, date: known === null ? null : shownDate(known) }));
}

/**
 * Counts by date, each date as it is known. Takes each unit once, if those of one unit are added one after the other: an origin
 * at the first date of its copies, so that sums over dates count it once, too.
 */
class Marks {
  total = 0;
  private dated = 0;
  private unit = 0;
  private first: KnownDate | null = null;
  private readonly counts = new Map<string, { readonly date: KnownDate; count: number }>();

  add(date: KnownDate | null, unit: number): void {
    if (unit !== this.unit) {
      this.end();
      this.unit = unit;
      this.total += 1;
    }
    if (date !== null && (this.first === null || isBefore(date, this.first))) this.first = date;
  }

  /** Counts the unit that was added last. */
  private end(): void {
    const { first } = this;
    if (first === null) return;
    this.first = null;
    this.dated += 1;
    const there = this.counts.get(first.edtf);
    if (there === undefined) this.counts.set(first.edtf, { date: first, count: 1 });
    else there.count += 1;
  }

  get undated(): number {
    this.end();
    return this.total - this.dated;
  }

  /** By their first day. */
  list(): TimelineMark[] {
    this.end();
    return [...this.counts.values()]
      .toSorted((a, b) => a.date.order - b.date.order || (a.date.edtf < b.date.edtf ? -1 : 1))
      .map(({ date, count }) => ({
        ...shownDate(date),
        count,
      }));
  }
}

/** A date of which nothing is known is after all others. */
function isBefore(one: KnownDate, other: KnownDate): boolean {
  const [a, b] = [one.order === 0 ? Infinity : one.order, other.order === 0 ? Infinity : other.order];
  return a < b || (a === b && one.edtf < other.edtf);
}

const shownDate = ({ edtf, bounds: { from, to } }: KnownDate) => ({
  value: edtf,
  precision: precisionIn(edtf),
  from: from === null ? null : dayText(from),
  to: to === null ? null : dayText(to),
});

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
