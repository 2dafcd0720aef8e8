import type { Stretch } from '../text/blocks.ts';

const LINE = /[^\n]*\n?/g;
/** The line under the headings of a table, or under a heading. */
const RULE = /^ {0,3}(?:\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?|-{3,}|={3,})[ \t]*$/;
const ROW = /^ {0,3}\|.*\|[ \t]*$/;
const MAY_BE_HEADING = /^ {0,3}[\p{Lu}\p{N}\p{sc=Han}].*[\p{L}\p{N})）”"]$/u;
const BEGINS_SENTENCE = /^[“"「『(（]?[\p{Lu}\p{N}\p{sc=Han}]/u;
const NO_HEADING = /[。！？；]|[.!?;]\s|\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with)$/iu;
/** How many columns a heading must leave free beyond the next word or character. A heading that fills its line may have been broken there. */
const FREE = 2;
const HAN = /[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60]/g;

const widthOf = (words: string): number => words.length + (words.match(HAN)?.length ?? 0);

/**
 * Finds the lines of a draft that stand alone, whatever its line ends mean elsewhere: rows of tables with `|`, and headings without marks over
 * a paragraph whose lines were broken at a width. Lines that consist of a rule have no words. Returns ranges in order; an empty range only
 * separates.
 */
export function ownLines(text: string): Stretch[] {
  const gaps: Stretch[] = [];
  let block: { readonly start: number; readonly end: number; readonly words: string }[] = [];
  const endBlock = (): void => {
    const [first, second] = block;
    if (first !== undefined && second !== undefined && isHeadingOver(first.words, second.words, block))
      gaps.push({ start: second.start, end: second.start });
    block = [];
  };
  for (const { 0: line, index: start } of text.matchAll(LINE)) {
    const end = start + line.length;
    const words = line.trimEnd();
    const isRule = RULE.test(words);
    if (words === '' || isRule || ROW.test(words)) {
      endBlock();
      if (isRule) gaps.push({ start, end });
      else if (words !== '') gaps.push({ start, end: start }, { start: end, end });
    } else block.push({ start, end, words });
  }
  endBlock();
  return gaps.toSorted((one, other) => one.start - other.start);
}

/** Whether a line is a heading: the first word below would have fitted beside it, so the line was ended on purpose. */
function isHeadingOver(first: string, second: string, block: readonly { readonly words: string }[]): boolean {
  if (!MAY_BE_HEADING.test(first) || NO_HEADING.test(first) || !BEGINS_SENTENCE.test(second.trimStart())) return false;
  const widest = block.reduce((most, { words }) => Math.max(most, widthOf(words)), 0);
  const next = /^\p{sc=Han}/u.test(second) ? '　' : ` ${/^\S+/.exec(second.trimStart())?.[0] ?? ''}`;
  return widthOf(first) + widthOf(next) + (next === '　' ? FREE : 0) <= widest;
}
