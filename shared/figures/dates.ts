/*
 * Dates in texts, English and Chinese: they are no figures, they say when a figure is of, and citations end with them.
 */

export interface FoundDate {
  readonly start: number;
  readonly end: number;
  /** Days as ISO 8601, both included; null where the year is missing, or no such date exists. */
  readonly from: string | null;
  readonly to: string | null;
  /** `--05-20` and `--05` lack their year. */
  readonly partial: string | null;
  readonly exists: boolean;
}

const YEAR = '(?:19|20)\\d{2}';
const DAY = '\\d{1,2}';
const MONTH =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.?|Feb\\.?|Mar\\.?|Apr\\.?|Jun\\.?|Jul\\.?|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?)';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ZH_YEAR = `(?:${YEAR}|[一二][一二三四五六七八九零]{3})`;
const ZH_SMALL = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})';
const TO = '(?: ?(?:-{1,2}|~|至|到|to|through|until) ?)';
const ORDINAL = '(?:st|nd|rd|th)?';

interface DateForm {
  readonly pattern: RegExp;
  readonly read: (parts: readonly string[]) => Span | null;
}
/** The first and the last day of a date. */
interface Span {
  readonly from: string | null;
  readonly to: string | null;
  readonly partial?: string;
}

const two = (number: number): string => String(number).padStart(2, '0');
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const NONE: Span = { from: null, to: null };

function ofDay(year: number, month: number, day: number): Span {
  if (month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) return NONE;
  const iso = `${year}-${two(month)}-${two(day)}`;
  return { from: iso, to: iso };
}
function ofMonths(year: number, first: number, last: number, lastYear = year): Span {
  if (first < 1 || last > 12 || first > 12 || last < 1 || (lastYear === year && last < first)) return NONE;
  return { from: `${year}-${two(first)}-01`, to: `${lastYear}-${two(last)}-${two(lastDay(lastYear, last))}` };
}
const ofYears = (from: number, to: number): Span | null =>
  to >= from && to - from < 100 ? { from: `${from}-01-01`, to: `${to}-12-31` } : null;
const withoutYear = (month: number, day: number | null): Span =>
  month < 1 || month > 12 || (day !== null && (day < 1 || day > lastDay(2000, month)))
    ? NONE
    : { from: null, to: null, partial: `--${two(month)}${day === null ? '' : `-${two(day)}`}` };

const monthNumber = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const QUARTERS = new Map([
  ...['first', 'second', 'third', 'fourth'].map((name, at): [string, number] => [name, at + 1]),
  ...Array.from('一二三四', (name, at): [string, number] => [name, at + 1]),
]);
const quarterNumber = (name: string): number => QUARTERS.get(name.toLowerCase()) ?? Number(name);
const ofQuarter = (year: number, quarter: number): Span => ofMonths(year, quarter * 3 - 2, quarter * 3);

const ZH_DIGITS = '零一二三四五六七八九';
function zhNumber(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  if (!text.includes('十')) return Number(Array.from(text, (one) => ZH_DIGITS.indexOf(one)).join(''));
  const [tens = '', ones = ''] = text.split('十');
  return (tens === '' ? 1 : ZH_DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : ZH_DIGITS.indexOf(ones));
}

const form = (pattern: string, read: DateForm['read']): DateForm => ({ pattern: new RegExp(pattern, 'gi'), read });
const n = (text: string | undefined): number => Number(text);

/** Longest forms first: words that one form has taken are free for no other. `$1` … are groups. */
const FORMS: readonly DateForm[] = [
  form(`\\b(${MONTH}) (${DAY})${ORDINAL},? (${YEAR})\\b`, ([, m = '', d, y]) => ofDay(n(y), monthNumber(m), n(d))),
  form(`\\b(${DAY})${ORDINAL} (?:of )?(${MONTH}),? (${YEAR})\\b`, ([, d, m = '', y]) =>
    ofDay(n(y), monthNumber(m), n(d)),
  ),
  form(`\\b(${YEAR}), (${MONTH}) (${DAY})\\b`, ([, y, m = '', d]) => ofDay(n(y), monthNumber(m), n(d))),
  form(`\\b(${YEAR}), (${MONTH})(?![\\w]| \\d)`, ([, y, m = '']) => ofMonths(n(y), monthNumber(m), monthNumber(m))),
  form(`(?<![\\d.-])(${YEAR})([-/.])(\\d{1,2})\\2(${DAY})(?![\\d-])`, ([, y, , m, d]) => ofDay(n(y), n(m), n(d))),
  form(`\\b(${MONTH}) (${YEAR})${TO}(${MONTH}) (${YEAR})\\b`, ([, m = '', y, last = '', lastYear]) =>
    ofMonths(n(y), monthNumber(m), monthNumber(last), n(lastYear)),
  ),
  form(`\\b(${MONTH})(?:${TO}| and )(${MONTH})(?: of)?,? (${YEAR})\\b`, ([, m = '', last = '', y]) =>
    ofMonths(n(y), monthNumber(m), monthNumber(last)),
  ),
  form(`\\b(${MONTH}),? (${YEAR})\\b`, ([, m = '', y]) => ofMonths(n(y), monthNumber(m), monthNumber(m))),
  form(`\\b(${MONTH}) (${DAY})${ORDINAL}(?![\\d,.]\\d|\\w)`, ([, m = '', d]) => withoutYear(monthNumber(m), n(d))),
  form(`\\b(${DAY})${ORDINAL} (${MONTH})\\b`, ([, d, m = '']) => withoutYear(monthNumber(m), n(d))),
  form(`\\b(first|second|third|fourth) quarter (?:of )?(${YEAR})\\b`, ([, q = '', y]) =>
    ofQuarter(n(y), quarterNumber(q)),
  ),
  form(`\\bQ([1-4])(?: of)? ?(${YEAR})\\b`, ([, q = '', y]) => ofQuarter(n(y), quarterNumber(q))),
  form(`\\b(first|second) half of (${YEAR})\\b`, ([, half = '', y]) =>
    half.toLowerCase() === 'first' ? ofMonths(n(y), 1, 6) : ofMonths(n(y), 7, 12),
  ),
  form(`(?<![\\w.,$€£¥-])(${YEAR})[-/](\\d{2})(?![\\w%\\u4e00-\\u9fff-]|[.,]\\d)`, ([, y = '', last = '']) =>
    ofYears(n(y), n(y.slice(0, 2) + last)),
  ),
  form(`\\b(${YEAR})s\\b`, ([, y]) => ofYears(n(y), n(y) + 9)),
  form(`(${ZH_YEAR}) ?年 ?(${ZH_SMALL}) ?月 ?(${ZH_SMALL}) ?[日号]`, ([, y = '', m = '', d = '']) =>
    ofDay(zhNumber(y), zhNumber(m), zhNumber(d)),
  ),
  form(`(${ZH_YEAR}) ?年?${TO}(${ZH_YEAR}) ?年(?:度|底|末)?`, ([, y = '', last = '']) =>
    ofYears(zhNumber(y), zhNumber(last)),
  ),
  form(`(${ZH_YEAR}) ?年 ?(${ZH_SMALL}) ?月?${TO}(${ZH_SMALL}) ?月(?:份|底|末)?`, ([, y = '', m = '', last = '']) =>
    ofMonths(zhNumber(y), zhNumber(m), zhNumber(last)),
  ),
  form(`(${ZH_YEAR}) ?年 ?(${ZH_SMALL}) ?月(?:份|底|末|初|中旬|上旬|下旬)?`, ([, y = '', m = '']) =>
    ofMonths(zhNumber(y), zhNumber(m), zhNumber(m)),
  ),
  form(`(${ZH_YEAR}) ?年第?([一二三四1-4])季度`, ([, y = '', q = '']) => ofQuarter(zhNumber(y), quarterNumber(q))),
  form(`(${ZH_YEAR}) ?年([上下])半年`, ([, y = '', half]) =>
    half === '上' ? ofMonths(zhNumber(y), 1, 6) : ofMonths(zhNumber(y), 7, 12),
  ),
  form(`(?<![\\d零一二三四五六七八九])(${ZH_YEAR}) ?年(?:度|底|末|初|以来)?`, ([, y = '']) =>
    ofYears(zhNumber(y), zhNumber(y)),
  ),
  form(`(?<![\\d.])(\\d{1,2}) ?月 ?(\\d{1,2}) ?[日号]`, ([, m, d]) => withoutYear(n(m), n(d))),
  form(`(?<![\\d.])(\\d{1,2}) ?月?${TO}(\\d{1,2}) ?月(?:份|底|末)?`, ([, m]) => withoutYear(n(m), null)),
  form(
    '(?<![\\d.个十])(\\d{1,2}|十[一二]?|[一二三四五六七八九]) ?月(?:份|底|末|初|中旬|上旬|下旬)?(?!个)',
    ([, m = '']) => withoutYear(zhNumber(m), null),
  ),
  form(
    `(?<![\\w.,$€£¥])(${YEAR})(?: to | through |[-/]| and )(${YEAR})(?![\\w%\\u4e00-\\u9fff]|[.,]\\d)`,
    ([, y, last]) => ofYears(n(y), n(last)),
  ),
  form(
    `(?<![\\w.,$€£¥-])(?:(?:mid|early|late|pre|post)-)?(${YEAR})(?![\\w%‰]|[.,]\\d|[\\u4e00-\\u9fff]| ?(?:percent|per cent|million|billion|thousand|trillion|yuan|mu|tons|tonnes|acres|hectares|people|persons|person-times|workers|labou?rers|households|villagers|farmers|trainees|jobs|students)\\b)`,
    ([, y]) => ofYears(n(y), n(y)),
  ),
];

/** The dates of a text that was folded unit by unit, in order. Dates that do not exist are included, without days. */
export function datesIn(folded: string): FoundDate[] {
  const taken = new Uint8Array(folded.length);
  const found: FoundDate[] = [];
  for (const { pattern, read } of FORMS)
    for (const parts of folded.matchAll(pattern)) {
      const [start, end] = [parts.index, parts.index + parts[0].length];
      if (taken.subarray(start, end).includes(1)) continue;
      const span = read(parts);
      if (span === null) continue;
      taken.fill(1, start, end);
      const { from, to, partial = null } = span;
      found.push({ start, end, from, to, partial, exists: from !== null || partial !== null });
    }
  return found.sort((one, other) => one.start - other.start);
}
