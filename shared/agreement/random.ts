/**
 * A seeded random number generator, the same on every machine and in every version: xoshiro128** 1.1 (Blackman and Vigna,
 * "Scrambled Linear Pseudorandom Number Generators", 2021; public domain), its 128 bits of state filled by SplitMix32. It
 * draws samples that can be repeated from the seed in a report. Never for keys or ids.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: number | readonly [number, number, number, number]) {
    const [a, b, c, d] = typeof seed === 'number' ? stateOf(seed) : seed;
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  /** The next 32 bits, as a whole number from 0. */
  bits(): number {
    const times5 = Math.imul(this.b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9);
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result >>> 0;
  }

  /** A whole number from 0, less than `n` (at most 2^31). Its bias, n / 2^32, is far below what a sample can show. */
  below(n: number): number {
    return Math.floor((this.bits() / 2 ** 32) * n);
  }
}

/** Seeds that differ in one bit, or only beyond 2^32, give unrelated states. */
function stateOf(seed: number): readonly [number, number, number, number] {
  const split = splitMix(seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0);
  return [split(), split(), split(), split()];
}

function splitMix(low: number, high: number): () => number {
  let state = (low ^ Math.imul(high, 0x85ebca6b)) >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
