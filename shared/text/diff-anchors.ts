import { sameToken, type Tokens } from './diff-tokens.ts';

/** A range of tokens of both texts: `olderFrom` to `olderTo` (exclusive), and the same of the newer. */
export interface Gap {
  readonly olderFrom: number;
  readonly olderTo: number;
  readonly newerFrom: number;
  readonly newerTo: number;
}
/** A run of equal tokens. */
export interface TokenBlock {
  readonly older: number;
  readonly newer: number;
  readonly count: number;
}

/** In a longer gap only some of the windows are examined, selected by hash, and so the same ones in both texts. */
const SAMPLES = 250_000;
const BASE = 0x01000193;

/**
 * Reliable matches in a gap: windows of `width` tokens that occur once on either side (as patience diff does with lines,
 * which differ once a text is laid out again), in the longest order shared by both sides, extended as far as both are
 * equal. In order and without overlap. Linear in the gap’s length, except for sorting the matches.
 */
export function anchored(older: Tokens, newer: Tokens, gap: Gap, width: number): TokenBlock[] {
  const longest = Math.max(gap.olderTo - gap.olderFrom, gap.newerTo - gap.newerFrom);
  const every = Math.max(1, Math.ceil(longest / SAMPLES));
  const there = singles(older, gap.olderFrom, gap.olderTo, width, every);
  const here = singles(newer, gap.newerFrom, gap.newerTo, width, every);
  const pairs: { i: number; j: number }[] = [];
  for (const [hash, i] of there) {
    const j = here.get(hash);
    if (i >= 0 && j !== undefined && j >= 0) pairs.push({ i, j });
  }
  pairs.sort((a, b) => a.i - b.i);
  return grown(older, newer, gap, rising(pairs), width);
}

const TWICE = -1;
/** Windows that occur once, by hash; repeated ones are marked TWICE. */
function singles(tokens: Tokens, from: number, to: number, width: number, every: number): Map<number, number> {
  const found = new Map<number, number>();
  const { hashes } = tokens;
  let leading = 1;
  for (let n = 0; n < width; n++) leading = Math.imul(leading, BASE);
  let hash = 0;
  for (let at = from; at < to; at++) {
    hash = (Math.imul(hash, BASE) + (hashes[at] ?? 0)) | 0;
    const start = at - width + 1;
    if (start < from) continue;
    if (start > from) hash = (hash - Math.imul(leading, hashes[start - 1] ?? 0)) | 0;
    if (every > 1 && (Math.imul(hash, 0x9e3779b1) >>> 0) % every !== 0) continue;
    found.set(hash, found.has(hash) ? TWICE : start);
  }
  return found;
}

/** The longest sequence of pairs that increases on both sides (patience sorting). */
function rising(pairs: readonly { i: number; j: number }[]): { i: number; j: number }[] {
  const tops: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(({ j }, at) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.j ?? 0) < j) low = middle + 1;
      else high = middle;
    }
    before[at] = tops[low - 1] ?? -1;
    tops[low] = at;
  });
  const list: { i: number; j: number }[] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair !== undefined) list.push(pair);
  }
  return list.reverse();
}

function grown(
  older: Tokens,
  newer: Tokens,
  gap: Gap,
  pairs: readonly { i: number; j: number }[],
  width: number,
): TokenBlock[] {
  const blocks: TokenBlock[] = [];
  let { olderFrom: o, newerFrom: n } = gap;
  for (const { i, j } of pairs) {
    if (i < o || j < n) continue;
    let back = 0;
    while (i - back > o && j - back > n && sameToken(older, i - back - 1, newer, j - back - 1)) back++;
    let on = 0;
    while (i + on < gap.olderTo && j + on < gap.newerTo && sameToken(older, i + on, newer, j + on)) on++;
    // Different windows with equal hashes.
    if (on < width) continue;
    blocks.push({ older: i - back, newer: j - back, count: back + on });
    o = i + on;
    n = j + on;
  }
  return blocks;
}
