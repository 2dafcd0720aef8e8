import { type Folded, foldForSearch } from '../../../../shared/text/search-fold.ts';

export interface FindOptions {
  /** Matches start and end at word boundaries, in scripts that separate words with spaces. */
  readonly wholeWord: boolean;
  /** Matches case, width, variants and line breaks exactly. */
  readonly exact: boolean;
}

/** A text prepared for search, once and in a worker: folding a thousand pages takes most of a second. */
export interface Searchable {
  readonly text: string;
  readonly folded: Folded;
}

/**
 * Hyphens between letters are ignored in both the text and the query: they may be spelling, line breaks, or missing.
 */
const HYPHENS = 'ignored';
export const searchable = (text: string): Searchable => ({ text, folded: foldForSearch(text, HYPHENS) });

/** Letters, marks and digits of scripts that separate words with spaces. */
const IN_WORD = /[[\p{L}\p{M}\p{N}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]]/v;

/** The start and end of each match in turn, in order and without overlaps, in UTF-16 code units of the text. */
export function findIn({ text, folded }: Searchable, query: string, options: FindOptions): Uint32Array<ArrayBuffer> {
  const wanted = options.exact ? query : foldForSearch(query, HYPHENS).text;
  if (wanted.trim() === '') return new Uint32Array(0);
  const searched = options.exact ? text : folded.text;
  const matches: number[] = [];
  for (let at = searched.indexOf(wanted); at >= 0;) {
    const to = at + wanted.length;
    const start = options.exact ? at : (folded.starts[at] ?? 0);
    const end = options.exact ? to : (folded.ends[to - 1] ?? 0);
    const isMatch = !options.wholeWord || (isEdge(text, start) && isEdge(text, end));
    if (isMatch) matches.push(start, end);
    at = searched.indexOf(wanted, isMatch ? to : at + 1);
  }
  return Uint32Array.from(matches);
}

/** Whether this offset is not inside a word. */
function isEdge(text: string, at: number): boolean {
  const before = text.codePointAt(at - 1 - (isLowSurrogate(text.charCodeAt(at - 1)) ? 1 : 0));
  const after = text.codePointAt(at);
  const isWord = (point: number | undefined): boolean =>
    point !== undefined && IN_WORD.test(String.fromCodePoint(point));
  return at === 0 || !(isWord(before) && isWord(after));
}
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** Requests of the reader: first the text to fold, then queries. */
export type FindRequest =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'find'; readonly turn: number; readonly query: string; readonly options: FindOptions };
/** Start and end of each match in turn. */
export interface FindAnswer {
  readonly turn: number;
  readonly matches: Uint32Array<ArrayBuffer>;
}

let ready: Searchable | null = null;

self.addEventListener('message', ({ data }: MessageEvent<FindRequest>) => {
  if (data.kind === 'text') {
    ready = searchable(data.text);
    return;
  }
  if (ready === null) return;
  const matches = findIn(ready, data.query, data.options);
  const answer: FindAnswer = { turn: data.turn, matches };
  self.postMessage(answer, { transfer: [matches.buffer] });
});
