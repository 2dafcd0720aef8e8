import { datesIn, type FoundDate } from '../figures/dates.ts';
import { foldUnits } from '../figures/fold.ts';
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
  /** The year isn't printed: it is the latest that is not after the draft's publication. */
  readonly implied: boolean;
  readonly form: 'brackets' | 'author-year' | 'footnote' | 'caption';
}

const LEAD = /^(?:see(?: also)?|cf\.|e\.g\.,?|i\.e\.,?|参见|详见|见)[ :：]{0,2}/i;
const CAPTION = /^(?:Sources?|Images?|Credits?|Photos?|来源|资料来源|图片来源)[ ]?[:：][ ]?/i;
const AUTHOR_YEAR = /^(\p{Lu}[\p{L}’'.& -]{1,80}?),? ((?:19|20)\d\d)[a-e]?(?:[,:] ?(?:pp?\. ?)?\d[\d-]{0,12})?$/u;
const NO_DATE = /^(.{2,80}), n\.d\.$/;
/** A publisher begins with a capital or a character, and is no phrase such as “in Beijing”. */
const PUBLISHER = /^[\p{Lu}\p{Lo}“"‘《]/u;
const NO_PUBLISHER =
  /^(?:the |a |an )?(?:in|until|since|from|between|by|or|and|about|approximately|over|as of|born|died)\b/i;
const ACCESSED = /,? ?(?:last )?(?:accessed|retrieved|访问)$/i;
const MOST_WORDS = 14;

const BRACKETS = /[（(]([^()（）\n]{3,300})[)）]/g;
const FOOTNOTE = /^\[\^?\d{1,3}\]:?[ \t]+(.{3,600})$/gm;
const CAPTION_LINE = /^(?:Sources?|Images?|Credits?|Photos?|来源|资料来源|图片来源)[ ]?[:：][ ]?.{3,300}$/gim;

/**
 * The citations of a draft. `published`: the draft's day of publication, ISO 8601; a date without a year takes the latest one that
 * is not after it.
 */
export function citationsIn(text: string, convention: Convention, published: string): Citation[] {
  const folded = foldUnits(text, 'hard');
  const reader = new Reader(text, datesIn(folded), convention, published);
  const found: Citation[] = [];
  const taken: (readonly [number, number])[] = [];
  if (convention.footnotes)
    for (const { index, 0: line, 1: words = '' } of text.matchAll(FOOTNOTE)) {
      taken.push([index, index + line.length]);
      const start = index + line.length - words.length;
      for (const [from, to] of partsOf(words, convention.separators))
        push(found, reader.footnote(start + from, start + to));
    }
  if (convention.captions)
    for (const { index, 0: line } of text.matchAll(CAPTION_LINE)) {
      taken.push([index, index + line.length]);
      push(found, reader.caption(index, index + line.length));
    }
  for (const { index, 1: words = '' } of text.matchAll(BRACKETS)) {
    if (taken.some(([from, to]) => index >= from && index < to)) continue;
    for (const [from, to] of partsOf(words, convention.separators))
      push(found, reader.inBrackets(index + 1 + from, index + 1 + to));
  }
  return found.sort((one, other) => one.start - other.start);
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
    if (this.convention.captions && CAPTION.test(whole)) return this.caption(start, end);
    const from = start + (LEAD.exec(whole)?.[0].length ?? 0);
    const words = this.text.slice(from, end);
    const author = this.convention.authorYear ? AUTHOR_YEAR.exec(words) : null;
    if (author !== null) return this.citation(from, end, author[1] ?? '', 'author-year', author[2] ?? null);
    if (!this.convention.brackets) return null;
    const undated = NO_DATE.exec(words)?.[1];
    if (undated !== undefined) return this.citation(from, end, undated, 'brackets', null);
    return this.dated(from, end, 'brackets');
  }

  caption(start: number, end: number): Citation | null {
    const words = this.text.slice(start, end);
    const from = start + (CAPTION.exec(words)?.[0].length ?? 0);
    return this.dated(from, end, 'caption') ?? this.citation(from, end, this.text.slice(from, end), 'caption', null);
  }

  /** Publisher first, the last date of the note as its date. */
  footnote(start: number, end: number): Citation | null {
    const last = this.dates.findLast((date) => date.start >= start && date.end <= end);
    if (last === undefined) return null;
    const [publisher = ''] = this.text
      .slice(start, last.start)
      .replace(LEAD, '')
      .split(/[,，(（]/);
    const date = dateOf(last, this.published);
    return PUBLISHER.test(publisher) && date !== null
      ? { ...this.citation(start, end, publisher, 'footnote', date.date), implied: date.implied }
      : null;
  }

  /** A publisher, a comma, and a date at the end. */
  private dated(start: number, end: number, form: Citation['form']): Citation | null {
    const printed = this.byEnd.get(end);
    if (printed === undefined || printed.start <= start) return null;
    const before = /^(.*\S)\s*[,，]\s*$/.exec(this.text.slice(start, printed.start))?.[1]?.replace(ACCESSED, '');
    if (before === undefined || !PUBLISHER.test(before) || NO_PUBLISHER.test(before)) return null;
    if (before.split(/\s+/).length > MOST_WORDS) return null;
    const date = dateOf(printed, this.published);
    if (date === null || (date.date?.length === 4 && !this.convention.yearOnly)) return null;
    return { ...this.citation(start, end, before, form, date.date), implied: date.implied };
  }

  private citation(
    start: number,
    end: number,
    publisher: string,
    form: Citation['form'],
    date: string | null,
  ): Citation {
    return { start, end, text: this.text.slice(start, end), publisher: publisher.trim(), date, implied: false, form };
  }
}

/** Null for a span of several months or years, which no source is of. */
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

/** `--05-20` in the latest year in which it is not after the day of publication. */
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
