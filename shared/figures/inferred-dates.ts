import type { Stretch } from '../text/blocks.ts';
import { datesIn, type FoundDate } from './dates.ts';
import type { Period } from './figure.ts';

/** A date as a period of figures. `inferred`: the text does not print it in full here, so a person has to confirm it. */
export interface PeriodDate extends FoundDate {
  readonly inferred: boolean;
}
/** A title of a text and the period that it gives to all figures below it. */
export interface TitlePeriod {
  readonly start: number;
  readonly period: Period;
}
export interface Periods {
  readonly dates: readonly PeriodDate[];
  /** In order. */
  readonly titles: readonly TitlePeriod[];
}

const MONTH = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
/**
 * Words that refer to an earlier date, and months without a day or a year: that month, 当月 (“that month”), in May. 全年 (“the whole year”) is the
 * year of the title.
 */
const REFERENCES = new RegExp(
  [
    '\\b(?:[Tt]hat|[Tt]he same) (?<en>month|year)\\b(?! (?:before|earlier))',
    '(?:当|同)(?<zh>月|年)(?![初底末度])',
    `\\b(?:[Ii]n|[Dd]uring|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]hrough|[Ll]ate|[Ee]arly|[Mm]id|end of) (?<month>${MONTH})\\b(?! ?\\d)`,
    '(?<whole>全年)(?=[^目任计度])',
  ].join('|'),
  'g',
);
const HEADING = /^ {0,3}#{1,6}[ \t]+[^\n]*/gm;
/** A first line that is neither a sentence nor a row of a table. */
const TITLE = /^\s*[^\n\t|]{2,80}(?<![.。！？!?；;])(?=\n|$)/;
/** The most characters between a reference and the date it refers to. */
const PARAGRAPH = 2000;

/**
 * The dates of a text for its figures: those with days, those whose year follows from a date before in the paragraph, from the title
 * above, or from the day of publication (the latest that is not after it), and words such as “that month”.
 */
export function periodsIn(
  folded: string,
  text: string,
  dates: readonly FoundDate[],
  paragraphs: readonly number[],
  published: string | null,
): Periods {
  const titles = titlesIn(folded, text, dates);
  const references = Array.from(folded.matchAll(REFERENCES), ({ index, 0: words, groups }) => ({
    start: index,
    end: index + words.length,
    refers: groups?.['en'] ?? (groups?.['zh'] === '月' ? 'month' : groups?.['zh'] === '年' ? 'year' : null),
    month: groups?.['month'] ?? null,
  }));
  const found: PeriodDate[] = [];
  let last: FoundDate | null = null;
  let [paragraph, title] = [0, 0];
  for (const one of [...dates, ...references].toSorted((a, b) => a.start - b.start)) {
    while (paragraph + 1 < paragraphs.length && (paragraphs[paragraph + 1] ?? 0) <= one.start) {
      paragraph++;
      last = null;
    }
    while (title < titles.length && (titles[title]?.start ?? 0) <= one.start) title++;
    if ('exists' in one && one.from !== null) {
      found.push({ ...one, inferred: false });
      last = one;
      continue;
    }
    const near: FoundDate | null = last !== null && one.start - last.end < PARAGRAPH ? last : null;
    const above = titles[title - 1]?.period ?? null;
    const span =
      'exists' in one ? spanOf(folded, one, near, above, published) : referredBy(one, near, above, published);
    if (span === null) continue;
    const inferred = { start: one.start, end: one.end, ...span, partial: null, exists: true, inferred: true };
    found.push(inferred);
    last = inferred;
  }
  return { dates: found, titles };
}

interface Span {
  readonly from: string;
  readonly to: string;
}
type Near = Pick<FoundDate, 'from'> | null;

/** The days of a date that lacks its year. */
function spanOf(folded: string, one: FoundDate, near: Near, above: Near, published: string | null): Span | null {
  if (one.partial === null) return null;
  const words = folded.slice(one.start, one.end);
  const dated = (year: string): Span | null =>
    spanIn(/月/.test(words) ? `${year}年${words}` : /^\d/.test(words) ? `${words} ${year}` : `${words}, ${year}`);
  return withYear(dated, near, above, published);
}

function referredBy(
  { refers, month }: { readonly refers: string | null; readonly month: string | null },
  near: (Near & Partial<FoundDate>) | null,
  above: Near,
  published: string | null,
): Span | null {
  if (month !== null) return withYear((year) => spanIn(`${month} ${year}`), near, above, published);
  if (refers === 'month') {
    const [from, to] = [near?.from ?? null, near?.to ?? null];
    return from === null || to === null || from.slice(0, 7) !== to.slice(0, 7)
      ? null
      : spanIn(from.slice(0, 7).replace('-', '年') + '月');
  }
  const year = (near?.from ?? above?.from ?? null)?.slice(0, 4);
  return year === undefined ? null : spanIn(`${year}年`);
}

function withYear(
  dated: (year: string) => Span | null,
  near: Near,
  above: Near,
  published: string | null,
): Span | null {
  const year = (near?.from ?? above?.from ?? null)?.slice(0, 4);
  const of = year === undefined ? null : dated(year);
  // A text reports what was before its publication, whatever year was read last.
  if (of !== null && (published === null || of.from <= published)) return of;
  if (published === null) return null;
  const here = dated(published.slice(0, 4));
  return here !== null && here.from <= published ? here : dated(String(Number(published.slice(0, 4)) - 1));
}

function spanIn(words: string): Span | null {
  const [date] = datesIn(words);
  return date === undefined || date.from === null || date.to === null ? null : { from: date.from, to: date.to };
}

/** Headings, and a first line that is a heading, with the first date in each. */
function titlesIn(folded: string, text: string, dates: readonly FoundDate[]): TitlePeriod[] {
  const first = TITLE.exec(text);
  const lines: Stretch[] = [
    ...(first === null ? [] : [{ start: 0, end: first[0].length }]),
    ...Array.from(text.matchAll(HEADING), ({ index, 0: line }) => ({ start: index, end: index + line.length })),
  ];
  let at = 0;
  return lines.flatMap(({ start, end }, nth): TitlePeriod[] => {
    if (nth > 0 && start === lines[nth - 1]?.start) return [];
    while ((dates[at]?.start ?? Infinity) < start) at++;
    const date = dates[at];
    if (date === undefined || date.end > end || date.from === null || date.to === null) return [];
    return [{ start, period: { from: date.from, to: date.to, text: folded.slice(date.start, date.end) } }];
  });
}
