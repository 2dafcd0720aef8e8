import type { CallOutput } from '../../../shared/contract/index.ts';
import type { TimelineDate, TimelineMark } from '../../../shared/contract/evidence.ts';

type Answer = CallOutput<'evidence.timeline'>;

/** A period in ms of UTC. `from` is inside, `to` is the first moment after it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
const DAY = 86_400_000;

/** A lane with more passages than this dated to a month or better is counted by month, since single days would overlap. */
export const MOST_DRAWN = 500;

/** Returns a day such as `2023-05-17` in ms. Years before 100 and before 0 work, too. */
function dayOf(text: string): number {
  const [, year, month, day] = /^(-?\d+)-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(day));
}

/** The period that a date may mean; an open end runs to the end of `all`. */
export const spanOf = ({ from, to }: Pick<TimelineDate, 'from' | 'to'>, all: Span): Span => ({
  from: from === null ? Math.min(all.from, to === null ? all.from : dayOf(to)) : dayOf(from),
  to: to === null ? Math.max(all.to, from === null ? all.to : dayOf(from) + DAY) : dayOf(to) + DAY,
});
export const meets = (one: Span, other: Span): boolean => one.from < other.to && one.to > other.from;

/** Dates more than this many years from the others are left off the axis: they would make it useless, and are probably mistakes. */
export const FAR = 100;

/**
 * The whole years in which passages, sources and policy documents are dated. If more than {@link FAR} years lie between two dates, only the
 * years on the side with more passages. Null if nothing is dated.
 */
export function wholeSpan({ all, sources, documents }: Answer): Span | null {
  const passages = new Map<number, number>();
  const add = ({ from, to }: Pick<TimelineDate, 'from' | 'to'>, count: number): void => {
    for (const day of [from, to]) {
      const year = Number(/^-?\d+/.exec(day ?? '')?.[0] ?? Number.NaN);
      if (!Number.isNaN(year)) passages.set(year, (passages.get(year) ?? 0) + count);
    }
  };
  for (const mark of all) add(mark, mark.count);
  for (const date of [...sources, ...documents.flatMap((document) => document.date ?? [])]) add(date, 0);
  const parts: { readonly first: number; last: number; count: number }[] = [];
  for (const [year, count] of [...passages].toSorted(([one], [other]) => one - other)) {
    const part = parts.at(-1);
    if (part === undefined || year - part.last > FAR) parts.push({ first: year, last: year, count });
    else [part.last, part.count] = [year, part.count + count];
  }
  // Of parts with equal counts, take the latest.
  const [shown] = parts.toSorted((one, other) => other.count - one.count || other.last - one.last);
  return shown === undefined ? null : { from: yearStart(shown.first), to: yearStart(shown.last + 1) };
}

/** Whether the axis of all years leaves a date out. */
export const isApart = (date: Pick<TimelineDate, 'from' | 'to'>, all: Span): boolean => !meets(spanOf(date, all), all);
export const yearStart = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1);
export const monthStart = (at: number, months = 0): number => {
  const date = new Date(at);
  return new Date(0).setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
};

/** The month that contains a date, as `2023-05`; null if the date spans several months or has an open end. */
export const monthOf = ({ from, to }: Pick<TimelineDate, 'from' | 'to'>): string | null =>
  from !== null && to !== null && from.slice(0, -3) === to.slice(0, -3) ? from.slice(0, -3) : null;

/** The passages dated within one month, with or without a day. */
export interface MonthCount extends Span {
  readonly month: string;
  readonly count: number;
}

export function byMonth(marks: readonly TimelineMark[], all: Span): readonly MonthCount[] {
  const months = new Map<string, MonthCount>();
  for (const mark of marks) {
    const month = monthOf(mark);
    if (month === null) continue;
    const { from } = spanOf(mark, all);
    const start = monthStart(from);
    const count = (months.get(month)?.count ?? 0) + mark.count;
    months.set(month, { month, count, from: start, to: monthStart(from, 1) });
  }
  return [...months.values()].toSorted((a, b) => a.from - b.from);
}

/**
 * Periods of whole months without a source, between the first and the last source; only sources dated to the month or better count.
 * Such a period may lack passages only because it lacks sources.
 */
export function gapsOf(sources: readonly TimelineMark[], all: Span): readonly Span[] {
  const months = byMonth(
    sources.filter((source) => !isApart(source, all)),
    all,
  );
  return months.flatMap(({ to }, at) => {
    const next = months[at + 1];
    return next === undefined || next.from <= to ? [] : [{ from: to, to: next.from }];
  });
}

/** Halves or doubles a view around its middle, to at least three months and at most all years. */
export function zoomed(view: Span, all: Span, by: 'in' | 'out'): Span {
  const [middle, length] = [(view.from + view.to) / 2, view.to - view.from];
  const wanted = Math.max(LEAST, by === 'in' ? length / 2 : length * 2);
  if (wanted >= all.to - all.from) return all;
  const from = Math.min(Math.max(all.from, middle - wanted / 2), all.to - wanted);
  return { from, to: from + wanted };
}
const LEAST = 92 * DAY;

/** Moves a view by half its length earlier or later, within all years. */
export function moved(view: Span, all: Span, by: 'earlier' | 'later'): Span {
  const length = view.to - view.from;
  const wanted = view.from + ((by === 'later' ? 1 : -1) * length) / 2;
  const from = Math.max(all.from, Math.min(all.to - length, wanted));
  return { from, to: from + length };
}
