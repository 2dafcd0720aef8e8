import { firstAfter } from '../figures/read-context.ts';
import { readFigures } from '../figures/read.ts';
import { numberedSentences, type Sentence } from '../figures/sentences.ts';
import { isUnseen } from '../model/person-name.ts';
import type { LineEnds, Stretch } from '../text/blocks.ts';
import { ownLines } from './own-lines.ts';
import { quotationsIn } from './quotations.ts';

/** A line that begins with `#`, as in Markdown; readers of other formats write headings so. */
export interface Heading extends Stretch {
  /** 1 to 6. */
  readonly level: number;
  /** Without the marks. */
  readonly text: string;
}
/** A sentence of a draft, or a heading that says something to check. */
export interface NumberedSentence extends Sentence {
  readonly text: string;
  readonly isHeading: boolean;
  /** The number, from 0, among sentences with the same words. With the words it finds the sentence again in a newer version. */
  readonly nth: number;
  /** The number, from 0, of the heading that the sentence is or is under; null before the first. */
  readonly heading: number | null;
  /**
   * The unbroken sentence, if line breaks split it: what people wrote about it before it was split belongs to this part too. Null if it is not
   * split.
   */
  readonly cutFrom: string | null;
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+([^\n]*?)[ \t]*#*[ \t]*$/gm;

export const headingsIn = (text: string): Heading[] =>
  Array.from(text.matchAll(HEADING), ({ index, 0: line, 1: marks = '', 2: words = '' }) => ({
    start: index,
    end: index + line.length,
    level: marks.length,
    text: words,
  }));

/**
 * The sentences of a draft in order, split at headings, without the white space around them and without front matter. Headings that contain
 * something to check are included. Which ones do depends on the text alone, so that it never changes.
 */
export function draftSentences(
  text: string,
  lineEnds: LineEnds,
): { headings: Heading[]; sentences: NumberedSentence[] } {
  const front = frontMatterOf(text);
  const headings = headingsIn(text).filter(({ start }) => front === null || start >= front.end);
  const gaps = front === null ? headings : [front, ...headings];
  const saying = sayingSomething(headings);
  const lines = ownLines(text);
  const seen = new Map<string, number>();
  let next = 0;
  const sentences = numberedSentences(text, lineEnds).flatMap((sentence) =>
    [...between(sentence, gaps), ...checkedIn(sentence, headings, saying, text)]
      .toSorted((one, other) => one.start - other.start)
      .flatMap((piece) => cutAtLines(text, piece, lines))
      .flatMap(({ start, end, cutFrom }): NumberedSentence[] => {
        const words = text.slice(start, end);
        while ((headings[next]?.start ?? Infinity) <= start) next++;
        const key = keyOf(words);
        const nth = seen.get(key) ?? 0;
        seen.set(key, nth + 1);
        const isHeading = next > 0 && start < (headings[next - 1]?.end ?? 0);
        return [
          { ...sentence, start, end, text: words, nth, isHeading, heading: next === 0 ? null : next - 1, cutFrom },
        ];
      }),
  );
  return { headings, sentences };
}

/** Pieces that have words, without white space around them. */
function cutAtLines(
  text: string,
  piece: Stretch,
  lines: readonly Stretch[],
): Pick<NumberedSentence, 'start' | 'end' | 'cutFrom'>[] {
  const whole = trimmed(text, piece);
  const pieces = between(whole, lines)
    .map((one) => trimmed(text, one))
    .filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(start, end)));
  const cutFrom = pieces.length > 1 ? text.slice(whole.start, whole.end) : null;
  return pieces.map(({ start, end }) => ({ start, end, cutFrom }));
}

/** The words of the headings that begin in a sentence and say something. */
function checkedIn({ start, end }: Stretch, headings: readonly Heading[], saying: ReadonlySet<Heading>, text: string) {
  return headings.slice(firstAfter(headings, start), firstAfter(headings, end)).flatMap((heading): Stretch[] => {
    if (!saying.has(heading)) return [];
    const at = text.indexOf(heading.text, heading.start);
    return [{ start: at, end: at + heading.text.length }];
  });
}

const NAMES_A_PLACE =
  /\p{Lu}[\p{L}’'-]+ (?:County|Prefecture|City|Township|Village|District|Province|Region)\b|[县市州乡镇村區区省縣鄉鎮]/u;
const HAS_CHINESE_TERM = /[A-Za-z].*[\u3400-\u9fff]{2}|[\u3400-\u9fff]{2}.*[A-Za-z]/;
const QUOTES = /[“"「『«‘']/;

/** The headings that contain a figure, a quotation, Chinese terms or the name of a place. */
function sayingSomething(headings: readonly Heading[]): Set<Heading> {
  // Reads all headings as one text, since starting to read takes longer than going on.
  const starts: { readonly start: number }[] = [];
  let text = '';
  for (const { text: words } of headings) {
    starts.push({ start: text.length });
    text += `${words}\n\n`;
  }
  const withFigures = new Set(
    readFigures(text, { lineEnds: 'hard' }).figures.map(({ start }) => firstAfter(starts, start + 1) - 1),
  );
  return new Set(
    headings.filter(
      ({ text: words }, at) =>
        withFigures.has(at) ||
        NAMES_A_PLACE.test(words) ||
        HAS_CHINESE_TERM.test(words) ||
        (QUOTES.test(words) && quotationsIn(words).length > 0),
    ),
  );
}

/** The block before a Markdown text with its title and other details, which are no sentences. */
export interface FrontMatter extends Stretch {
  readonly title: string | null;
}
const FRONT = /^\uFEFF?---[ \t]*\r?\n((?:[^\n]{0,2000}\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** Returns the front matter; null if the text does not begin with one. */
export function frontMatterOf(text: string): FrontMatter | null {
  const found = FRONT.exec(text);
  const lines = found?.[1] ?? '';
  if (found === null || !/^[\w-]+[ \t]*:/m.test(lines)) return null;
  const written = /^title[ \t]*:[ \t]*(.*?)[ \t\r]*$/im.exec(lines)?.[1] ?? '';
  const title = written.replace(/^(["'])(.*)\1$/, '$2').trim();
  return { start: 0, end: found[0].length, title: title === '' ? null : title };
}

/** The title of a draft: that of its front matter, or its first heading if that has level 1. Null if there is neither. */
export function titleOf(text: string): string | null {
  const front = frontMatterOf(text);
  const [first] = headingsIn(text.slice(front?.end ?? 0));
  const title = front?.title ?? (first?.level === 1 ? unmarked(first.text) : '');
  return isUnseen(title) ? null : title.slice(0, LONGEST_TITLE);
}
const LONGEST_TITLE = 500;
/** Removes the marks of Markdown for emphasis, code and links. */
const unmarked = (words: string): string =>
  words
    .replace(/!?\[([^\]]{0,400})\]\([^)]{0,400}\)/g, '$1')
    .replace(/[*`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '')
    .trim();

/** A key for sentences with the same words. Line ends, numbers of spaces and the lines of a table make no difference. */
export const keyOf = (words: string): string =>
  words
    .replace(/\|/g, ' | ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(RULE_OF_TABLE, '')
    .replace(/ (?:-{3,}|={3,})$/, '');
/** The line under the headings of a table, which older versions took as part of their sentence. */
const RULE_OF_TABLE = /(?<=\|) \|(?: :?-{3,}:? \|)+/;

/** The parts of a range outside the headings and the front matter. */
function between({ start, end }: Stretch, headings: readonly Stretch[]): Stretch[] {
  const pieces: Stretch[] = [];
  let from = start;
  // The heading before may reach into the range.
  for (const heading of headings.slice(Math.max(0, firstAfter(headings, start) - 1), firstAfter(headings, end))) {
    if (heading.end <= from) continue;
    if (heading.start > from) pieces.push({ start: from, end: heading.start });
    from = Math.max(from, heading.end);
  }
  if (from < end) pieces.push({ start: from, end });
  return pieces;
}

function trimmed(text: string, { start, end }: Stretch): Stretch {
  const words = text.slice(start, end);
  const from = start + words.length - words.trimStart().length;
  return { start: from, end: Math.max(from, start + words.trimEnd().length) };
}
