import type { SourceKind } from '../model/index.ts';

const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
const LETTER = /\p{L}/u;
const HYPHEN = /[-\u00ad\u2010\u2011]$/u;
/** The end of a sentence, and what may close behind it. */
const SENTENCE = /[.!?:;。！？：；…؟؛۔]["'”’»」』）)\]]*$/u;
/** A line that ends a sentence and is shorter than this part of the longest one ends a paragraph. */
const SHORT = 0.75;

/**
 * A passage's words as they are quoted and shown outside the source. Where a line ends in a PDF is the paper's doing, not
 * the author's: lines run on, with a space where the script has any, and paragraphs stay apart as far as lines tell.
 * Nothing else changes, and neither does what is kept: the passage itself is the text layer's own words.
 */
export function quotedWords(exact: string, kind: SourceKind): string {
  if (kind !== 'pdf' || !exact.includes('\n')) return exact;
  const lines = exact.split(/\r?\n/u);
  const longest = lines.reduce((most, line) => Math.max(most, line.trim().length), 0);
  const parts = lines.map((line, at) => {
    const [own, next] = [line.trim(), lines[at + 1]?.trim()];
    // Where what is quoted begins and ends, it is left as it is.
    const shown = at === 0 ? line.trimEnd() : next === undefined ? line.trimStart() : own;
    if (next === undefined) return shown;
    const endsParagraph = own === '' || next === '' || (SENTENCE.test(own) && own.length < SHORT * longest);
    return shown + (endsParagraph ? '\n' : separator(own, next));
  });
  return parts.join('');
}

function separator(left: string, right: string): '' | ' ' {
  if (HYPHEN.test(left)) return '';
  const [end, start] = [/.$/u.exec(left)?.[0] ?? '', /^./u.exec(right)?.[0] ?? ''];
  const runsOn = (one: string, other: string): boolean =>
    EAST_ASIAN.test(one) && (EAST_ASIAN.test(other) || !LETTER.test(other));
  return runsOn(end, start) || runsOn(start, end) ? '' : ' ';
}
