import { datesIn, type FoundDate } from '../figures/dates.ts';
import { foldUnits } from '../figures/fold.ts';
import {
  AFTER_DATE,
  AUTHOR_YEAR,
  BRACKETS,
  CAPTION,
  CAPTION_LINE,
  FOOTNOTE,
  IBID,
  isPublisher,
  LAST_CAPTION,
  LEAD,
  NARRATIVE,
  NARRATIVE_ZH,
  NO_DATE,
  PLACE_BEFORE,
  READ_ONLINE,
  SEVERAL_AUTHORS,
} from './citation-forms.ts';
import type { Convention } from './conventions.ts';

/** A citation in a draft. */
export interface Citation {
  /** UTF-16 code units, without the brackets around it. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly publisher: string;
  /** `2021-03-05`, `2021-03` or `2021`; null if it prints none, or one that doesn't exist. */
  readonly date: string | null;
  /** Whether the year is inferred: the latest that is not after the draft’s publication. */
  readonly implied: boolean;
  readonly form: 'brackets' | 'author-year' | 'footnote' | 'caption';
}

const MOST_WORDS = 14;
/** The most characters of a Chinese publisher without a comma, as in 新华社2021年3月5日 (“Xinhua, 5 March 2021”). A clause may end with a date too. */
const MOST_HAN = 16;
const LONGEST_PUBLISHER = 120;
const BETWEEN_HAN = /(?<=\p{sc=Han}) (?=\p{sc=Han})/gu;
/** How many pages, addresses and days of access may follow one date. */
const MOST_AFTER = 4;
/** The publisher or author that a footnote begins with; a title in quotation marks includes the part after it. */
const FIRST_PART = /^([“"][^”"]{1,200}[”"],? ?[^,，(（：:]{2,80}|[^,，(（：:]{2,120})[,，(（：:]/;

/**
 * The citations of a draft. `published`: the draft's day of publication, ISO 8601; a date without a year takes the latest one that
 * is not after it.
 */
export function citationsIn(text: string, convention: Convention, published: string): Citation[] {
  const reader = new Reader(text, datesIn(foldUnits(text, 'hard')), convention, published);
  const { separators } = convention;
  const found: Citation[] = [];
  const taken = new Uint8Array(text.length);
  if (convention.footnotes)
    for (const { index, 0: line, 1: words = '' } of text.matchAll(FOOTNOTE)) {
      taken.fill(1, index, index + line.length);
      const start = index + line.length - words.length;
      for (const [from, to] of partsOf(words, separators)) push(found, reader.footnote(start + from, start + to));
    }
  if (convention.captions)
    for (const { index, 0: line } of text.matchAll(CAPTION_LINE)) {
      if (taken[index] === 1) continue;
      taken.fill(1, index, index + line.length);
      const start = index + (LAST_CAPTION.exec(line)?.[0].length ?? 0);
      for (const [from, to] of partsOf(text.slice(start, index + line.length), separators))
        push(found, reader.caption(start + from, start + to));
    }
  if (convention.authorYear)
    for (const pattern of [NARRATIVE, NARRATIVE_ZH])
      for (const { index, 0: words, 1: author = '', 2: year = '' } of text.matchAll(pattern))
        if (taken[index] === 0) push(found, reader.narrative(index, index + words.length, author, year));
  for (const { index, 1: words = '' } of text.matchAll(BRACKETS)) {
    if (taken[index] === 1) continue;
    for (const [from, to] of partsOf(words, separators))
      push(found, reader.inBrackets(index + 1 + from, index + 1 + to));
  }
  return withIbid(found.sort((one, other) => one.start - other.start));
}

/** Replaces “ibid.” by the citation before it; without one it is dropped. */
function withIbid(found: readonly Citation[]): Citation[] {
  const known: Citation[] = [];
  for (const one of found) {
    const before = known.at(-1);
    if (!IBID.test(one.text)) known.push(one);
    else if (before !== undefined)
      known.push({ ...one, publisher: before.publisher, date: before.date, implied: before.implied });
  }
  return known;
}

function push(found: Citation[], one: Citation | null): void {
  if (one !== null) found.push(one);
}

/** The parts between separators, without white space at their edges. */
function partsOf(words: string, separators: string): (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = [];
  let from = 0;
  for (let at = 0; at <= words.length; at++) {
    if (at < words.length && !separators.includes(words.charAt(at))) continue;
    const part = words.slice(from, at);
    const start = from + part.length - part.trimStart().length;
    if (part.trim() !== '') parts.push([start, start + part.trim().length]);
    from = at + 1;
  }
  return parts;
}

class Reader {
  private readonly text: string;
  private readonly byEnd: ReadonlyMap<number, FoundDate>;
  private readonly dates: readonly FoundDate[];
  private readonly convention: Convention;
  private readonly published: string;

  constructor(text: string, dates: readonly FoundDate[], convention: Convention, published: string) {
    this.text = text;
    this.dates = dates;
    this.byEnd = new Map(dates.map((date) => [date.end, date]));
    this.convention = convention;
    this.published = published;
  }

  inBrackets(start: number, end: number): Citation | null {
    const whole = this.text.slice(start, end);
    const caption = this.convention.captions ? CAPTION.exec(whole)?.[0].length : undefined;
    if (caption !== undefined) return this.caption(start + caption, end);
    const from = start + (LEAD.exec(whole)?.[0].length ?? 0);
    const words = this.text.slice(from, end);
    const author = this.convention.authorYear ? AUTHOR_YEAR.exec(words) : null;
    if (author !== null && isPublisher(author[1] ?? ''))
      return this.citation(from, end, author[1] ?? '', 'author-year', (author[2] ?? '').slice(0, 4));
    if (!this.convention.brackets) return null;
    if (IBID.test(words)) return this.citation(from, end, '', 'brackets', null);
    const undated = NO_DATE.exec(words)?.[1];
    if (undated !== undefined) return this.citation(from, end, undated, 'brackets', null);
    return this.dated(from, end, 'brackets');
  }

  /** A name before a year in brackets. */
  narrative(start: number, end: number, author: string, year: string): Citation | null {
    const isPlace = !SEVERAL_AUTHORS.test(author) && PLACE_BEFORE.test(this.text.slice(Math.max(0, start - 24), start));
    if (isPlace || !isPublisher(author)) return null;
    // “Basu and Van’s (1998) paper”
    return this.citation(start, end, nameOf(author), 'author-year', year.slice(0, 4));
  }

  /** A caption without its opening word. */
  caption(start: number, end: number): Citation | null {
    const to = end - (/[.。]$/.test(this.text.slice(start, end)) ? 1 : 0);
    const words = this.text.slice(start, to);
    return (
      this.dated(start, to, 'caption') ??
      (isPublisher(words) && words.length <= LONGEST_PUBLISHER
        ? this.citation(start, to, words, 'caption', null)
        : null)
    );
  }

  /** A footnote: the publisher or author that it begins with, and its last date. */
  footnote(start: number, end: number): Citation | null {
    const whole = this.text.slice(start, end);
    if (IBID.test(whole)) return this.citation(start, end, '', 'footnote', null);
    const last = this.lastDate(start, this.endOfDate(start, end));
    if (last === null) return null;
    const before = this.text.slice(start, last.start).replace(LEAD, '');
    const publisher = FIRST_PART.exec(before)?.[1] ?? (before.trimEnd().endsWith('》') ? before.trimEnd() : null);
    const date = dateOf(last, this.published);
    if (publisher === null || date === null || !isPublisher(publisher)) return null;
    return { ...this.citation(start, end, publisher, 'footnote', date.date), implied: date.implied };
  }

  private lastDate(start: number, end: number): FoundDate | null {
    let low = 0;
    let high = this.dates.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.dates[middle]?.end ?? end) <= end) low = middle + 1;
      else high = middle;
    }
    const found = this.dates[low - 1];
    return found !== undefined && found.start >= start ? found : null;
  }

  /** Where the date ends: before pages, addresses and the day of access. */
  private endOfDate(start: number, end: number): number {
    let words = this.text.slice(start, end).replace(/[.。\s]+$/u, '');
    for (let left = MOST_AFTER; left > 0; left--) {
      const next = words.replace(AFTER_DATE, '').trimEnd();
      if (next === words) break;
      words = next;
    }
    return start + words.length;
  }

  /** A citation that consists of a publisher, a comma, and a date at the end. */
  private dated(start: number, end: number, form: Citation['form']): Citation | null {
    const last = this.endOfDate(start, end);
    const printed = this.byEnd.get(last);
    if (printed === undefined || printed.start <= start) {
      const words = this.text.slice(start, last);
      const isRead = READ_ONLINE.test(this.text.slice(last, end));
      return isRead && isPublisher(words) ? this.citation(start, end, words, form, null) : null;
    }
    const before = this.publisherBefore(start, printed);
    if (before === null || !isPublisher(before) || before.split(/\s+/).length > MOST_WORDS) return null;
    const date = dateOf(printed, this.published);
    if (date === null || (date.date?.length === 4 && !this.convention.yearOnly)) return null;
    return { ...this.citation(start, end, before, form, date.date), implied: date.implied };
  }

  /** The words before a comma and the date. In Chinese the comma may be lacking. */
  private publisherBefore(start: number, printed: FoundDate): string | null {
    const words = this.text.slice(start, printed.start);
    const beforeComma = /^(.*\S)\s*[,，]\s*$/.exec(words)?.[1];
    if (beforeComma !== undefined) return beforeComma;
    const joined = words.trimEnd();
    const isDay = printed.partial?.length === 7 || (printed.from !== null && printed.from === printed.to);
    const isJoined =
      joined.endsWith('》') || (isDay && joined.length <= MOST_HAN && /^[\u3400-\u9fff·]+$/.test(joined));
    return isJoined ? joined : null;
  }

  private citation(
    start: number,
    end: number,
    publisher: string,
    form: Citation['form'],
    date: string | null,
  ): Citation {
    return {
      start,
      end,
      text: this.text.slice(start, end),
      publisher: publisher.trim().replace(/\s+/gu, ' ').replace(BETWEEN_HAN, ''),
      date,
      implied: false,
      form,
    };
  }
}

/** The name without “’s” or a comma: “Ross et al.’s”, “Bharadwaj et al.,”. Of “uses of IT, Aral and Weill” only the authors. */
const nameOf = (author: string): string =>
  author.replace(/[’']s$|,$/, '').replace(/^\p{Lu}{2,5}, (?=\p{Lu}\p{Ll})/u, '');

/** The date of a citation; null for a span of several months or years, since no source has such a date. */
function dateOf(
  { from, to, partial, exists }: FoundDate,
  published: string,
): Pick<Citation, 'date' | 'implied'> | null {
  if (!exists) return { date: null, implied: false };
  if (partial !== null) return { date: withYear(partial, published), implied: true };
  if (from === null || to === null) return null;
  if (from === to) return { date: from, implied: false };
  if (from.slice(0, 7) === to.slice(0, 7)) return { date: from.slice(0, 7), implied: false };
  const isYear = from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`;
  return isYear ? { date: from.slice(0, 4), implied: false } : null;
}

/** Returns a date without a year (`--05-20`) in the latest year in which it is not after the day of publication. */
export function withYear(partial: string, published: string): string {
  const year = Number(published.slice(0, 4));
  const rest = partial.slice(2);
  const latest = rest <= published.slice(5, 5 + rest.length) ? year : year - 1;
  // 29 February falls on the last leap year.
  const isLeap = (one: number): boolean => new Date(Date.UTC(one, 1, 29)).getUTCDate() === 29;
  let found = latest;
  while (rest === '02-29' && !isLeap(found)) found--;
  return `${found}-${rest}`;
}
