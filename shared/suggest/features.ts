import { cutAt, type LineEnds, type Stretch, trimmed } from '../text/blocks.ts';
import { sentencesOf } from '../text/sentences.ts';
import { foldForSearch } from '../text/search-fold.ts';

/** Features are numbers below this: the hashes of short pieces of text. Two pieces rarely have the same. */
export const BUCKETS = 1 << 18;

/** What a tag is learned for, and suggested for: a clause. */
export interface Unit extends Stretch {
  readonly features: Uint32Array;
  /** The same for the same words, however they are written. */
  readonly key: number;
}

/** Shorter clauses say too little; a longer one is no clause, but a table or a text without marks. */
const SHORTEST = 5;
const LONGEST = 600;
/** Marks at which clauses of Chinese and of Arabic script end. A comma of other scripts sets off words, too. */
const CLAUSE_ENDS = /[，；;؛،]/gu;

/** The clauses of a text, in its order: sentences, cut where their script has a mark for clauses. UTF-16 code units of the text. */
export function clausesOf(text: string, lineEnds: LineEnds): Stretch[] {
  return sentencesOf(text, lineEnds).flatMap((sentence) => {
    const words = text.slice(sentence.start, sentence.end);
    const ends = [...words.matchAll(CLAUSE_ENDS)].map(({ index }) => sentence.start + index + 1);
    return cutAt(text, sentence, ends).flatMap((clause): Stretch[] => {
      const { start, end } = withoutMarks(text, trimmed(text, clause));
      return end - start < SHORTEST || end - start > LONGEST ? [] : [{ start, end }];
    });
  });
}

/** A clause with its features. */
export function unitOf(text: string, { start, end }: Stretch): Unit {
  const folded = foldForSearch(text.slice(start, end)).text;
  return { start, end, features: featuresOf(folded), key: hashOf(folded.replace(/\s+/gu, ' ')) };
}

/** A clause without the mark at its end. */
function withoutMarks(text: string, { start, end }: Stretch): Stretch {
  let last = end;
  while (last > start && /[\s，；;؛،。.]/u.test(text.charAt(last - 1))) last -= 1;
  return { start, end: last };
}

/** No run without an end: millions of letters, matched as a whole, exceed the stack of regular expressions. */
const PIECES = /\p{Script=Han}{1,1000}|[\p{L}\p{M}]{1,1000}|\p{N}{1,1000}/gu;
const HAN = /^\p{Script=Han}/u;

/**
 * The features of a folded text, ascending, each once: two and three Chinese characters beside each other, words, and four letters of
 * longer words, so that forms of one word are alike. All numbers are one.
 */
export function featuresOf(folded: string): Uint32Array {
  const found = new Set<number>();
  const add = (piece: string): void => void found.add(hashOf(piece) % BUCKETS);
  for (const [piece] of folded.matchAll(PIECES)) {
    if (HAN.test(piece)) {
      const characters = Array.from(piece);
      if (characters.length === 1) add(piece);
      for (let at = 0; at + 2 <= characters.length; at += 1) {
        add(characters.slice(at, at + 2).join(''));
        if (at + 3 <= characters.length) add(characters.slice(at, at + 3).join(''));
      }
    } else if (/^\p{N}/u.test(piece)) add('0');
    else {
      add(`${piece} `);
      const closed = ` ${piece} `;
      if (piece.length > 4) for (let at = 0; at + 4 <= closed.length; at += 1) add(closed.slice(at, at + 4));
    }
  }
  return Uint32Array.from(found).sort();
}

/** FNV-1a over UTF-16 code units: 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  // Its low bits alone are too regular.
  hash ^= hash >>> 15;
  return hash >>> 0;
}
