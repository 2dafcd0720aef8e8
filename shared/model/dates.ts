import { parse } from 'edtf';
import { z } from 'zod';

/**
 * Dates of sources as EDTF (ISO 8601-2, levels 0 and 1), which states how much of a date is known. Unknown digits are shown
 * as dots, never filled in.
 */

/** Days, months and years, alone or as the two ends of an interval. */
const simpleDate = z.object({
  type: z.literal('Date'),
  level: z.number(),
  /** Year, month (from 0), day; hour, minute, second if there is a time. */
  values: z.array(z.number()).min(1),
  /** One bit for each unspecified digit of YYYYMMDD, from the lowest bit up. */
  unspecified: z.number().optional(),
});
const season = z.object({ type: z.literal('Season'), level: z.number(), values: z.array(z.number()).min(2) });
const yearOnly = z.object({ type: z.literal('Year'), level: z.number(), values: z.array(z.number()).min(1) });
const point = z.discriminatedUnion('type', [simpleDate, season, yearOnly]);
const interval = z.object({
  type: z.literal('Interval'),
  level: z.number(),
  /** An open or unknown end is null, or infinite. */
  values: z.array(z.union([point, z.null(), z.literal([Infinity, -Infinity])])),
});
const parsed = z.union([point, interval]);
type Point = z.infer<typeof point>;
type Parsed = z.infer<typeof parsed>;

/** Why a text is not a date we accept, so that each caller can word its own message. */
export type DateProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'month'; readonly month: string; readonly year: string }
  | { readonly kind: 'day'; readonly day: string; readonly month: string }
  | { readonly kind: 'form' };

const NUMERIC = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/;

/** Whole days, months and years: the form of most dates. */
const PLAIN = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/;
/** The parser accepts 29 February of any year. */
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** As the parser would, which builds its grammar for each text: a fifth of the time the library took to render. */
function readPlain(text: string): Parsed | null {
  const [whole, year, month, day] = PLAIN.exec(text) ?? [];
  if (whole === undefined) return null;
  const values = [Number(year)];
  if (month !== undefined) values.push(Number(month) - 1);
  if (day !== undefined) values.push(Number(day));
  return Number(day ?? 1) <= (LONGEST[Number(month ?? 1) - 1] ?? 0) ? { type: 'Date', level: 0, values } : null;
}

/** The last text that was read: how much of a date is known, what it bounds and its order are asked for one after the other. */
let last: { readonly text: string; readonly date: Parsed | null } | null = null;
function read(text: string): Parsed | null {
  if (last?.text !== text) last = { text, date: parseDate(text) };
  return last.date;
}
function parseDate(text: string): Parsed | null {
  const plain = readPlain(text);
  if (plain !== null) return plain;
  let result: unknown;
  try {
    result = parse(text, { level: 1 });
  } catch {
    // The parser throws on anything that is not EDTF.
    return null;
  }
  const known = parsed.safeParse(result);
  return known.success && known.data.level <= 1 ? known.data : null;
}

/** The problem with `text` as a date, or null if it is EDTF of level 0 or 1. */
export function dateProblem(text: string): DateProblem | null {
  if (text.trim() === '') return { kind: 'empty' };
  if (read(text) !== null) return null;
  const [, year = '', month = '', day] = NUMERIC.exec(text) ?? [];
  if (month.length === 2 && (Number(month) < 1 || Number(month) > 12)) return { kind: 'month', month, year };
  if (month.length === 2 && day?.length === 2) return { kind: 'day', day, month: `${year}-${month}` };
  return { kind: 'form' };
}

/** A problem as a sentence that says what to write instead (for the command line and errors of the engine). */
export function explainDateProblem(problem: DateProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'The date is empty. Leave it out if nothing is known.';
    case 'month':
      return `Month ${problem.month} doesn’t exist. Enter ${problem.year} if you only know the year.`;
    case 'day':
      return `Day ${problem.day} doesn’t exist in ${problem.month}. Enter ${problem.month} if you only know the month.`;
    case 'form':
      return 'Use 2023, 2023-05 or 2023-05-17. Add ? if uncertain (2023?); use 2019/2021 for a range.';
  }
}

/** How much of a date is known. */
export type DatePrecision = 'time' | 'day' | 'month' | 'season' | 'year' | 'decade' | 'interval' | 'unknown';

export function precisionOf(edtf: string | null): DatePrecision {
  const date = edtf === null ? null : read(edtf);
  if (date === null) return 'unknown';
  switch (date.type) {
    case 'Interval':
      return 'interval';
    case 'Season':
      return 'season';
    case 'Year':
      return 'year';
    case 'Date':
      return precisionOfDate(date);
  }
}

/** The mask has one bit a digit: 0xF the year, 0x30 the month, 0xC0 the day. */
function precisionOfDate({ values, unspecified = 0 }: z.infer<typeof simpleDate>): DatePrecision {
  if ((unspecified & 0xf) === 0xf) return 'unknown';
  if ((unspecified & 0xf) !== 0) return 'decade';
  if (values.length > 3) return 'time';
  if (values.length === 3 && (unspecified & 0xc0) === 0) return (unspecified & 0x30) === 0 ? 'day' : 'year';
  if (values.length >= 2 && (unspecified & 0x30) === 0) return 'month';
  return 'year';
}

/** A part of a displayed date: known, or unknown. */
export interface DatePart {
  readonly text: string;
  readonly gap: boolean;
}

const DOT = '·';
const WHOLE = 'XXXX-XX-XX';

/**
 * A date as shown in a column: always the whole YYYY-MM-DD, with a dot for each unknown digit (`2023-··-··`; null gives
 * `····-··-··`). Intervals and times are shown as written.
 */
export function drawDate(edtf: string | null): DatePart[] {
  const text = edtf ?? WHOLE;
  const [, year, rest = '', mark = ''] = /^(-?[\dX]{4})((?:-[\dX]{2}){0,2})([?~%]?)$/.exec(text) ?? [];
  if (year === undefined || precisionOf(text) === 'season') return [{ text, gap: false }];
  const whole = year + rest + '-XX-XX'.slice(rest.length);
  const parts: DatePart[] = (whole.match(/X+|[^X]+/g) ?? []).map((run) =>
    run.startsWith('X') ? { text: DOT.repeat(run.length), gap: true } : { text: run, gap: false },
  );
  return mark === '' ? parts : [...parts, { text: mark, gap: false }];
}

/** Days since a year 0 with months of equal length; for comparing only. */
const startOf = (date: Point): number => {
  const [year = 0, month = 0, day = 1] = date.values;
  // Seasons are numbered 21 to 24, from spring.
  return year * 372 + (date.type === 'Season' ? (month - 21) * 3 + 2 : month) * 31 + day;
};

/** Orders dates by their earliest possible day; null if nothing is known. Only for sorting: it is not a time. */
export function dateOrder(edtf: string | null): number | null {
  const date = edtf === null ? null : read(edtf);
  if (date === null || precisionOf(edtf) === 'unknown') return null;
  if (date.type !== 'Interval') return startOf(date);
  const end = date.values.find((value): value is Point => typeof value === 'object' && value !== null);
  return end === undefined ? null : startOf(end);
}

/** The first and the last day that a date may mean, as YYYYMMDD (2023-05-17 is 20230517); null for an end that is open. */
export interface DateBounds {
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * The days that a date may mean: of 2023 the whole year, of 2019/2021 three years, of 202X ten. Null if nothing is known of it. How sure it
 * is (`?`, `~`) moves no end.
 */
export function dateBounds(edtf: string | null): DateBounds | null {
  const date = edtf === null ? null : read(edtf);
  if (date === null || precisionOf(edtf) === 'unknown') return null;
  if (date.type !== 'Interval') return { from: firstDay(date), to: lastDay(date) };
  const [first, last] = [date.values[0], date.values.at(-1)];
  const bounds = { from: isPoint(first) ? firstDay(first) : null, to: isPoint(last) ? lastDay(last) : null };
  return bounds.from === null && bounds.to === null ? null : bounds;
}

const isPoint = (value: unknown): value is Point => typeof value === 'object' && value !== null;
const dayNumber = (year: number, month: number, day: number): number => year * 10_000 + (month + 1) * 100 + day;
/** The years that an unspecified digit leaves open: of 202X, 10; of 20XX, 100. */
function openYears(date: Point): number {
  const mask = date.type === 'Date' ? (date.unspecified ?? 0) & 0xf : 0;
  return mask === 0 ? 1 : 10 ** (4 - Math.log2(mask & -mask));
}

function firstDay(date: Point): number {
  const [year = 0, month = 0, day = 1] = date.values;
  if (date.type === 'Season') return dayNumber(year, (month - 21) * 3 + 2, 1);
  const known = precisionOfPoint(date);
  return dayNumber(year, known === 'year' ? 0 : month, known === 'day' ? day : 1);
}

function lastDay(date: Point): number {
  const [year = 0, month = 0, day = 1] = date.values;
  if (date.type === 'Season') {
    // Winter ends in the next year.
    const last = (month - 21) * 3 + 4;
    return last > 11 ? dayNumber(year + 1, last - 12, 29) : dayNumber(year, last, LONGEST[last] ?? 31);
  }
  switch (precisionOfPoint(date)) {
    case 'day':
      return dayNumber(year, month, day);
    case 'month':
      return dayNumber(year, month, LONGEST[month] ?? 31);
    case 'year':
      return dayNumber(year + openYears(date) - 1, 11, 31);
  }
}

function precisionOfPoint(date: Point): 'day' | 'month' | 'year' {
  if (date.type !== 'Date') return 'year';
  const known = precisionOfDate(date);
  return known === 'time' || known === 'day' ? 'day' : known === 'month' ? 'month' : 'year';
}
