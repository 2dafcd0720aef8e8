import { isWord, tokensOf } from '../../../shared/text/search-query.ts';

/** Values of {@link PARTS}: what a code unit of folded text is part of. */
const UNKNOWN = 0;
const WORD = 1;
const CHARACTER = 2;
const SPACE = 3;
/** Half of a surrogate pair. */
const HALF = 4;
type Part = typeof WORD | typeof CHARACTER | typeof SPACE | typeof HALF;

/** The kind of each code unit, in a table: regular expressions took most of the time of indexing. */
const PARTS = new Uint8Array(0x10000);

function partOf(code: number): number {
  const known = PARTS[code] ?? UNKNOWN;
  if (known !== UNKNOWN) return known;
  const part: Part = code === 0x20 ? SPACE : (code & 0xf800) === 0xd800 ? HALF : isOfWord(String.fromCharCode(code));
  PARTS[code] = part;
  return part;
}
function isOfWord(character: string): typeof WORD | typeof CHARACTER {
  const [token] = tokensOf(character);
  return token !== undefined && isWord(token.text) ? WORD : CHARACTER;
}

/** A word, or a single character: one of a script without spaces, or a sign. */
export interface TextToken {
  readonly at: number;
  readonly end: number;
  /** The code point of a single character; zero for a word. */
  readonly character: number;
  readonly isSpaced: boolean;
}

/**
 * Cuts folded text into tokens: all of it but spaces, so that the tokens and their places say all that the text says. One object
 * is used for all of them.
 */
export function eachToken(text: string, take: (token: TextToken) => void): void {
  const token = { at: 0, end: 0, character: 0, isSpaced: false };
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    const part = partOf(code);
    if (part === SPACE) {
      at++;
      continue;
    }
    let end = at + 1;
    token.character = code;
    if (part === HALF) {
      token.character = text.codePointAt(at) ?? 0;
      if (token.character > 0xffff) end++;
    }
    if (part === WORD || (part === HALF && isOfWord(text.slice(at, end)) === WORD)) {
      token.character = 0;
      end = wordEnd(text, end);
    }
    token.at = at;
    token.end = end;
    token.isSpaced = text.charCodeAt(end) === 0x20;
    take(token);
    at = end;
  }
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length) {
    const part = partOf(text.charCodeAt(end));
    if (part === WORD) end++;
    else if (part === HALF && (text.codePointAt(end) ?? 0) > 0xffff && isOfWord(text.slice(end, end + 2)) === WORD)
      end += 2;
    else break;
  }
  return end;
}
