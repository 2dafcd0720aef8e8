import { numberedSentences, type Sentence } from '../figures/sentences.ts';
import type { LineEnds, Stretch } from '../text/blocks.ts';

/** A line that begins with `#`, as in Markdown; readers of other formats write headings so. */
export interface Heading extends Stretch {
  /** 1 to 6. */
  readonly level: number;
  /** Without the marks. */
  readonly text: string;
}
/** A sentence of a draft that is no heading. */
export interface NumberedSentence extends Sentence {
  readonly text: string;
  /** Which of several that are the same, from 0. With the words it finds the sentence again in a newer version. */
  readonly nth: number;
  /** The heading it is under, by number from 0; null before the first. */
  readonly heading: number | null;
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+([^\n]*?)[ \t]*#*[ \t]*$/gm;

export const headingsIn = (text: string): Heading[] =>
  Array.from(text.matchAll(HEADING), ({ index, 0: line, 1: marks = '', 2: words = '' }) => ({
    start: index,
    end: index + line.length,
    level: marks.length,
    text: words,
  }));

/** The sentences of a draft in order, cut where headings are, without the white space around them. */
export function draftSentences(
  text: string,
  lineEnds: LineEnds,
): { headings: Heading[]; sentences: NumberedSentence[] } {
  const headings = headingsIn(text);
  const seen = new Map<string, number>();
  let next = 0;
  const sentences = numberedSentences(text, lineEnds).flatMap((sentence) =>
    between(sentence, headings).flatMap((piece): NumberedSentence[] => {
      const { start, end } = trimmed(text, piece);
      const words = text.slice(start, end);
      if (!/[\p{L}\p{N}]/u.test(words)) return [];
      while ((headings[next]?.end ?? Infinity) <= start) next++;
      const key = keyOf(words);
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      return [{ ...sentence, start, end, text: words, nth, heading: next === 0 ? null : next - 1 }];
    }),
  );
  return { headings, sentences };
}

/** Line ends and the number of spaces make no other sentence. */
export const keyOf = (words: string): string => words.replace(/\s+/gu, ' ').trim();

/** What is left of a range without the headings in it. */
function between({ start, end }: Stretch, headings: readonly Heading[]): Stretch[] {
  const pieces: Stretch[] = [];
  let from = start;
  for (const heading of headings) {
    if (heading.end <= from || heading.start >= end) continue;
    if (heading.start > from) pieces.push({ start: from, end: heading.start });
    from = Math.max(from, heading.end);
  }
  if (from < end) pieces.push({ start: from, end });
  return pieces;
}

function trimmed(text: string, { start, end }: Stretch): Stretch {
  const words = text.slice(start, end);
  const from = start + words.length - words.trimStart().length;
  return { start: from, end: Math.max(from, start + words.trimEnd().length) };
}
