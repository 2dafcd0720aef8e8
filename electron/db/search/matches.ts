/** Matches in the folded text of a document, ascending. */
export interface Matches {
  readonly starts: Uint32Array;
  /** How long each is, or all of them are. */
  readonly lengths: Uint32Array | number;
}
export const NO_MATCHES: Matches = { starts: new Uint32Array(), lengths: 0 };
export const lengthAt = ({ lengths }: Matches, n: number): number =>
  typeof lengths === 'number' ? lengths : (lengths[n] ?? 0);

/** Matches as spans of the folded text. */
export const spansAt = (matches: Matches): { readonly start: number; readonly end: number }[] =>
  Array.from(matches.starts, (start, n) => ({ start, end: start + lengthAt(matches, n) }));
/** Spans, in order, as matches. */
export const matchesAt = (spans: readonly { readonly start: number; readonly end: number }[]): Matches => ({
  starts: Uint32Array.from(spans, ({ start }) => start),
  lengths: Uint32Array.from(spans, ({ start, end }) => end - start),
});

/** The last of the ascending numbers that is at most `value`; -1 if none is. */
export function lastAtMost(numbers: Uint32Array, value: number): number {
  let [low, high] = [-1, numbers.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Calls `take` with each document that has some of the ascending positions: its place in `bases`, and which positions. */
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

/** The matches without those that begin inside an earlier one, from left to right. */
export function withoutOverlaps(starts: Uint32Array, length: number): Uint32Array {
  let end = 0;
  return starts.filter((start) => {
    if (start < end) return false;
    end = start + length;
    return true;
  });
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
