import { type Chunk, PHRASE_TOKENS } from '../../db/search/search-index.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import { readings, type Folded } from '../../../shared/text/search-fold.ts';
import { tokensOf } from '../../../shared/text/search-query.ts';

/**
 * Pieces a layer is indexed in: its pages; a page longer than one and a half times this (a saved web page, plain text)
 * is cut where a line or a word ends. Small, since what holds a hit is folded again to confirm it: 1.6 ms.
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

/** The last place in a range where a line ends, else a word; else where a character does. */
function cutAfter(text: string, least: number, most: number): number {
  const line = text.lastIndexOf('\n', most - 1);
  if (line >= least) return line + 1;
  for (let at = most; at > least; at--) if (!IN_WORD.test(text.charAt(at - 1))) return at;
  return /[\uDC00-\uDFFF]/.test(text.charAt(most)) ? most + 1 : most;
}

/** What a phrase may reach into the next piece by, in UTF-16 code units: enough for the tokens asked of the index. */
export const TAIL = 512;

/** A piece of text with what follows it, as a phrase may run on; offsets in it count from the piece's start. */
export function windowOf(file: LayerFile, { start, end, page }: Chunk, tail: number = TAIL): string {
  const own = file.pages[page - 1];
  if (own === undefined) return '';
  let text = file.pageText(page).slice(start - own.start, end - own.start + tail);
  for (let next = page + 1; text.length < end - start + tail && next <= file.pages.length; next++)
    text += `\n${file.pageText(next)}`;
  return text.slice(0, end - start + tail);
}

/** What is indexed of a window: its own tokens, and so many of what follows as are asked of the index. */
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
