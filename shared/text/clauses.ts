import { type LineEnds, type Stretch, cutAt } from './blocks.ts';
import { sentencesOf } from './sentences.ts';

/** What a hit becomes when it is made a passage: its words alone, or the clause or sentence they stand in. */
export const HIT_UNITS = ['hit', 'clause', 'sentence'] as const;
export type HitUnit = (typeof HIT_UNITS)[number];

/**
 * Marks that end a clause besides those that end a sentence: ，；： in Chinese, , ; : in English and ، ؛ in Uyghur. The mark 、 stands
 * between the members of a list, which belong together.
 */
const CLAUSE_ENDS = new Set('，；：﹐﹔,;:،؛');
/** Between digits these belong to the number: 4,800, 10:30. */
const IN_NUMBERS = new Set(',:，：');
const isDigit = (unit: string): boolean => /[\p{Nd}]/u.test(unit);
const CLOSERS = /[”’»›」』】〗）)\]］》〉"']/u;

/** The clauses of a text: ranges that cover it without gaps, each within one sentence, with the white space after it. */
function clausesIn(text: string, sentence: Stretch): Stretch[] {
  const ends: number[] = [];
  for (let at = sentence.start; at < sentence.end; at++) {
    const unit = text.charAt(at);
    if (!CLAUSE_ENDS.has(unit)) continue;
    if (IN_NUMBERS.has(unit) && isDigit(text.charAt(at - 1)) && isDigit(text.charAt(at + 1))) continue;
    let end = at + 1;
    while (end < sentence.end && CLOSERS.test(text.charAt(end))) end++;
    if (end < sentence.end) ends.push(end);
  }
  return cutAt(text, sentence, ends);
}

/** White space, and the mark that ends a clause: they are no part of what is said. */
const EDGE_START = /^\s+/u;
const EDGE_END = /[\s，；：﹐﹔,;:،؛]+$/u;

/** Looks up which clause or sentence of a text words stand in. The text is cut once. */
export function unitFinder(text: string, lineEnds: LineEnds): (hit: Stretch, unit: HitUnit) => Stretch {
  let sentences: readonly Stretch[] | null = null;
  const known = new Map<number, readonly Stretch[]>();
  const clausesOf = (sentence: Stretch): readonly Stretch[] => {
    const clauses = known.get(sentence.start) ?? clausesIn(text, sentence);
    known.set(sentence.start, clauses);
    return clauses;
  };
  return (hit, unit) => {
    if (unit === 'hit' || hit.end <= hit.start) return hit;
    sentences ??= sentencesOf(text, lineEnds);
    const touched = touching(sentences, hit);
    const parts = unit === 'sentence' ? touched : touched.flatMap((one) => touching(clausesOf(one), hit));
    return trimmedTo(text, parts, hit);
  };
}

/** The ranges that share a character with the hit. They are in order and without gaps. */
function touching(all: readonly Stretch[], { start, end }: Stretch): Stretch[] {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const found: Stretch[] = [];
  for (let at = low; at < all.length; at++) {
    const one = all[at];
    if (one === undefined || one.start >= end) break;
    found.push(one);
  }
  return found;
}

/** From the first to the last range, without what is at the edges, but never less than the hit. */
function trimmedTo(text: string, parts: readonly Stretch[], hit: Stretch): Stretch {
  const [from, to] = [parts[0]?.start ?? hit.start, parts.at(-1)?.end ?? hit.end];
  const words = text.slice(from, to);
  const start = from + (EDGE_START.exec(words)?.[0].length ?? 0);
  const end = to - (EDGE_END.exec(words)?.[0].length ?? 0);
  return { start: Math.min(start, hit.start), end: Math.max(end, hit.end) };
}
