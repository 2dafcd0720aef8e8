import type { Span } from './quote.ts';

/**
 * A text with folded white space: a run of it is one space, and none beside Chinese and Japanese, or at the text’s
 * beginning and end. Line breaks carry no meaning: a PDF laid out again, or OCR of a scan, breaks lines elsewhere.
 */
export interface SpaceFolded {
  readonly original: string;
  readonly text: string;
  /** The place of each code unit of `text` in the original. */
  readonly starts: Uint32Array;
}

export function foldSpaces(original: string): SpaceFolded {
  const { length } = original;
  const starts = new Uint32Array(length);
  const parts: string[] = [];
  let kept = 0;
  let wordFrom = 0;
  for (let at = 0; at < length;) {
    if (!isSpace(original.charCodeAt(at))) {
      starts[kept++] = at++;
      continue;
    }
    parts.push(original.slice(wordFrom, at));
    const from = at;
    while (at < length && isSpace(original.charCodeAt(at))) at++;
    wordFrom = at;
    if (kept === 0 || at === length || isWide(original, from - 1) || isWide(original, at)) continue;
    parts.push(' ');
    starts[kept++] = from;
  }
  parts.push(original.slice(wordFrom));
  return { original, text: parts.join(''), starts: starts.subarray(0, kept) };
}

/** Converts a span of the original to the folded text, without white space at its edges; null if nothing is left. */
export function spanIn({ text, starts }: SpaceFolded, span: Span): Span | null {
  let start = firstFrom(starts, span.start);
  let end = firstFrom(starts, span.end);
  if (start < end && text.charCodeAt(start) === SPACE) start++;
  if (start < end && text.charCodeAt(end - 1) === SPACE) end--;
  return start < end ? { start, end } : null;
}

/** Converts a span of the folded text, without spaces at its edges, to the original. */
export function spanBack({ original, starts }: SpaceFolded, { start, end }: Span): Span {
  return { start: starts[start] ?? original.length, end: (starts[end - 1] ?? original.length - 1) + 1 };
}

const SPACE = 0x20;

/** ECMAScript's white space and line ends. */
function isSpace(code: number): boolean {
  if (code < 0xa0) return code === SPACE || (code >= 9 && code <= 13);
  if (code < 0x1680) return code === 0xa0;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** Han, kana and their punctuation, beyond the basic plane too. */
function isWide(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const lead = code >= 0xdc00 && code < 0xe000 ? text.charCodeAt(at - 1) : code;
  return (
    (lead >= 0x2e80 && lead <= 0x9fff) ||
    (lead >= 0xf900 && lead <= 0xfaff) ||
    (lead >= 0xff00 && lead <= 0xffef) ||
    (lead >= 0xd840 && lead <= 0xd888)
  );
}

/** The first unit of the folded text at or after an offset of the original. */
function firstFrom(starts: Uint32Array, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
