import { foldForSearch } from '../../shared/text/search-fold.ts';
import type { Near, Query, Words } from '../../shared/query/ast.ts';

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Every place of a query in a whole text, by looking: no index, no pieces, no tokens. */
export function naive(text: string, query: string, edges: Edges = OPEN): Place[] {
  const places = (['kept', 'ignored'] as const).flatMap((inText) => {
    const { text: folded, starts, ends } = foldedOnce(text, inText);
    return (['kept', 'ignored'] as const).flatMap((inQuery) => {
      const wanted = foldForSearch(query, inQuery).text;
      const found: Place[] = [];
      for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length))
        if (isAtEdges(folded, at, at + wanted.length, edges))
          found.push({ start: starts[at] ?? 0, end: ends[at + wanted.length - 1] ?? 0 });
      return found;
    });
  });
  const apart: Place[] = [];
  for (const place of places.sort((a, b) => a.start - b.start || a.end - b.end))
    if (place.start >= (apart.at(-1)?.end ?? 0)) apart.push(place);
  return apart;
}

type Folded = ReturnType<typeof foldForSearch>;
/** Folding takes most of a naive search's time, and the same few texts are asked many queries. */
const FOLDED = { kept: new Map<string, Folded>(), ignored: new Map<string, Folded>() };
function foldedOnce(text: string, hyphens: 'kept' | 'ignored'): Folded {
  const known = FOLDED[hyphens];
  const folded = known.get(text) ?? foldForSearch(text, hyphens);
  if (known.size > 500) known.clear();
  known.set(text, folded);
  return folded;
}

interface Edges {
  readonly openStart: boolean;
  readonly openEnd: boolean;
}
const OPEN: Edges = { openStart: true, openEnd: true };
const ALONE = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Bopo}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]$/u;
const isOfWord = (character: string | undefined): boolean =>
  character !== undefined && /^[\p{L}\p{M}\p{N}]$/u.test(character) && !ALONE.test(character);

/** Whether no word goes on over an end that is not open. */
function isAtEdges(folded: string, start: number, end: number, { openStart, openEnd }: Edges): boolean {
  const goesOn = (at: number): boolean => isOfWord(characterBefore(folded, at)) && isOfWord(characterAt(folded, at));
  return (openStart || !goesOn(start)) && (openEnd || !goesOn(end));
}
/** Two code units are looked at, never the whole text: a frequent query in a long text took minutes. */
const characterAt = (text: string, at: number): string | undefined => Array.from(text.slice(at, at + 2))[0];
const characterBefore = (text: string, at: number): string | undefined =>
  Array.from(text.slice(Math.max(0, at - 2), at)).at(-1);

/** How many whole words stand between two places, a Han, kana or Thai character counting as one. */
function wordsBetween(text: string, from: number, to: number): number {
  // Folded with what is around it, since a hyphen at a line's end joins a word.
  const { text: folded, starts, ends } = foldedOnce(text, 'ignored');
  const isInside = (_: number, at: number): boolean => (starts[at] ?? 0) >= from && (ends[at] ?? 0) <= to;
  let [start, end] = [starts.findIndex(isInside), starts.findLastIndex(isInside) + 1];
  if (start < 0) return 0;
  const goesOn = (at: number): boolean => isOfWord(folded[at - 1]) && isOfWord(folded[at]);
  while (start < end && goesOn(start)) start++;
  while (start < end && goesOn(end)) end--;
  return wordsIn(folded.slice(start, end));
}
function wordsIn(text: string): number {
  let words = 0;
  let inWord = false;
  for (const character of text) {
    const isLetter = isOfWord(character);
    if (ALONE.test(character) && /[\p{L}\p{M}\p{N}]/u.test(character)) words++;
    else if (isLetter && !inWord) words++;
    inWord = isLetter;
  }
  return words;
}

/**
 * Every place of a query in a text, or in one of whose fields is asked, by looking at each. With `own`, those that begin before
 * it: a phrase or pair may end in what follows a page.
 */
export function naiveQuery(text: string, query: Query, own = text.length): Place[] {
  const shown = shownIn(text, query, own) ?? [];
  const known = new Set<string>();
  return shown
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .filter(({ start, end }) => !known.has(`${start} ${end}`) && known.add(`${start} ${end}`));
}

/** The places that are shown; null where the query does not hold. */
function shownIn(text: string, query: Query, own: number): Place[] | null {
  const isOwn = ({ start }: Place): boolean => start < own;
  switch (query.kind) {
    case 'words': {
      const places = placesOf(text, query).filter(isOwn);
      return places.length === 0 ? null : places;
    }
    case 'near': {
      const places = nearPlaces(text, query).filter(isOwn);
      return places.length === 0 ? null : places;
    }
    case 'not':
      return shownIn(text, query.part, own) === null ? [] : null;
    case 'and': {
      const parts = query.parts.map((part) => shownIn(text, part, own));
      return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
    }
    case 'or': {
      const parts = query.parts.map((part) => shownIn(text, part, own));
      return parts.every((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
    }
    case 'condition':
    case 'all':
      return [];
  }
}
const placesOf = (text: string, words: Words): Place[] => naive(text, words.text, words);

function nearPlaces(text: string, { parts, distance }: Near): Place[] {
  const [first, second] = parts.map((part) =>
    (part.kind === 'or' ? part.parts : [part]).flatMap((one) => (one.kind === 'words' ? placesOf(text, one) : [])),
  );
  const pairs = (first ?? []).flatMap((one) =>
    (second ?? []).flatMap((other) => {
      const [from, to] = one.end <= other.start ? [one.end, other.start] : [other.end, one.start];
      const pair = { start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) };
      return from <= to && wordsBetween(text, from, to) <= distance ? [pair] : [];
    }),
  );
  const isLonger = (one: Place, other: Place): boolean =>
    one.start <= other.start && one.end >= other.end && one.end - one.start > other.end - other.start;
  return pairs.filter((one) => !pairs.some((other) => isLonger(one, other)));
}
