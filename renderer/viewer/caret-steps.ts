import type { EdgeStep, TextRange } from './types.ts';

const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How much text before and after an offset is examined, UTF-16 code units: more than any word has. */
const REACH = 256;
const HAN = /^\p{Script=Han}$/u;

/** Text around an offset, without line breaks inside Chinese words, and the offset of each of its code units. */
interface Window {
  readonly text: string;
  readonly places: readonly number[];
}

function windowAt(text: string, at: number): Window {
  const from = Math.max(0, at - REACH);
  const to = Math.min(text.length, at + REACH);
  const places: number[] = [];
  let kept = '';
  for (let place = from; place < to; place++) {
    const unit = text.charAt(place);
    // Lines break inside Chinese words without a hyphen, so a break between two Han characters does not separate them.
    if (unit === '\n' && HAN.test(text.charAt(place - 1)) && HAN.test(text.charAt(place + 1))) continue;
    kept += unit;
    places.push(place);
  }
  return { text: kept, places };
}

/**
 * The word (or run of spaces, or punctuation) at the unit `at`, found by ICU in the canonical text: it knows Chinese
 * words, and a word may continue on the next line.
 */
export function wordAround(text: string, at: number): TextRange {
  if (text.length === 0) return { start: 0, end: 0 };
  const unit = Math.min(Math.max(at, 0), text.length - 1);
  const { text: near, places } = windowAt(text, unit);
  const here = places.findIndex((place) => place >= unit);
  const word = words.segment(near).containing(here === -1 ? near.length - 1 : here);
  if (word === undefined) return { start: unit, end: unit + 1 };
  const start = places[word.index] ?? unit;
  const last = places[word.index + word.segment.length - 1] ?? unit;
  return { start, end: last + 1 };
}

/** The end of the next word or the start of the previous one, skipping spaces and punctuation: for Ctrl+Arrow. */
export function wordStep(text: string, at: number, forward: boolean): number {
  let place = at;
  while (forward ? place < text.length : place > 0) {
    const word = wordAround(text, forward ? place : place - 1);
    place = forward ? Math.max(word.end, place + 1) : Math.min(word.start, place - 1);
    if (/[\p{L}\p{N}]/u.test(text.slice(word.start, word.end))) break;
  }
  return place;
}

/** The next or previous caret position: never inside a surrogate pair or between a letter and its marks. */
export function caretStep(text: string, at: number, forward: boolean): number {
  if (forward) {
    const first = graphemes
      .segment(text.slice(at, at + REACH))
      [Symbol.iterator]()
      .next();
    return first.done === true ? text.length : at + first.value.segment.length;
  }
  const from = Math.max(0, at - REACH);
  const near = text.slice(from, at);
  const last = near.length === 0 ? undefined : graphemes.segment(near).containing(near.length - 1);
  return last === undefined ? 0 : from + last.index;
}

/**
 * The new offset of a passage’s edge that is moved by one character or word, in the order of the text whatever its
 * direction on the screen. Stops at the ends of the text.
 */
export function stepIn(text: string, offset: number, by: EdgeStep, forward: boolean): number {
  const from = Math.min(Math.max(offset, 0), text.length);
  return by === 'word' ? wordStep(text, from, forward) : caretStep(text, from, forward);
}

/** The offset nearest to `at` that is not inside a grapheme. */
export function graphemeBorder(text: string, at: number): number {
  const from = Math.max(0, at - REACH);
  const grapheme = graphemes.segment(text.slice(from, at + REACH)).containing(at - from);
  if (grapheme === undefined) return Math.min(Math.max(at, 0), text.length);
  const start = from + grapheme.index;
  const end = start + grapheme.segment.length;
  return at - start <= end - at ? start : end;
}

/** The paragraph of a plain text at the offset `at`, without the line feed that ends it. */
export function paragraphAround(text: string, at: number): TextRange {
  const start = at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return { start, end: end === -1 ? text.length : end };
}

/** A move of the caret by a key. Left and right are directions on the screen, whatever the direction of the text. */
export type CaretMove =
  | { readonly by: 'character' | 'word'; readonly to: 'left' | 'right' }
  | { readonly by: 'line' | 'lineEnd' | 'page' | 'text'; readonly to: 'backward' | 'forward' };

/** The move of a key, the same in every view; null for any other key. */
export function caretMove(key: string, wordwise: boolean): CaretMove | null {
  switch (key) {
    case 'ArrowLeft':
      return { by: wordwise ? 'word' : 'character', to: 'left' };
    case 'ArrowRight':
      return { by: wordwise ? 'word' : 'character', to: 'right' };
    case 'ArrowUp':
      return { by: 'line', to: 'backward' };
    case 'ArrowDown':
      return { by: 'line', to: 'forward' };
    case 'Home':
      return { by: wordwise ? 'text' : 'lineEnd', to: 'backward' };
    case 'End':
      return { by: wordwise ? 'text' : 'lineEnd', to: 'forward' };
    case 'PageUp':
      return { by: 'page', to: 'backward' };
    case 'PageDown':
      return { by: 'page', to: 'forward' };
    default:
      return null;
  }
}
