import type { LayerEngine } from '../model/index.ts';

/** A stretch of a layer's text: UTF-16 code units, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * What a line end in a text means. `hard`: every line is a paragraph, as in frozen pages, where only blocks and rows are
 * separated. `soft`: lines were broken to fit a page, so that most line ends are nothing but spaces, or nothing at all.
 */
export type LineEnds = 'hard' | 'soft';

const isSpace = (unit: string): boolean => /\s/u.test(unit);
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;
/** A stop, with what may close after it, at the end of a line. */
const ENDS_SENTENCE = /[.。．｡！？!?؟۔…：:；;][\p{Pe}\p{Pf}"'”’」』]*$/u;
/** “一、”, “（三）”, “第二条”, “2.”, “•”: what begins a paragraph of a list. */
const BEGINS_ITEM =
  /^(?:[（(]?[一二三四五六七八九十百]+[）)、]|第[一二三四五六七八九十百零〇\d]+[章节条款部编]|[（(]?\d{1,3}(?:[)）、]|[.．](?!\d))|[•●○▪■◆·–—-]\s)/u;
const BEGINS_INDENTED = /^(?:\u3000|\t| {2,}|\u00a0{2,})/;

/** A line this much shorter than its neighbours ended where its writer ended it. */
const SHORT = 0.72;
/** The same after a stop: ragged right margins leave a line at nine tenths. */
const SHORT_AFTER_STOP = 0.86;
/** What is no full line before an item of a list ended before it. */
const FULL = 0.94;
/** How many lines on either side say how wide the column is. */
const NEIGHBOURS = 6;

/** How the line ends of a layer's text are to be read. */
export function lineEndsOf(engine: LayerEngine, text: string): LineEnds {
  switch (engine) {
    case 'pdfium':
    case 'pdfjs':
      return 'soft';
    case 'frozen-page':
    case 'image':
    case 'picture':
      return 'hard';
    case 'plain-text':
      return looksWrapped(text) ? 'soft' : 'hard';
  }
}

/** A file whose lines end in the middle of sentences, all at about one width, was broken to that width. */
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
  /** How wide it looks: a Chinese character counts two. */
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
 * The paragraphs of a text: stretches that follow each other without a gap from its beginning to its end, each with the white
 * space after it. Blank lines part them; so does every line end of a `hard` text, and of a `soft` one those after a line that
 * ends well before its neighbours do (a heading, the last line of a paragraph), or before one that is indented or begins an
 * item of a list. A stretch without a letter or digit belongs to the one before it. An empty text has none.
 */
export function paragraphsOf(text: string, lineEnds: LineEnds): Stretch[] {
  const lines = linesOf(text);
  const ends: number[] = [];
  lines.forEach((line, at) => {
    const next = lines[at + 1];
    if (next === undefined || line.width === 0 || next.width === 0) ends.push(line.end);
    else if (lineEnds === 'hard' || endsParagraph(line, next, columnAt(lines, at))) ends.push(line.end);
  });
  return tiles(text, { start: 0, end: text.length }, ends);
}

/** The widest of the lines about it, but for one that sticks out. */
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
 * `whole` cut at `ends` (ascending), each piece grown over the white space after it and over what says nothing: a line of
 * dashes is no paragraph. What says nothing at the beginning belongs to what follows.
 */
export function tiles(text: string, whole: Stretch, ends: readonly number[]): Stretch[] {
  const out: { start: number; end: number }[] = [];
  let start = whole.start;
  let opening = true;
  for (const given of [...ends, whole.end]) {
    let end = given;
    while (end < whole.end && isSpace(text.charAt(end))) end++;
    if (end <= start) continue;
    const before = out.at(-1);
    const says = SAYS_SOMETHING.test(text.slice(start, end));
    if (before !== undefined && (opening || !says)) before.end = end;
    else out.push({ start, end });
    opening = opening && !says;
    start = end;
  }
  return out;
}

/** A stretch without the white space at its edges; empty where it has nothing else. */
export function trimmed(text: string, { start, end }: Stretch): Stretch {
  let first = start;
  let last = end;
  while (first < last && isSpace(text.charAt(first))) first++;
  while (last > first && isSpace(text.charAt(last - 1))) last--;
  return { start: first, end: last };
}
