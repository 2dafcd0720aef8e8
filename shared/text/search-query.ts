import { readings } from './search-fold.ts';

/**
 * A parsed search query. Terms are matched as typed, also within words, like find in a document. Quotes at either end
 * require a word boundary there. A plus between spaces separates terms that must all occur.
 */
export interface SearchTerm {
  /** Its spellings: with hyphens and without. */
  readonly phrases: readonly Phrase[];
}

/**
 * A sequence of tokens. A Han, kana or Thai character is a token of its own (those scripts have no spaces); any other run
 * of letters and digits is one.
 */
export interface Phrase {
  readonly tokens: readonly string[];
  /** Its first word may be the end of a longer one. */
  readonly openStart: boolean;
  /** Its last word may continue. */
  readonly openEnd: boolean;
  /** The folded text of the phrase. */
  readonly text: string;
}

/** Scripts without spaces between words. */
const ALONE = '[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Bopo}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]';
const LETTER = '[\\p{L}\\p{M}\\p{N}]';
const IN_WORD = `[${LETTER}--${ALONE}]`;
const TOKEN = new RegExp(`[${LETTER}&&${ALONE}]|${IN_WORD}+`, 'gv');
const IS_ALONE = new RegExp(`^[${LETTER}&&${ALONE}]`, 'v');

export interface Token {
  readonly text: string;
  /** UTF-16 code units in the folded text. */
  readonly at: number;
}

/** The tokens of folded text, in order. */
export function* tokensOf(folded: string): Generator<Token> {
  for (const match of folded.matchAll(TOKEN)) yield { text: match[0], at: match.index };
}

/** Whether a token is a word of a script with spaces, which may be part of a longer one. */
export const isWord = (token: string): boolean => !IS_ALONE.test(token);

/** The terms of a query; none where there is nothing to search for. */
export function parseQuery(query: string): readonly SearchTerm[] {
  const terms = query.split(/(?<=\s)[+＋](?=\s)/u).map((piece) => termOf(piece.trim()));
  const known = new Set<string>();
  return terms.filter(({ phrases }) => {
    const name = phrases.map(({ text, openStart, openEnd }) => [text, openStart, openEnd].join(' ')).join('\n');
    return phrases.length > 0 && !known.has(name) && known.add(name);
  });
}

const QUOTES = '"“”„«»';
const TERM = new RegExp(`^(?<opened>[${QUOTES}]*)\\s*(?<text>.*?)\\s*(?<closed>[${QUOTES}]*)$`, 'su');

function termOf(piece: string): SearchTerm {
  const { opened = '', text = '', closed = '' } = TERM.exec(piece)?.groups ?? {};
  return searchTerm({ text, openStart: opened === '', openEnd: closed === '' });
}

/** Words as a term; without phrases where there is nothing to search for. */
export const searchTerm = ({ text, ...edges }: Pick<Phrase, 'text' | 'openStart' | 'openEnd'>): SearchTerm => ({
  phrases: readings(text).flatMap((folded) => phraseOf(folded.text, edges)),
});

function phraseOf(text: string, { openStart, openEnd }: Pick<Phrase, 'openStart' | 'openEnd'>): Phrase[] {
  const tokens = Array.from(tokensOf(text), (token) => token.text);
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [{ tokens, text, openStart: !isWord(first) || openStart, openEnd: !isWord(last) || openEnd }];
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Occurrences of a phrase in folded text, from left to right, without overlap. UTF-16 code units of the folded text.
 */
export function* findPhrase(folded: string, { text, openStart, openEnd }: Phrase): Generator<Span> {
  for (let start = folded.indexOf(text); start >= 0;) {
    const end = start + text.length;
    // Any character fits in two units.
    const isMatch =
      (openStart || !ENDS_IN_WORD.test(folded.slice(Math.max(0, start - 2), start))) &&
      (openEnd || !STARTS_IN_WORD.test(folded.slice(end, end + 2)));
    if (isMatch) yield { start, end };
    start = folded.indexOf(text, isMatch ? end : start + 1);
  }
}
const ENDS_IN_WORD = new RegExp(`${IN_WORD}$`, 'v');
const STARTS_IN_WORD = new RegExp(`^${IN_WORD}`, 'v');
