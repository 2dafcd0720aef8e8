import type { Folded } from '../../../shared/text/search-fold.ts';
import type { Span } from '../../../shared/text/search-query.ts';

/** Matches in the folded text of a document, ascending. */
export interface Matches {
  readonly starts: Uint32Array;
  /** The length of each match, or one length for all of them. */
  readonly lengths: Uint32Array | number;
}
export const NO_MATCHES: Matches = { starts: new Uint32Array(), lengths: 0 };
export const lengthAt = ({ lengths }: Matches, n: number): number =>
  typeof lengths === 'number' ? lengths : (lengths[n] ?? 0);

/** A document that has matches. */
export interface DocMatches {
  readonly doc: number;
  /** Of the document’s folded text, in UTF-16 code units. A match can run on from a piece of a text into the next. */
  readonly length: number;
  /** The matches; null if the text has to be read to find them. */
  readonly matches: Matches | null;
  /** Whether each match lies in a table of contents; null if none does. */
  readonly inContents: readonly boolean[] | null;
}

/** A document with the matches of terms. Null for a term whose matches have to be looked for in the text. */
export interface DocTerms {
  readonly doc: number;
  readonly length: number;
  /** The matches of a term by its number. A query for a region has hundreds of names, nearly all of which are nowhere in a document. */
  readonly of: (term: number) => Matches | null;
  /** Whether each of some matches lies in a table of contents; null if none does. */
  readonly inContents: (matches: Matches) => readonly boolean[] | null;
}

/** Matches as spans of the folded text. */
export function spansAt(matches: Matches): readonly Span[] {
  const spans: Span[] = [];
  for (const [n, start] of matches.starts.entries()) spans.push({ start, end: start + lengthAt(matches, n) });
  return spans;
}
/** A match in folded text as a span of the original. */
export function spanOf(matches: Matches, n: number, { starts, ends }: Folded): Span {
  const start = matches.starts[n] ?? 0;
  return { start: starts[start] ?? 0, end: ends[start + lengthAt(matches, n) - 1] ?? 0 };
}
/** Spans, in order, as matches. */
export function matchesAt(spans: readonly Span[]): Matches {
  // Not `Uint32Array.from`, which took a third of the time of counting the names of a region.
  const [starts, lengths] = [new Uint32Array(spans.length), new Uint32Array(spans.length)];
  for (const [n, { start, end }] of spans.entries()) {
    starts[n] = start;
    lengths[n] = end - start;
  }
  return { starts, lengths };
}

/** The index of the last of the ascending `numbers` that is at most `value`; -1 if there is none. */
export function lastAtMost(numbers: Uint32Array, value: number): number {
  let [low, high] = [-1, numbers.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Calls `take` for each document that contains some of the ascending `positions`: with its index in `bases`, and the range of positions.
 */
export function eachDoc(
  positions: Uint32Array,
  bases: Uint32Array,
  take: (at: number, from: number, to: number) => void,
): void {
  for (let from = 0; from < positions.length;) {
    const at = lastAtMost(bases, positions[from] ?? 0);
    const end = bases[at + 1] ?? Infinity;
    let to = from + 1;
    while (to < positions.length && (positions[to] ?? 0) < end) to++;
    take(at, from, to);
    from = to;
  }
}

/** The matches without those that begin inside an earlier one, from left to right: a copy. */
export function withoutOverlaps(starts: Uint32Array, length: number): Uint32Array {
  const kept = new Uint32Array(starts.length);
  let [count, end] = [0, 0];
  for (const start of starts) {
    if (start < end) continue;
    kept[count++] = start;
    end = start + length;
  }
  return kept.subarray(0, count);
}

/** The matches of several terms, each once, in order. */
export function combined(some: readonly Matches[]): Matches {
  const each = some.flatMap((matches) =>
    Array.from(matches.starts, (start, n) => ({ start, length: lengthAt(matches, n) })),
  );
  const sorted = each
    .sort((a, b) => a.start - b.start || a.length - b.length)
    .filter(({ start, length }, n, all) => start !== all[n - 1]?.start || length !== all[n - 1]?.length);
  return {
    starts: Uint32Array.from(sorted, ({ start }) => start),
    lengths: Uint32Array.from(sorted, ({ length }) => length),
  };
}

/**
 * The matches of one term by document (its index in `bases`). All share one array: two new arrays for each document took a tenth of a search
 * in all texts.
 */
export function inDocs(starts: Uint32Array, length: number, bases: Uint32Array): Map<number, Matches> {
  const found = new Map<number, Matches>();
  const some = withoutOverlaps(starts, length);
  eachDoc(some, bases, (at, from, to) => {
    const base = bases[at] ?? 0;
    for (let n = from; n < to; n++) some[n] = (some[n] ?? 0) - base;
    found.set(at, { starts: some.subarray(from, to), lengths: length });
  });
  return found;
}

/** Whether each match lies in one of the ranges (start and end, one after the other): its last character counts. */
export function inRanges(matches: Matches, base: number, ranges: Uint32Array): readonly boolean[] | null {
  if (ranges.length === 0) return null;
  const inside = Array.from(matches.starts, (start, n) => {
    const last = base + start + lengthAt(matches, n) - 1;
    const at = lastAtMost(ranges, last);
    // Ranges that touch have the same number twice: the last one counts.
    return at >= 0 && at % 2 === 0;
  });
  return inside.includes(true) ? inside : null;
}
