import { foldForSearch } from '../text/search-fold.ts';

/**
 * The words of a text as copies are compared by: folded as the search folds (case, width, traditional characters, line breaks), without
 * punctuation. A character of a script without spaces (Han, kana, Thai …) is a word of its own.
 */
export interface CopyWords {
  readonly count: number;
  /** A hash of each word. */
  readonly hashes: Uint32Array;
  /** 1 for a single character, 2 for a word of a script with spaces. */
  readonly weights: Uint8Array;
  /** Where each begins and ends in the text, UTF-16 code units. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** How lines end: in `lines` each is a paragraph, as in a saved page, and short ones (menus, captions) are no part of the text. */
export type CopyLayout = 'lines' | 'flowing';

/** The weight of a shingle: eight characters of Chinese or four words of English. */
export const SHINGLE_WEIGHT = 8;
/** A paragraph of a saved page with less is taken for a menu or a caption, … */
const SHORT_PARAGRAPH = 24;
/** … unless the page has hardly more than such paragraphs. */
const LEAST_PROSE = 100;

const SEPARATOR = 1;
const CHARACTER = 2;
const LETTER = 3;
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\ud800-\udfff]/u;
const WORDLY = /[\p{L}\p{N}\p{M}]/u;
/** What each code unit is, found out when it is met first. */
const kinds = new Uint8Array(0x10000);
function kindOf(code: number): number {
  const known = kinds[code] ?? 0;
  if (known !== 0) return known;
  const character = String.fromCharCode(code);
  // Halves of surrogate pairs: most are rare Han characters, and emoji do no harm.
  const kind = UNSPACED.test(character) ? CHARACTER : WORDLY.test(character) ? LETTER : SEPARATOR;
  kinds[code] = kind;
  return kind;
}

/** The words of a text. Measured: 30 million characters in 2 s. */
export function wordsOf(text: string, layout: CopyLayout = 'flowing'): CopyWords {
  const { text: folded, starts, ends } = foldForSearch(text);
  const words = new Collected(folded.length);
  let [hash, from] = [0, -1];
  for (let at = 0; at <= folded.length; at++) {
    const code = at === folded.length ? -1 : folded.charCodeAt(at);
    const kind = code < 0 ? SEPARATOR : kindOf(code);
    if (kind === LETTER) {
      if (from < 0) [hash, from] = [0x811c9dc5, at];
      hash = Math.imul(hash ^ code, 0x01000193);
      continue;
    }
    if (from >= 0) words.add(mixed(hash), 2, starts[from] ?? 0, ends[at - 1] ?? 0);
    from = -1;
    if (kind === CHARACTER) words.add(mixed(code), 1, starts[at] ?? 0, ends[at] ?? 0);
  }
  const all = words.done();
  return layout === 'lines' ? prose(text, all) : all;
}

class Collected {
  count = 0;
  private readonly hashes: Uint32Array;
  private readonly weights: Uint8Array;
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;
  constructor(most: number) {
    this.hashes = new Uint32Array(most);
    this.weights = new Uint8Array(most);
    this.starts = new Uint32Array(most);
    this.ends = new Uint32Array(most);
  }
  add(hash: number, weight: number, start: number, end: number): void {
    this.hashes[this.count] = hash;
    this.weights[this.count] = weight;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count++;
  }
  done(): CopyWords {
    const { count } = this;
    return {
      count,
      hashes: this.hashes.subarray(0, count),
      weights: this.weights.subarray(0, count),
      starts: this.starts.subarray(0, count),
      ends: this.ends.subarray(0, count),
    };
  }
}

/** Only the paragraphs that are long enough. */
function prose(text: string, words: CopyWords): CopyWords {
  const kept = new Collected(words.count);
  let weightKept = 0;
  for (let first = 0; first < words.count;) {
    const feed = text.indexOf('\n', words.starts[first] ?? 0);
    const lineEnd = feed < 0 ? text.length : feed;
    let [next, weight] = [first, 0];
    while (next < words.count && (words.starts[next] ?? 0) < lineEnd) weight += words.weights[next++] ?? 0;
    if (weight >= SHORT_PARAGRAPH) {
      weightKept += weight;
      for (let at = first; at < next; at++)
        kept.add(words.hashes[at] ?? 0, words.weights[at] ?? 0, words.starts[at] ?? 0, words.ends[at] ?? 0);
    }
    first = Math.max(next, first + 1);
  }
  return weightKept >= LEAST_PROSE ? kept.done() : words;
}

/** Spreads a hash over all bits (the end of MurmurHash3). */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The hash of the shingle that begins at each word: so many words from there on that their weights add up to {@link SHINGLE_WEIGHT}.
 * Words at the end with too few after them begin none. The same words give the same shingle wherever they stand.
 */
export function shinglesOf({ count, hashes, weights }: CopyWords): Uint32Array {
  const shingles = new Uint32Array(count);
  let made = 0;
  for (let first = 0; first < count; first++) {
    let [hash, weight, at] = [0x9e3779b9, 0, first];
    for (; at < count && weight < SHINGLE_WEIGHT; at++) {
      hash = Math.imul(hash ^ (hashes[at] ?? 0), 0x01000193) + ((hash << 5) | (hash >>> 27));
      weight += weights[at] ?? 0;
    }
    if (weight < SHINGLE_WEIGHT) break;
    shingles[made++] = mixed(hash);
  }
  return shingles.subarray(0, made);
}

/** How many words the shingle at `first` has. */
export function shingleLength({ count, weights }: CopyWords, first: number): number {
  let [weight, at] = [0, first];
  while (at < count && weight < SHINGLE_WEIGHT) weight += weights[at++] ?? 0;
  return at - first;
}

/** The distinct values, ascending. */
export function distinct(values: Uint32Array): Uint32Array {
  const sorted = values.slice().sort();
  let count = 0;
  for (let at = 0; at < sorted.length; at++)
    if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[count++] = sorted[at] ?? 0;
  return sorted.slice(0, count);
}

/** How many values two lists of {@link distinct} have in common. */
export function countCommon(a: Uint32Array, b: Uint32Array): number {
  let [i, j, common] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [x = 0, y = 0] = [a[i], b[j]];
    if (x === y) common++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return common;
}

/** Shingles in a row of which one is kept: two texts with a run of 24 characters or 20 words in common share one. */
const WINDOW = 16;

/**
 * The distinct shingles that stand for a text, ascending: the least of each {@link WINDOW} in a row (winnowing: Schleimer, Wilkerson and
 * Aiken 2003), about one in eight. A text with fewer has its least.
 */
export function printsOf(shingles: Uint32Array): Uint32Array {
  if (shingles.length === 0) return shingles;
  const kept = new Uint32Array(shingles.length);
  let [count, least] = [0, -1];
  const last = Math.max(0, shingles.length - WINDOW);
  for (let first = 0; first <= last; first++) {
    const end = Math.min(shingles.length, first + WINDOW);
    const entering = end - 1;
    if (least < first) {
      least = first;
      for (let at = first; at < end; at++) if ((shingles[at] ?? 0) <= (shingles[least] ?? 0)) least = at;
    } else if ((shingles[entering] ?? 0) <= (shingles[least] ?? 0)) least = entering;
    else continue;
    kept[count++] = shingles[least] ?? 0;
  }
  return distinct(kept.subarray(0, count));
}
