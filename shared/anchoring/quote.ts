import { fail, ok, type Result } from '../errors.ts';
import { type Folded, foldWithMap, type LineEndHyphen } from '../text/folding.ts';

/** A place in a text: UTF-16 code units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
export interface QuoteToFind {
  readonly exact: string;
  /** What stands right before and after it, as much as is known; empty where unknown. */
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * Where a quotation stands in `text`: the span of the text's own characters. White space and compatibility forms are
 * folded on both sides before comparing. Errors: NOT_FOUND; AMBIGUOUS, with the number of places, where the words
 * around it do not settle which.
 */
export function findQuote(text: string, quote: QuoteToFind): Result<Span> {
  const verbatim = settle(exactPlaces(text, quote.exact), (span) => contextHolds(text, span, quote));
  if (verbatim.ok) return verbatim;
  const tries: Result<Span>[] = [verbatim];
  for (const hyphen of ['dropped', 'kept'] satisfies LineEndHyphen[]) {
    const found = findFolded(foldWithMap(text, hyphen), quote, hyphen);
    if (found.ok) return found;
    tries.push(found);
  }
  return (
    tries.find((one) => !one.ok && one.error.code === 'AMBIGUOUS') ??
    tries.find((one) => !one.ok && one.error.context !== undefined) ??
    NOWHERE
  );
}

const NOWHERE = fail(
  'NOT_FOUND',
  'These words are not in the source’s text. Check them against the page, or mark a shorter part.',
);

function exactPlaces(text: string, exact: string): Span[] {
  const places: Span[] = [];
  for (let at = text.indexOf(exact); at >= 0; at = text.indexOf(exact, at + 1)) {
    const span = { start: at, end: at + exact.length };
    if (!splitsPair(text, span.start) && !splitsPair(text, span.end)) places.push(span);
  }
  return places;
}

function contextHolds(text: string, span: Span, quote: QuoteToFind): boolean {
  return text.slice(0, span.start).endsWith(quote.prefix) && text.startsWith(quote.suffix, span.end);
}

function findFolded(folded: Folded, quote: QuoteToFind, hyphen: LineEndHyphen): Result<Span> {
  const needle = foldWithMap(quote.exact.trim(), hyphen).text;
  if (needle === '') return NOWHERE;
  const prefix = foldWithMap(quote.prefix, hyphen).text.trimStart();
  const suffix = foldWithMap(quote.suffix, hyphen).text.trimEnd();
  const places: { at: number; span: Span }[] = [];
  for (let at = folded.text.indexOf(needle); at >= 0; at = folded.text.indexOf(needle, at + 1)) {
    places.push({ at, span: { start: folded.starts[at] ?? 0, end: folded.ends[at + needle.length - 1] ?? 0 } });
  }
  const around = new Map(places.map(({ at, span }) => [span, at]));
  return settle([...around.keys()], (span) => {
    const at = around.get(span) ?? 0;
    // Spaces beside the quotation belong to neither side: they are compared away.
    const before = folded.text.slice(Math.max(0, at - prefix.length - 2), at).trimEnd();
    const after = folded.text.slice(at + needle.length, at + needle.length + suffix.length + 2).trimStart();
    return before.endsWith(prefix.trimEnd()) && after.startsWith(suffix.trimStart());
  });
}

function settle(places: readonly Span[], holds: (span: Span) => boolean): Result<Span> {
  const fitting = places.filter(holds);
  const [only] = fitting;
  if (fitting.length === 1 && only !== undefined) return ok(only);
  if (places.length === 0) return NOWHERE;
  if (fitting.length === 0) {
    return fail(
      'NOT_FOUND',
      `These words stand in ${count(places.length)}, but none has those words around it. Leave out the prefix and suffix, or copy them from the page.`,
      { places: places.length },
    );
  }
  return fail(
    'AMBIGUOUS',
    `These words stand in ${count(fitting.length)}. Say what comes before or after the one you mean (prefix, suffix).`,
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
