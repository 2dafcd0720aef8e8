import { type Chunk, PHRASE_TOKENS } from '../../db/search/search-index.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import { readings, type Folded } from '../../../shared/text/search-fold.ts';
import { tokensOf } from '../../../shared/text/search-query.ts';

/**
 * A layer is indexed by page. A page longer than one and a half times this (a saved web page, plain text) is cut at the end of
 * a line or word. Small, since a piece with a candidate is folded again to confirm it, in 1.6 ms.
 */
const PIECE = 8_000;

export function* chunksOf(file: LayerFile): Generator<Chunk> {
  for (const { page, start, end } of file.pages) {
    if (start === end) continue;
    if (end - start <= PIECE * 1.5) {
      yield { start, end, page };
      continue;
    }
    const text = file.pageText(page);
    for (let from = 0; from < text.length;) {
      const to = text.length - from <= PIECE * 1.5 ? text.length : cutAfter(text, from + PIECE / 2, from + PIECE);
      yield { start: start + from, end: start + to, page };
      from = to;
    }
  }
}

const IN_WORD = /[\p{L}\p{M}\p{N}\p{Cf}\p{Cs}-]/u;

/** The last end of a line in a range, else of a word, else of a character. */
function cutAfter(text: string, least: number, most: number): number {
  const line = text.lastIndexOf('\n', most - 1);
  if (line >= least) return line + 1;
  for (let at = most; at > least; at--) if (!IN_WORD.test(text.charAt(at - 1))) return at;
  return /[\uDC00-\uDFFF]/.test(text.charAt(most)) ? most + 1 : most;
}

/** How far a phrase can run into the next piece, in UTF-16 code units: enough for the tokens that the index is asked for. */
export const TAIL = 512;

/** A piece of text with its tail, since a phrase can run on. Offsets count from the start of the piece. */
export function windowOf(file: LayerFile, { start, end, page }: Chunk, tail: number = TAIL): string {
  const own = file.pages[page - 1];
  if (own === undefined) return '';
  let text = file.pageText(page).slice(start - own.start, end - own.start + tail);
  for (let next = page + 1; text.length < end - start + tail && next <= file.pages.length; next++)
    text += `\n${file.pageText(next)}`;
  return text.slice(0, end - start + tail);
}

/** The text to index for a piece: its own tokens, and as many of the tail as the index is asked for. */
export function wordsToIndex(text: string, own: number): string[] {
  return readings(text).map((reading) => cut(reading, own));
}

function cut({ text, starts }: Folded, own: number): string {
  let ownEnd = text.length;
  while (ownEnd > 0 && (starts[ownEnd - 1] ?? 0) >= own) ownEnd--;
  let more = 0;
  for (const token of tokensOf(text.slice(ownEnd))) {
    more++;
    if (more > PHRASE_TOKENS) return text.slice(0, ownEnd + token.at);
  }
  return text;
}
