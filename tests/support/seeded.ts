/** A seeded source of pseudo-random choices: the same seed gives the same run on every machine. */
export interface Seeded {
  readonly seed: number;
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `min` to `max`, inclusive. */
  int(min: number, max: number): number;
  /** True with the probability `p` (default: one half). */
  chance(p?: number): boolean;
  /** One element; throws on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** A new list in a random order (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** `length` random bytes. */
  bytes(length: number): Uint8Array;
}

/**
 * A generator that is good enough to spread test cases and short enough to read: mulberry32 (Tommy Ettinger, public domain),
 * 32 bits of state. Never for keys or ids.
 */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (min: number, max: number): number => {
    if (!Number.isInteger(min) || !Number.isInteger(max) || max < min) {
      throw new RangeError(`int() takes two whole numbers in order, got ${min} and ${max}`);
    }
    return min + Math.floor(next() * (max - min + 1));
  };
  const pick = <T>(items: readonly T[]): T => {
    // The index is always in range, except in an empty list.
    if (items.length === 0) throw new RangeError('pick() takes a list with something in it');
    return items[int(0, items.length - 1)] as T;
  };
  const shuffle = <T>(items: readonly T[]): T[] => {
    const rest = [...items];
    const out: T[] = [];
    while (rest.length > 0) out.push(...rest.splice(int(0, rest.length - 1), 1));
    return out;
  };
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => int(0, 255));
  return { seed, next, int, chance: (p = 0.5) => next() < p, pick, shuffle, bytes };
}

/** The seeds `first`, `first + 1`, … (`count` of them), for `it.each` over a part of a long suite. */
export function seeds(count: number, first = 0): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
