import { readings, type Folded } from '../../../shared/text/search-fold.ts';
import { findPhrase, type SearchTerm, type Span } from '../../../shared/text/search-query.ts';
import type { SearchHit } from '../../../shared/contract/search.ts';
import type { PlaceNames } from './place-names.ts';
import { betweenIn, placesOf, type Between, type Fits, type Named } from './places.ts';
import { reachOf, type Plan, type Planned } from './plan.ts';

/**
 * Where the terms occur in a text, if all of them do. This confirms the candidates from the index. Offsets are those of the
 * text, ascending. Only matches that start before `own` count; the rest belongs to the next piece.
 */
function occurrencesIn(read: readonly Folded[], terms: readonly SearchTerm[], own: number): Span[] {
  const [only, ...others] = terms;
  if (only !== undefined && others.length === 0) return spansOf(read, only, own);
  const found = new Map<string, Span>();
  for (const term of terms) {
    const spans = spansOf(read, term, own);
    if (spans.length === 0) return [];
    for (const span of spans) found.set(`${span.start} ${span.end}`, span);
  }
  return inOrder([...found.values()]);
}

/** How a question is looked for in one text. */
export interface Asked {
  readonly planned: Planned & { readonly plan: Plan };
  readonly isPlain: boolean;
  readonly names: PlaceNames;
  /** The query in words. */
  readonly reading: string;
}

/** Where what is asked occurs in a text, as {@link occurrencesIn} for terms. */
export function askedIn(
  read: readonly Folded[],
  { planned, isPlain }: Asked,
  own: number,
  fits: Fits,
  named: Named,
): Span[] {
  const { plan, terms, filters, read: words } = planned;
  if (isPlain) return occurrencesIn(read, terms, own);
  // A pair can begin in one piece and end in the next.
  const reach = reachOf(plan) === 0 ? own : Infinity;
  const each = terms.map((term, at) => (words.has(at) ? spansOf(read, term, reach) : []));
  // A query for places alone needs no reading of the text, and only pairs need its words counted.
  const last = read.at(-1);
  let counting: Between | null = null;
  const between: Between | null = last === undefined ? null : (from, to) => (counting ??= betweenIn(last))(from, to);
  return placesOf({ plan, filters: filters.length }, each, between, fits, named, own);
}
/** The same in a whole text: a quotation or a memo. */
export const askedOf = (text: string, asked: Asked, fits: Fits, named: Named): Span[] =>
  askedIn(asked.planned.read.size === 0 ? [] : readings(text), asked, text.length, fits, named);

/** Occurrences of one term in all readings of it and of the text, without overlaps. */
function spansOf(read: readonly Folded[], { phrases }: SearchTerm, own: number): Span[] {
  const spans: Span[] = [];
  for (const { text, starts, ends } of read) {
    for (const phrase of phrases) {
      for (const { start, end } of findPhrase(text, phrase)) {
        const span = { start: starts[start] ?? 0, end: ends[end - 1] ?? 0 };
        if (span.start >= own) break;
        spans.push(span);
      }
    }
  }
  if (read.length * phrases.length === 1) return spans;
  let upTo = 0;
  return inOrder(spans).filter(({ start, end }) => {
    if (start < upTo) return false;
    upTo = end;
    return true;
  });
}

const inOrder = (spans: Span[]): Span[] => spans.sort((a, b) => a.start - b.start || a.end - b.end);

/** Width of the text shown before a match, in Latin letters (a Han character counts as two), so that the match is in the first line. */
const BEFORE = 40;
/** Length of the text shown after a match, and of a long match, in UTF-16 code units. */
const AFTER = 120;
const LONGEST = 300;

/** A match with its context, for one or two lines of a list. */
export function snippetOf(text: string, { start, end }: Span): SearchHit['snippet'] {
  const from = start - unitsAsWide(text.slice(Math.max(0, start - BEFORE), start));
  const to = Math.min(text.length, end + AFTER);
  const cutFrom = from === 0 ? 0 : wordStart(text, from, start);
  const match = text.slice(start, end);
  return {
    before: `${cutFrom > 0 ? '…' : ''}${onOneLine(text.slice(cutFrom, start), 'end')}`,
    match: match.length > LONGEST ? bothEnds(match) : onOneLine(match),
    after: `${onOneLine(whole(text.slice(end, to)), 'start')}${to < text.length ? '…' : ''}`,
  };
}

const WIDE = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef]/u;
/** How many code units at the end of a text fit into the width. */
function unitsAsWide(text: string): number {
  let units = 0;
  for (let width = 0; units < text.length; units++) {
    width += WIDE.test(text.charAt(text.length - 1 - units)) ? 2 : 1;
    if (width > BEFORE) break;
  }
  return units;
}

/** Start of the next word after `from`; text without spaces is cut between characters. */
function wordStart(text: string, from: number, least: number): number {
  const space = /\s/u.exec(text.slice(from, Math.min(least, from + (least - from) / 2)));
  const at = space === null ? from : from + space.index + 1;
  return /[\uDC00-\uDFFF\p{M}]/u.test(text.charAt(at)) ? Math.min(at + 1, least) : at;
}

const whole = (text: string): string => text.replace(/[\uD800-\uDBFF]$/u, '');

/** A long match without its middle: it may be two words that are near each other. */
const bothEnds = (match: string): string => {
  const [first, last] = [match.slice(0, LONGEST / 2), match.slice(-LONGEST / 2).replace(/^[\uDC00-\uDFFF]/u, '')];
  return `${onOneLine(whole(first), 'start')} … ${onOneLine(last, 'end')}`;
};

/** Joins lines with one space, and with none inside Chinese. A space is kept at the `inner` end and trimmed at the other. */
function onOneLine(text: string, inner: 'start' | 'end' | null = null): string {
  const joined = text.includes('\n')
    ? text.replace(/(?<=[\p{sc=Han}、-〿！-～])\s*\n\s*(?=[\p{sc=Han}、-〿！-～])/gu, '')
    : text;
  const line = joined.replace(/\s+/gu, ' ');
  if (inner === 'end') return line.trimStart();
  return inner === 'start' ? line.trimEnd() : line;
}

/** Whether a span of a text that begins at `from` lies in one of some spans of the whole. */
export const isInside = ({ start, end }: Span, within: readonly Span[], from: number): boolean =>
  within.some((span) => from + start >= span.start && from + end <= span.end);
