import { fail, ok, type Result } from '../errors.ts';
import { foldWithMap, type LineEndHyphen } from '../text/fold.ts';

/** A place in a text: UTF-16 code units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
export interface QuoteToFind {
  readonly exact: string;
  /** The text right before and after it, as far as known; else empty. */
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * The span of a quotation in `text`. White space and compatibility forms are folded on both sides, and a hyphen at a
 * line’s end may belong to the word or not. Errors: NOT_FOUND; AMBIGUOUS, with the number of places, if the context does
 * not decide. An exact match does not win over one across a line break: either may be meant.
 */
export const findQuote = (text: string, quote: QuoteToFind): Result<Span> => quoteFinder(text)(quote);

/** As {@link findQuote}, for many quotations of one text, which is folded once. */
export function quoteFinder(text: string): (quote: QuoteToFind) => Result<Span> {
  const known = new Map<LineEndHyphen, Folded>();
  const foldedBy = (hyphen: LineEndHyphen): Folded => {
    const folded = known.get(hyphen) ?? foldWithMap(text, hyphen);
    known.set(hyphen, folded);
    return folded;
  };
  return (quote) =>
    onlyPlace(
      distinct([
        ...exactPlaces(text, quote),
        ...foldedPlaces(foldedBy('dropped'), quote, 'dropped'),
        ...foldedPlaces(foldedBy('kept'), quote, 'kept'),
        ...foldedPlaces(foldedBy('ignored'), quote, 'ignored'),
      ]),
    );
}
type Folded = ReturnType<typeof foldWithMap>;

const NOT_FOUND = fail(
  'NOT_FOUND',
  'This text isn’t in the source. Check it against the page, or highlight a shorter part.',
);

/** A match, and whether prefix and suffix match too. */
interface Place extends Span {
  readonly fits: boolean;
}

function exactPlaces(text: string, { exact, prefix, suffix }: QuoteToFind): Place[] {
  return placesOf(text, exact)
    .map((start) => ({ start, end: start + exact.length }))
    .filter(({ start, end }) => !splitsPair(text, start) && !splitsPair(text, end))
    .map((span) => ({ ...span, fits: text.endsWith(prefix, span.start) && text.startsWith(suffix, span.end) }));
}

function foldedPlaces({ text: folded, starts, ends }: Folded, quote: QuoteToFind, hyphen: LineEndHyphen): Place[] {
  const needle = foldWithMap(quote.exact.trim(), hyphen).text;
  // Spaces beside the quotation are ignored.
  const prefix = foldWithMap(quote.prefix, hyphen).text.trim();
  const suffix = foldWithMap(quote.suffix, hyphen).text.trim();
  return placesOf(folded, needle).map((at) => {
    const end = at + needle.length;
    const before = folded.slice(Math.max(0, at - prefix.length - 1), at).trimEnd();
    const after = folded.slice(end, end + suffix.length + 1).trimStart();
    const fits = before.endsWith(prefix) && after.startsWith(suffix);
    return { start: starts[at] ?? 0, end: ends[end - 1] ?? 0, fits };
  });
}

/** Starts of `needle` in `text`, including overlapping ones; none if it is empty or not well-formed. */
function placesOf(text: string, needle: string): number[] {
  if (needle === '' || !needle.isWellFormed()) return [];
  const found: number[] = [];
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) found.push(at);
  return found;
}

/** Of nested matches only the widest: they are one place, found in several ways. */
function distinct(places: readonly Place[]): Place[] {
  const kept: Place[] = [];
  for (const place of places.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (last === undefined || place.end > last.end) kept.push(place);
    else if (place.fits && !last.fits) kept.splice(-1, 1, { ...last, fits: true });
  }
  return kept;
}

function onlyPlace(places: readonly Place[]): Result<Span> {
  const fitting = places.filter((place) => place.fits);
  const [only] = fitting;
  if (places.length === 0) return NOT_FOUND;
  if (only === undefined) {
    return fail(
      'NOT_FOUND',
      `This text appears in ${count(places.length)}, but never with those words around it. Leave out the prefix and suffix, or copy them from the page.`,
      { places: places.length },
    );
  }
  if (fitting.length === 1) return ok({ start: only.start, end: only.end });
  return fail(
    'AMBIGUOUS',
    `This text appears in ${count(fitting.length)}. Add the words before or after the one you mean (prefix, suffix).`,
    { places: fitting.length },
  );
}
const count = (places: number): string => (places === 1 ? 'one place' : `${places} places`);

/** True where `offset` lies inside a surrogate pair: no passage may begin or end there. */
export function splitsPair(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  const after = text.charCodeAt(offset);
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
}
