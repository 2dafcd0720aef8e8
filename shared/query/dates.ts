import type { QuerySpan } from './ast.ts';
import { replaceBy, type Faults, type QueryMend } from './faults.ts';

/** Days, both included, as `YYYY-MM-DD`; null: no limit. */
export interface DateSpan {
  readonly from: string | null;
  readonly to: string | null;
}

const DATE = /^(?<year>\d{4})(?:-(?<month>\d{2})(?:-(?<day>\d{2}))?)?$/;
const two = (number: number): string => String(number).padStart(2, '0');
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The days of `2023`, `2023-05`, `2023-05-17`, or of a span of these, `2022..2024`, `2022..` or `..2024`; null for anything else. */
export function datesOf(value: string): DateSpan | null {
  const ends = value.split('..');
  const [first = '', last = first] = ends;
  if (ends.length > 2 || (first === '' && last === '')) return null;
  const [from, to] = [first === '' ? null : daysOf(first), last === '' ? null : daysOf(last)];
  if ((first !== '' && from === null) || (last !== '' && to === null)) return null;
  const span = { from: from?.from ?? null, to: to?.to ?? null };
  return span.from !== null && span.to !== null && span.from > span.to ? null : span;
}

function daysOf(date: string): { readonly from: string; readonly to: string } | null {
  const { year, month, day } = DATE.exec(date)?.groups ?? {};
  if (year === undefined) return null;
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  const days = Number(month) >= 1 && Number(month) <= 12 ? daysIn(Number(year), Number(month)) : 0;
  if (days === 0) return null;
  if (day === undefined) return { from: `${year}-${month}-01`, to: `${year}-${month}-${two(days)}` };
  return Number(day) >= 1 && Number(day) <= days ? { from: date, to: date } : null;
}

const HOW = 'Write a month as 2023-12, a year as 2023, a span as 2022..2024.';

/** Says what is wrong with a date that {@link datesOf} does not know. */
export function addDateFault(faults: Faults, span: QuerySpan, value: string): void {
  const shown = faults.at(span);
  const mend = (text: string): QueryMend => replaceBy(span, text);
  const wrong = value.split('..').find((end) => end !== '' && daysOf(end) === null);
  if (wrong === undefined) {
    const [from = '', to = '', ...more] = value.split('..');
    const swapped = more.length === 0 && from !== '' && to !== '';
    faults.add(
      'dateWrong',
      span,
      swapped ? `The span ${shown} ends before it begins.` : `${shown} is no date. ${HOW}`,
      swapped ? [mend(`${to}..${from}`)] : [],
    );
    return;
  }
  const { year = '', month = '', day } = DATE.exec(wrong)?.groups ?? {};
  const right = (date: string): QueryMend =>
    mend(
      value
        .split('..')
        .map((end) => (end === wrong ? date : end))
        .join('..'),
    );
  if (year === '') {
    const known = rewritten(wrong);
    faults.add('dateWrong', span, `${shown} is no date. ${HOW}`, known === null ? [] : [right(known)]);
  } else if (Number(month) < 1 || Number(month) > 12) {
    const nearest = `${year}-${Number(month) < 1 ? '01' : '12'}`;
    faults.add('dateWrong', span, `${shown} has no month ${month}. ${HOW}`, [right(nearest), right(year)]);
  } else {
    const last = `${year}-${month}-${Number(day) < 1 ? '01' : two(daysIn(Number(year), Number(month)))}`;
    faults.add('dateWrong', span, `${year}-${month} has no day ${day ?? ''}. ${HOW}`, [
      right(last),
      right(`${year}-${month}`),
    ]);
  }
}

/** A date as others write it, as we do: 2023/5, 2023.05.17, 2023年5月. */
function rewritten(date: string): string | null {
  const parts =
    /^(\d{4})\s*[./年-]\s*(\d{1,2})\s*(?:[./月-]\s*(?:(\d{1,2})\s*日?)?)?$/u.exec(date.normalize('NFKC')) ?? [];
  const [, year, month, day] = parts;
  if (year === undefined || month === undefined) {
    const plain = /^(\d{4})\s*年?$/u.exec(date.normalize('NFKC'))?.[1];
    return plain ?? null;
  }
  const text = [year, two(Number(month)), ...(day === undefined ? [] : [two(Number(day))])].join('-');
  return daysOf(text) === null ? null : text;
}
