import type { SourceKind } from '../model/index.ts';

const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
const LETTER = /\p{L}/u;
const HYPHEN = /[-\u00ad\u2010\u2011]$/u;
/** The end of a sentence, with closing quotes or brackets. */
const SENTENCE = /[.!?:;。！？：；…؟؛۔]["'”’»」』）)\]]*$/u;
/** A line that ends a sentence and is shorter than this share of the longest one ends a paragraph. */
const SHORT = 0.75;

/**
 * A passage’s text as quoted and shown outside the source. Line ends in a PDF come from the layout, not the author: lines
 * are joined, with a space if the script has any, and paragraphs stay separate as far as lines show them. The stored
 * passage keeps the text layer’s own characters.
 */
export function quotedWords(exact: string, kind: SourceKind): string {
  if (kind !== 'pdf' || !exact.includes('\n')) return exact;
  const lines = exact.split(/\r?\n/u);
  const longest = lines.reduce((most, line) => Math.max(most, line.trim().length), 0);
  const parts = lines.map((line, at) => {
    const [own, next] = [line.trim(), lines[at + 1]?.trim()];
    // The beginning and end of the quotation stay as they are.
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
