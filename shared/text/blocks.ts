import type { LayerEngine } from '../model/index.ts';

/** A range of a layer’s text: UTF-16 code units, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The meaning of line ends in a text. `hard`: every line is a paragraph, as in frozen pages, where only blocks and rows
 * are separated. `soft`: lines were broken to fit a page, so that most line ends mean a space, or nothing at all.
 */
export type LineEnds = 'hard' | 'soft';

const isSpace = (unit: string): boolean => /\s/u.test(unit);
const HAS_LETTERS = /[\p{L}\p{N}]/u;
/** Sentence-ending punctuation at the end of a line, with closing quotes or brackets. */
const ENDS_SENTENCE = /[.。．｡！？!?؟۔…：:；;][\p{Pe}\p{Pf}"'”’」』]*$/u;
/** “一、”, “（三）”, “第二条”, “2.”, “•”: the start of a list item. */
const BEGINS_ITEM =
  /^(?:[（(]?[一二三四五六七八九十百]+[）)、]|第[一二三四五六七八九十百零〇\d]+[章节条款部编]|[（(]?\d{1,3}(?:[)）、]|[.．](?!\d))|[•●○▪■◆·–—-]\s)/u;
const BEGINS_INDENTED = /^(?:\u3000|\t| {2,}|\u00a0{2,})/;

/** A line shorter than this share of its neighbours ends a paragraph. */
const SHORT = 0.72;
/** The same after the end of a sentence: ragged right margins leave lines at nine tenths. */
const SHORT_AFTER_STOP = 0.86;
/** The same before a list item. */
const FULL = 0.94;
/** Number of lines on either side that determine the column’s width. */
const NEIGHBOURS = 6;

/** The meaning of the line ends in a layer’s text. */
export function lineEndsOf(engine: LayerEngine, text: string): LineEnds {
  switch (engine) {
    case 'pdfium':
    case 'pdfjs':
      return 'soft';
    case 'frozen-page':
    case 'image':
    case 'picture':
    case 'docx':
      return 'hard';
    case 'plain-text':
      return looksWrapped(text) ? 'soft' : 'hard';
  }
}

/** A file whose lines end in mid-sentence, all at about one width, was wrapped at that width. */
const WIDEST_WRAPPED = 140;
function looksWrapped(text: string): boolean {
  const lines = linesOf(text);
  const widths = lines.map(({ width }) => width).toSorted((a, b) => a - b);
  const wide = widths[Math.floor(0.95 * (widths.length - 1))] ?? 0;
  if (wide > WIDEST_WRAPPED) return false;
  const followed = lines.filter(({ width }, at) => width > 0 && (lines[at + 1]?.width ?? 0) > 0);
  const broken = followed.filter(({ words, width }) => width >= SHORT * wide && !ENDS_SENTENCE.test(words));
  return broken.length >= 3 && broken.length >= 0.3 * followed.length;
}

interface Line extends Stretch {
  /** Without white space at its end. */
  readonly words: string;
  /** Visual width: a Chinese character counts as two. */
  readonly width: number;
}

/** The lines with their line feeds. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed + 1;
    const words = text.slice(start, end).trimEnd();
    lines.push({ start, end, words, width: widthOf(words) });
    start = end;
  }
  return lines;
}

function widthOf(words: string): number {
  const trimmed = words.trimStart();
  return (
    trimmed.length +
    (trimmed.match(/[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/g)?.length ?? 0)
  );
}

/**
 * The paragraphs of a text: ranges that cover it from beginning to end without gaps, each with the white space after it.
 * Blank lines separate them; so does every line end of a `hard` text, and in a `soft` one a line end after a line much
 * shorter than its neighbours (a heading, the last line of a paragraph), or before an indented line or a list item. A
 * range without a letter or digit joins the one before it. An empty text has none.
 */
export function paragraphsOf(text: string, lineEnds: LineEnds): Stretch[] {
  const lines = linesOf(text);
  const ends: number[] = [];
  lines.forEach((line, at) => {
    const next = lines[at + 1];
    if (next === undefined || line.width === 0 || next.width === 0) ends.push(line.end);
    else if (lineEnds === 'hard' || endsParagraph(line, next, columnAt(lines, at))) ends.push(line.end);
  });
  return cutAt(text, { start: 0, end: text.length }, ends);
}

/** The widest of the lines around it, not counting one that sticks out. */
function columnAt(lines: readonly Line[], at: number): number {
  const about = lines.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1).map(({ width }) => width);
  const [widest = 0, second = widest] = about.toSorted((a, b) => b - a);
  return second;
}

function endsParagraph(line: Line, next: Line, column: number): boolean {
  const stops = ENDS_SENTENCE.test(line.words);
  if (line.width < (stops ? SHORT_AFTER_STOP : SHORT) * column) return true;
  if (BEGINS_INDENTED.test(next.words)) return true;
  return (stops || line.width < FULL * column) && BEGINS_ITEM.test(next.words);
}

/**
 * Cuts `whole` at `ends` (ascending). Each piece includes the white space after it and following lines without letters or
 * digits, such as a line of dashes; at the beginning, those join the piece after them.
 */
export function cutAt(text: string, whole: Stretch, ends: readonly number[]): Stretch[] {
  const out: { start: number; end: number }[] = [];
  let start = whole.start;
  let opening = true;
  for (const given of [...ends, whole.end]) {
    let end = given;
    while (end < whole.end && isSpace(text.charAt(end))) end++;
    if (end <= start) continue;
    const before = out.at(-1);
    const hasLetters = HAS_LETTERS.test(text.slice(start, end));
    if (before !== undefined && (opening || !hasLetters)) before.end = end;
    else out.push({ start, end });
    opening = opening && !hasLetters;
    start = end;
  }
  return out;
}

/** A range without the white space at its edges; empty if there is nothing else. */
export function trimmed(text: string, { start, end }: Stretch): Stretch {
  let first = start;
  let last = end;
  while (first < last && isSpace(text.charAt(first))) first++;
  while (last > first && isSpace(text.charAt(last - 1))) last--;
  return { start: first, end: last };
}
