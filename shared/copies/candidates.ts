/** Two texts, by their number in the list, that may be copies. The first is the smaller number. */
export interface Candidate {
  readonly a: number;
  readonly b: number;
  /** The part of the prints of the one with fewer that both have. */
  readonly share: number;
}

export interface CandidateOptions {
  readonly onProgress?: (done: number, total: number) => void;
  /** Beyond, only every second, fourth … print is used, the same ones in each text. */
  readonly mostPrints?: number;
  readonly mostCandidates?: number;
}

/** Of the prints of the text with fewer, the part that both must have. What is offered shares half, or more of the smaller one. */
const LEAST_SHARE = 0.25;
/** A print in more texts links each with the next one only: else a frame around ten thousand pages would make fifty million pairs. */
const MOST_LINKED = 64;
const MOST_PRINTS = 8_000_000;
const MOST_CANDIDATES = 200_000;

/**
 * The pairs of texts that share enough prints to be compared in full; those that share most first, if there are too many. Takes
 * time and memory linear in the number of prints: 16 bytes each.
 */
export function candidatesOf(
  prints: readonly Uint32Array[],
  { onProgress = () => undefined, mostPrints = MOST_PRINTS, mostCandidates = MOST_CANDIDATES }: CandidateOptions = {},
): Candidate[] {
  const mask = maskFor(prints, mostPrints);
  const { hashes, owners, counts } = sampled(prints, mask);
  const places = sortedBoth(hashes, owners);
  const lists = new Map<number, number>();
  for (let at = 0; at < places.hashes.length; at++)
    if (at === 0 || places.hashes[at] !== places.hashes[at - 1]) lists.set(places.hashes[at] ?? 0, at);
  const found: Candidate[] = [];
  const shared = new Uint32Array(prints.length);
  const seen: number[] = [];
  for (const [a, own] of prints.entries()) {
    for (const hash of own) {
      if ((hash & mask) !== 0) continue;
      const from = lists.get(hash) ?? 0;
      let end = from;
      while (places.hashes[end] === hash && end < places.hashes.length && end - from <= MOST_LINKED) end++;
      const isCommon = end - from > MOST_LINKED;
      const first = isCommon ? afterOwner(places, hash, from, a) : from;
      for (let at = first; places.hashes[at] === hash && at < places.hashes.length; at++) {
        const b = places.owners[at] ?? 0;
        if (b <= a) continue;
        if (shared[b] === 0) seen.push(b);
        shared[b] = (shared[b] ?? 0) + 1;
        if (isCommon) break;
      }
    }
    for (const b of seen) {
      const fewer = Math.min(counts[a] ?? 0, counts[b] ?? 0);
      const share = (shared[b] ?? 0) / Math.max(1, fewer);
      if (share >= LEAST_SHARE) found.push({ a, b, share });
      shared[b] = 0;
    }
    seen.length = 0;
    if (a % 100 === 0) onProgress(a, prints.length);
  }
  if (found.length <= mostCandidates) return found;
  return found.toSorted((one, other) => other.share - one.share).slice(0, mostCandidates);
}

function maskFor(prints: readonly Uint32Array[], most: number): number {
  const total = prints.reduce((sum, { length }) => sum + length, 0);
  let mask = 0;
  while (total / (mask + 1) > most) mask = mask * 2 + 1;
  return mask;
}

function sampled(prints: readonly Uint32Array[], mask: number) {
  const counts = Uint32Array.from(prints, (own) => {
    let count = 0;
    for (const hash of own) if ((hash & mask) === 0) count++;
    return count;
  });
  const total = counts.reduce((sum, count) => sum + count, 0);
  const [hashes, owners] = [new Uint32Array(total), new Uint32Array(total)];
  let at = 0;
  for (const [owner, own] of prints.entries())
    for (const hash of own)
      if ((hash & mask) === 0) {
        hashes[at] = hash;
        owners[at++] = owner;
      }
  return { hashes, owners, counts };
}

interface Places {
  readonly hashes: Uint32Array;
  readonly owners: Uint32Array;
}

/** Both lists in the order of the hashes, and within one hash in the order of the owners: a radix sort, since it keeps that order. */
function sortedBoth(hashes: Uint32Array, owners: Uint32Array): Places {
  let [from, to]: [Places, Places] = [
    { hashes, owners },
    { hashes: new Uint32Array(hashes.length), owners: new Uint32Array(hashes.length) },
  ];
  for (const shift of [0, 16]) {
    const next = new Uint32Array(0x10001);
    for (const hash of from.hashes) {
      const digit = ((hash >>> shift) & 0xffff) + 1;
      next[digit] = (next[digit] ?? 0) + 1;
    }
    for (let digit = 1; digit < next.length; digit++) next[digit] = (next[digit] ?? 0) + (next[digit - 1] ?? 0);
    for (let at = 0; at < from.hashes.length; at++) {
      const hash = from.hashes[at] ?? 0;
      const digit = (hash >>> shift) & 0xffff;
      const place = next[digit] ?? 0;
      next[digit] = place + 1;
      to.hashes[place] = hash;
      to.owners[place] = from.owners[at] ?? 0;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** The place of the first owner after `owner` in the list of `hash` that begins at `from`, by bisecting. */
function afterOwner({ hashes, owners }: Places, hash: number, from: number, owner: number): number {
  let step = 1;
  let low = from;
  const isBefore = (at: number): boolean => at < hashes.length && hashes[at] === hash && (owners[at] ?? 0) <= owner;
  if (!isBefore(low)) return low;
  while (isBefore(low + step)) step *= 2;
  for (; step >= 1; step = Math.floor(step / 2)) if (isBefore(low + step)) low += step;
  return low + 1;
}
