import { errorsAllowed, LEAST_KNOWN, nearest, wholeWords } from './approximate.ts';
import type { Quoted } from './anchor.ts';
import type { Span } from './quote.ts';
import { compareTexts } from './reanchor.ts';

/** A quotation with the place that is claimed for it, in UTF-16 code units. */
export interface QuoteToCheck extends Quoted {
  readonly id: string;
}

export interface QuoteChecked {
  readonly id: string;
  /** `found`: these words are at this place. `moved`: they are at another. `changed`: only similar words are there. */
  readonly is: 'found' | 'moved' | 'changed' | 'missing';
  /** Where the words, or those similar to them, are; null for `missing`. */
  readonly at: Span | null;
  /** The similar words. */
  readonly instead: string | null;
  /** Whether the words around it are as quoted, too. */
  readonly isAround: boolean;
}

/** A text as it was when the places were given. */
export interface TextBefore {
  readonly text: string;
  /** It was made by the same version of the same reader: from the same original it would be the same. */
  readonly isSameReader: boolean;
}

/**
 * Looks for quotations in a text, each first at its place. What another version of the reader reads differently is looked for by where it
 * was in the former text. Throws TOO_LARGE as {@link compareTexts}.
 */
export function checkQuotes(now: string, before: TextBefore | null, quotes: readonly QuoteToCheck[]): QuoteChecked[] {
  const checked = new Map<string, QuoteChecked>();
  const open = quotes.filter((quote) => {
    if (quote.exact === '' || now.slice(quote.start, quote.end) !== quote.exact) return true;
    const isAround = now.startsWith(quote.suffix, quote.end) && now.slice(0, quote.start).endsWith(quote.prefix);
    checked.set(quote.id, { id: quote.id, is: 'found', at: spanOf(quote), instead: null, isAround });
    return false;
  });
  const known = before !== null && before.text !== now ? before : null;
  const byText = open.filter(({ start, end, exact }) => exact !== '' && known?.text.slice(start, end) === exact);
  if (known !== null && byText.length > 0) {
    const { passages } = compareTexts(known.text, now, byText);
    for (const [at, { fate, to }] of passages.entries()) {
      const quote = byText[at];
      if (quote !== undefined) checked.set(quote.id, judged(now, quote, { fate, to, isSame: known.isSameReader }));
    }
  }
  for (const one of byWords(
    now,
    open.filter(({ id }) => !checked.has(id)),
  ))
    checked.set(one.id, one);
  return quotes.flatMap(({ id }) => checked.get(id) ?? []);
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });
const missing = (id: string): QuoteChecked => ({ id, is: 'missing', at: null, instead: null, isAround: true });
const changed = (now: string, id: string, at: Span): QuoteChecked => ({
  id,
  is: 'changed',
  at,
  instead: now.slice(at.start, at.end),
  isAround: true,
});
const moved = (id: string, at: Span): QuoteChecked => ({ id, is: 'moved', at, instead: null, isAround: true });

/** `fate`: as comparing the former text with the present one tells it. */
function judged(
  now: string,
  { id, exact }: QuoteToCheck,
  { fate, to, isSame }: { readonly fate: string; readonly to: Span | null; readonly isSame: boolean },
): QuoteChecked {
  if (to === null) return missing(id);
  const isExact = now.slice(to.start, to.end) === exact;
  // Another version of the reader may put other white space between the same words.
  if (!isSame && fate === 'found') return { id, is: 'found', at: to, instead: null, isAround: true };
  return fate === 'changed' || !isExact ? changed(now, id, to) : moved(id, to);
}

/** Found by their own words alone: the place that is claimed for them was never theirs. */
function byWords(now: string, quotes: readonly QuoteToCheck[]): QuoteChecked[] {
  const found = quotes.map((quote) => sameWords(now, quote) ?? nearWords(now, quote));
  const left = quotes.filter(({ exact }, at) => found[at] === null && exact !== '');
  const parts: string[] = [];
  const places: (Span & { readonly id: string })[] = [];
  let length = 0;
  for (const { id, prefix, exact, suffix } of left) {
    const start = length + prefix.length;
    places.push({ id, start, end: start + exact.length });
    parts.push(`${prefix}${exact}${suffix}\n\n`);
    length += prefix.length + exact.length + suffix.length + 2;
  }
  const anywhere = places.length === 0 ? [] : compareTexts(parts.join(''), now, places).passages;
  const like = new Map(anywhere.flatMap(({ id, to }) => (to === null ? [] : [[id, to] as const])));
  return quotes.map(({ id }, at) => {
    const to = like.get(id);
    return found[at] ?? (to === undefined ? missing(id) : changed(now, id, to));
  });
}

const MOST_PLACES = 1000;

/** The place with the same words that has most of the same around it; of several the nearest. */
function sameWords(now: string, { id, exact, prefix, suffix, start }: QuoteToCheck): QuoteChecked | null {
  if (exact === '') return null;
  let best: { readonly at: number; readonly beside: number } | null = null;
  let seen = 0;
  for (let at = now.indexOf(exact); at >= 0 && seen < MOST_PLACES; at = now.indexOf(exact, at + 1)) {
    seen++;
    const end = at + exact.length;
    const beside = sameBefore(now, at, prefix) + sameAfter(now, end, suffix);
    const isNearer = best === null || Math.abs(at - start) < Math.abs(best.at - start);
    if (best === null || beside > best.beside || (beside === best.beside && isNearer)) best = { at, beside };
  }
  return best === null ? null : moved(id, { start: best.at, end: best.at + exact.length });
}

function sameBefore(now: string, at: number, prefix: string): number {
  let units = 0;
  while (units < Math.min(prefix.length, at) && now[at - units - 1] === prefix[prefix.length - units - 1]) units++;
  return units;
}
function sameAfter(now: string, end: number, suffix: string): number {
  let units = 0;
  while (units < suffix.length && now[end + units] === suffix[units]) units++;
  return units;
}

/** Similar words at the place that is claimed. */
function nearWords(now: string, { id, exact, start }: QuoteToCheck): QuoteChecked | null {
  const slack = errorsAllowed(exact.length) + LEAST_KNOWN;
  const window = { start: start - slack, end: start + exact.length + slack };
  const found = exact.length < LEAST_KNOWN ? null : nearest(now, window, exact, start);
  return found === null ? null : changed(now, id, wholeWords(now, found));
}
