import { foldForSearch } from './search-fold.ts';

/**
 * What one types into a search, understood. Terms are parted by white space and all must be there; "words in quotes" are
 * one term; a star at a term's end stands for any ending. A term is a row of tokens: a Han, kana or Thai character is a
 * token of its own (those scripts write no spaces), any other run of letters and figures is one.
 */
export interface SearchTerm {
  readonly tokens: readonly string[];
  /** The last token may go on. */
  readonly prefix: boolean;
  /** A regular expression (flags `gv`) for it in folded text. */
  readonly pattern: string;
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

/** The terms of a query; none where there is nothing to search for. `prefix`: the last word is still being typed. */
export function parseQuery(query: string, prefix = false): readonly SearchTerm[] {
  const pieces = [...query.matchAll(/["“”«»]([^"“”«»]*)(?:["“”«»]|$)|[^\s"“”«»]+/gu)];
  const terms = pieces.flatMap((piece, index) => {
    const quoted = piece[1];
    const isLast = index === pieces.length - 1;
    const goesOn = quoted === undefined && (piece[0].endsWith('*') || (prefix && isLast && !/\s$/u.test(query)));
    const term = termOf(quoted ?? piece[0], goesOn);
    return term === null ? [] : [term];
  });
  return terms.filter((term, at) => terms.findIndex((other) => other.pattern === term.pattern) === at);
}

/** One letter begins a tenth of all words. */
const SHORTEST_PREFIX = 2;

function termOf(text: string, prefix: boolean): SearchTerm | null {
  const folded = foldForSearch(text, 'kept').text;
  const tokens = [...tokensOf(folded)];
  const last = tokens.at(-1);
  if (last === undefined) return null;
  const isAtEnd = last.at + last.text.length === folded.replace(/\*+$/, '').length;
  const goesOn = prefix && isAtEnd && last.text.length >= SHORTEST_PREFIX && !IS_ALONE.test(last.text);
  return { tokens: tokens.map((token) => token.text), prefix: goesOn, pattern: patternOf(tokens, goesOn) };
}

/** What stands between two tokens of a term may be another sign in the text, but not another word. */
function patternOf(tokens: readonly Token[], prefix: boolean): string {
  let pattern = '';
  let end = -1;
  let wasWord = false;
  for (const { text, at } of tokens) {
    const isWord = !IS_ALONE.test(text);
    if (end >= 0 && at > end) pattern += `[^\\p{L}\\p{M}\\p{N}]+`;
    else if (end < 0 && isWord) pattern += `(?<!${IN_WORD})`;
    // Letters, marks and figures mean nothing but themselves in a regular expression.
    pattern += text;
    end = at + text.length;
    wasWord = isWord;
  }
  return wasWord && !prefix ? `${pattern}(?!${IN_WORD})` : pattern;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a term stands in folded text, from left to right, none over another. UTF-16 code units of the folded text. */
export function* findTerm(folded: string, term: SearchTerm): Generator<Span> {
  for (const match of folded.matchAll(compiled(term.pattern)))
    yield { start: match.index, end: match.index + match[0].length };
}

const patterns = new Map<string, RegExp>();
const KEPT = 64;
function compiled(pattern: string): RegExp {
  const kept = patterns.get(pattern);
  if (kept !== undefined) return kept;
  const made = new RegExp(pattern, 'gv');
  if (patterns.size >= KEPT) patterns.clear();
  patterns.set(pattern, made);
  return made;
}
