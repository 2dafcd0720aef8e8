import type { Folded } from '../../../shared/text/search-fold.ts';
import { tokensOf, type Span } from '../../../shared/text/search-query.ts';
import type { Leaf, Plan } from './plan.ts';

/** How many words lie between two places of a text; a Han, kana or Thai character counts as a word. */
export type Between = (from: number, to: number) => number;
/** Whether a place is where a filter wants it, by the filter’s number. */
export type Fits = (filter: number, place: Span) => boolean;

/** Where the places of a condition, by its number, are named in a text. */
export type Named = (places: number) => readonly Span[];

/**
 * The places of a plan in one text, given those of each of its terms: what its words and pairs have, where the plan holds. Each once, in
 * order. Places that begin at `own` or after it belong to the next piece, though a pair may end there.
 */
export function placesOf(
  { plan, filters }: { readonly plan: Plan; readonly filters: number },
  each: readonly (readonly Span[])[],
  between: Between | null,
  fits: Fits,
  named: Named,
  own = Infinity,
): Span[] {
  const isOwn = ({ start }: Span): boolean => start < own;
  const pairs = new Map<Leaf, readonly Span[]>();
  const spansOf = (leaf: Leaf): readonly Span[] => {
    if (leaf.kind === 'term') return (each[leaf.term] ?? []).filter(isOwn);
    if (leaf.kind === 'places') return named(leaf.places).filter(isOwn);
    const known = pairs.get(leaf);
    if (known !== undefined) return known;
    const found =
      between === null
        ? []
        : nearPlaces(
            leaf.parts.map((terms) => joined(terms, each)),
            leaf.distance,
            between,
          ).filter(isOwn);
    pairs.set(leaf, found);
    return found;
  };
  if (filters === 0) return once([...(shownBy(plan, spansOf, () => true) ?? [])].flatMap(spansOf));
  // What is shown depends only on which of the filters a place fits.
  const byFit = new Map<string, ReadonlySet<Leaf>>();
  const numbers = Array.from({ length: filters }, (_, filter) => filter);
  const found = leavesOf(plan).flatMap((leaf) =>
    spansOf(leaf).filter((place) => {
      const fit = numbers.map((filter) => fits(filter, place));
      const key = fit.join();
      const shown = byFit.get(key) ?? shownBy(plan, spansOf, (filter) => fit[filter] === true) ?? new Set();
      byFit.set(key, shown);
      return shown.has(leaf);
    }),
  );
  return once(found);
}

/** The leaves whose places are shown; null where the plan does not hold. */
function shownBy(
  plan: Plan,
  spansOf: (leaf: Leaf) => readonly Span[],
  fit: (filter: number) => boolean,
): ReadonlySet<Leaf> | null {
  switch (plan.kind) {
    case 'term':
    case 'places':
    case 'near':
      return spansOf(plan).length > 0 ? new Set([plan]) : null;
    case 'filter':
      return fit(plan.filter) ? new Set() : null;
    case 'not':
      return shownBy(plan.part, spansOf, fit) === null ? new Set() : null;
    case 'and':
    case 'or': {
      const parts = plan.parts.map((part) => shownBy(part, spansOf, fit));
      const held = parts.flatMap((part) => part ?? []);
      const holds = plan.kind === 'and' ? held.length === parts.length : held.length > 0;
      return holds ? new Set(held.flatMap((part) => [...part])) : null;
    }
  }
}

function leavesOf(plan: Plan): Leaf[] {
  switch (plan.kind) {
    case 'term':
    case 'places':
    case 'near':
      return [plan];
    case 'filter':
    case 'not':
      return [];
    case 'and':
    case 'or':
      return plan.parts.flatMap(leavesOf);
  }
}

const joined = (terms: readonly number[], each: readonly (readonly Span[])[]): readonly Span[] =>
  terms.length === 1 ? (each[terms[0] ?? 0] ?? []) : once(terms.flatMap((term) => each[term] ?? []));

/**
 * The shortest stretches that have a place of each side with at most so many words between them, from the start of the first to the end
 * of the other: none lies within another, but the end of one may be the start of the next. Places that overlap are one place, not two.
 */
function nearPlaces(sides: readonly (readonly Span[])[], distance: number, between: Between): readonly Span[] {
  const [first = [], second = []] = sides;
  return shortest([...followed(first, second, distance, between), ...followed(second, first, distance, between)]);
}

/** From each place to the first end of one of the others that follows it closely enough. */
function followed(some: readonly Span[], others: readonly Span[], distance: number, between: Between): readonly Span[] {
  return some.flatMap(({ start, end }) => {
    let last = Infinity;
    for (let n = firstAtLeast(others.length, (at) => (others[at]?.start ?? 0) >= end); n < others.length; n++) {
      const other = others[n];
      if (other === undefined || other.start >= last || between(end, other.start) > distance) break;
      last = Math.min(last, other.end);
    }
    return last === Infinity ? [] : [{ start, end: last }];
  });
}

/** The spans within which no other lies, in order. */
function shortest(spans: readonly Span[]): readonly Span[] {
  let least = Infinity;
  return spans
    .toSorted((a, b) => b.start - a.start || a.end - b.end)
    .filter(({ end }) => {
      if (end >= least) return false;
      least = end;
      return true;
    })
    .toReversed();
}

/** The first number below `count` for which the test, which stays true once it is, is true; else `count`. */
function firstAtLeast(count: number, test: (n: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Counts the words between places of the original of a folded text. */
export function betweenIn({ text, starts, ends }: Folded): Between {
  const from: number[] = [];
  const to: number[] = [];
  for (const token of tokensOf(text)) {
    from.push(starts[token.at] ?? 0);
    to.push(ends[token.at + token.text.length - 1] ?? 0);
  }
  return (start, end) => {
    const first = firstAtLeast(from.length, (n) => (from[n] ?? 0) >= start);
    return Math.max(0, firstAtLeast(to.length, (n) => (to[n] ?? 0) > end) - first);
  };
}

function once(places: readonly Span[]): Span[] {
  return places
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .filter(({ start, end }, n, all) => start !== all[n - 1]?.start || end !== all[n - 1]?.end);
}
