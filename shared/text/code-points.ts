/**
 * Turns offsets in UTF-16 code units into offsets in Unicode code points, as other programs count, and back. Both must be at
 * the boundary of a character. Texts without characters beyond U+FFFF need no table.
 */
export interface CodePoints {
  readonly fromUnits: (units: number) => number;
  readonly toUnits: (points: number) => number;
}

const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

export function codePointsOf(text: string): CodePoints {
  /** Where pairs begin, in units. */
  const pairs = [...text.matchAll(SURROGATE_PAIR)].map(({ index }) => index);
  if (pairs.length === 0) return { fromUnits: (units) => units, toUnits: (points) => points };
  /** How many pairs begin before this offset, where the n-th begins at `at(n)`. */
  const before = (offset: number, at: (n: number) => number): number => {
    let [low, high] = [0, pairs.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (at(middle) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    fromUnits: (units) => units - before(units, (n) => pairs[n] ?? Infinity),
    toUnits: (points) => points + before(points, (n) => (pairs[n] ?? Infinity) - n),
  };
}
