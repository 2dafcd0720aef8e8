import { Fault } from '../../../shared/errors.ts';
import { sha256 } from '../../../shared/model/index.ts';
import { lengthAt, spanOf, type Matches } from '../../db/search/matches.ts';
import { encodeMap, readMap } from '../../db/search/offset-map.ts';
import type { Chunk, LayerText } from '../../db/search/search-index.ts';
import { contentsLines } from '../../../shared/text/contents-line.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import { endOfUnit } from '../../../shared/text/fold.ts';
import { foldForSearch, type Folded } from '../../../shared/text/search-fold.ts';
import type { Span } from '../../../shared/text/search-query.ts';
import type { Originals } from '../../project/files/originals.ts';
import { fileOf } from '../../project/sources/layers.ts';

/**
 * A layer is indexed by page. A page longer than one and a half times this (a saved web page, plain text) is cut at the end of
 * a line or word. Small, since a query of pairs or hyphens reads and folds a piece as a whole.
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

/** How far a match is read into the next piece, in UTF-16 code units. */
const TAIL = 512;

/** A piece of text with its tail, since a phrase can run on. Offsets count from the start of the piece. */
export function windowOf(file: LayerFile, { start, end, page }: Chunk, tail: number = TAIL): string {
  const own = file.pages[page - 1];
  if (own === undefined) return '';
  let text = textOf(file, page).slice(start - own.start, end - own.start + tail);
  for (let next = page + 1; text.length < end - start + tail && next <= file.pages.length; next++)
    text += `\n${textOf(file, next)}`;
  return text.slice(0, end - start + tail);
}

/** The page read last. A long page has many pieces, and decoding all of it for each would take the square of its length. */
let lastPage: { readonly file: LayerFile; readonly page: number; readonly text: string } | null = null;
function textOf(file: LayerFile, page: number): string {
  if (lastPage?.file !== file || lastPage.page !== page) lastPage = { file, page, text: file.pageText(page) };
  return lastPage.text;
}

/** What follows a piece decides how its last characters are folded: a space, a hyphen. */
const AFTER = 64;

/** The folded text of a layer, with its pieces and lines of tables of contents. */
export function layerText(file: LayerFile, progress: () => void): Omit<LayerText, 'layer' | 'source'> {
  const parts: string[] = [];
  const joins: number[] = [];
  const contents: number[] = [];
  const chunks: LayerText['chunks'][number][] = [];
  let at = 0;
  const all = [...chunksOf(file)];
  for (const [n, chunk] of all.entries()) {
    const window = windowOf(file, chunk);
    const own = chunk.end - chunk.start;
    const folded = foldForSearch(window.slice(0, own + AFTER), 'ignored');
    // The line feed between two pages belongs to neither, but it is a space between their words.
    const next = all[n + 1];
    const end = unitAt(folded.starts, next === undefined ? own : next.start - chunk.start);
    for (const [from, to] of contentsLines(window, own))
      contents.push(at + unitAt(folded.starts, from), at + unitAt(folded.starts, Math.min(to, own)));
    for (const join of folded.joins) if (join <= end) joins.push(at + join);
    parts.push(folded.text.slice(0, end));
    chunks.push({ ...chunk, at, map: encodeMap(folded.starts.subarray(0, end)) });
    at += end;
    if (chunks.length % 50 === 0) progress();
  }
  return { text: parts.join(''), joins, contents, chunks };
}

/** The first folded unit that comes from this place of the original or a later one. */
export function unitAt(starts: Uint32Array, original: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < original) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A piece of a text with what follows it, and its foldings once they are needed. */
export interface Window {
  readonly text: string;
  /** As it is indexed. */
  folded: Folded | null;
  readings: readonly Folded[] | null;
}

/** A piece with enough after it for a match of this length, or a pair so far apart. Null if the layer's file is damaged, which verification reports. */
export function windowAt(files: Originals, hash: string, chunk: Chunk, longest: number, reach: number): Window | null {
  if (files !== keptOf) forget(files);
  const tail = Math.max(TAIL, longest * 3) + reach;
  const key = `${hash} ${chunk.start} ${tail}`;
  const kept = windows.get(key);
  if (kept !== undefined) return kept;
  try {
    const text = windowOf(fileOf(files, sha256.parse(hash)), chunk, tail);
    return keep(key, { text, folded: null, readings: null });
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.data.code === 'DAMAGED') return null;
    throw thrown;
  }
}

/**
 * Where matches in the folded text of a piece, which is so long, are in its text. The index knows, so that the piece need not be folded
 * again: that took most of the time of a search. Only what runs on into the next piece has to be.
 */
export function spansInWindow(window: Window, map: Uint8Array, matches: Matches, length: number): (n: number) => Span {
  const original = readMap(map);
  return (n) => {
    const start = matches.starts[n] ?? 0;
    const end = start + lengthAt(matches, n);
    if (end > length) return spanOf(matches, n, (window.folded ??= foldForSearch(window.text, 'ignored')));
    return { start: original(start), end: endOfUnit(window.text, original(end - 1)) };
  };
}

/** Recently read pieces, some 20 MB: the next page, or a query with one more letter, needs the same ones. */
const KEPT_UNITS = 1_500_000;
const windows = new Map<string, Window>();
let keptUnits = 0;
/** The project they are of: a thread has one open at a time. */
let keptOf: Originals | null = null;

function forget(files: Originals): void {
  keptOf = files;
  windows.clear();
  keptUnits = 0;
}

function keep(key: string, window: Window): Window {
  windows.set(key, window);
  keptUnits += window.text.length;
  for (const [oldest, { text }] of windows) {
    if (keptUnits <= KEPT_UNITS) break;
    windows.delete(oldest);
    keptUnits -= text.length;
  }
  return window;
}
