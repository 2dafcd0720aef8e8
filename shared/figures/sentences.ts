import { type LineEnds, paragraphsOf, type Stretch } from '../text/blocks.ts';
import { sentencesOf } from '../text/sentences.ts';

/** A sentence of a text, and the paragraph it is in, by number. */
export interface Sentence extends Stretch {
  readonly paragraph: number;
  readonly language: 'en' | 'zh';
}

export function numberedSentences(text: string, lineEnds: LineEnds): Sentence[] {
  const paragraphs = paragraphsOf(text, lineEnds);
  let paragraph = 0;
  return sentencesOf(text, lineEnds).map(({ start, end }) => {
    while (paragraph < paragraphs.length - 1 && (paragraphs[paragraph]?.end ?? 0) <= start) paragraph++;
    return { start, end, paragraph, language: languageOf(text, start, end) };
  });
}

/** Chinese if at least three letters in ten are Han. Only the beginning of a very long sentence is read. */
const LETTERS_READ = 2000;
function languageOf(text: string, start: number, end: number): 'en' | 'zh' {
  const words = text.slice(start, Math.min(end, start + LETTERS_READ));
  const han = words.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  const latin = words.match(/[A-Za-z]/g)?.length ?? 0;
  return han > 0 && han * 7 >= latin * 3 ? 'zh' : 'en';
}

const MARKS = new Set('，；：。！？,;:!?\n');
/** The most characters of a clause that are read on either side of a figure. */
const LONGEST = 120;

/** The clause around a range: up to the next comma, semicolon or colon that isn't within a number. */
export function clauseAround(folded: string, { start, end }: Stretch, within: Stretch): Stretch {
  const ends = (at: number): boolean =>
    MARKS.has(folded.charAt(at)) && !(/\d/.test(folded.charAt(at - 1)) && /\d/.test(folded.charAt(at + 1)));
  let from = start;
  let to = end;
  const first = Math.max(within.start, start - LONGEST);
  const last = Math.min(within.end, end + LONGEST);
  while (from > first && !ends(from - 1)) from--;
  while (to < last && !ends(to)) to++;
  return { start: from, end: to };
}
