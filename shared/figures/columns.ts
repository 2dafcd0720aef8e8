import type { Stretch } from '../text/blocks.ts';
import type { FigureKind } from './figure.ts';
import { firstAfter } from './read-context.ts';
import { unitAfter } from './read-unit.ts';
import { ZH_UNITS } from './units.ts';

/** A cell of a table that begins with a number, with its heading and the label of its row. */
export interface TableCell extends Stretch {
  readonly row: Stretch;
  readonly heading: Stretch;
  readonly label: Stretch;
  /** The unit in brackets in the heading or in the label of the row, or from the column of units. */
  readonly unit: string | null;
}

/** A row with more cells is taken to be no table. */
const MOST_CELLS = 64;
const LONGEST_ROW = 4000;
const LONGEST_HEADING = 60;
const DASHES = /^[\s|:-]+$/;
const NUMBER = /^[-−+]?\d/;
const YEAR = /^(?:19|20)\d\d(?![\d,.])/;
const UNIT_COLUMN = /^(?:计量)?单位$|^units?$/i;
const IN_BRACKETS = /[(（]([^()（）]{1,24})[)）]\s*$/;
const UNIT_WORDS = new Map(ZH_UNITS);

interface Row extends Stretch {
  readonly cells: readonly Stretch[];
  readonly mark: '\t' | '|';
}

/**
 * The cells of tables whose rows are lines, with a tab or `|` between cells, under one heading or more. A row is read where it has a
 * cell for each heading: a saved page leaves empty cells out, so that nobody can say under which heading the others stand.
 */
export function cellsOfTables(text: string): readonly TableCell[] {
  const found: TableCell[] = [];
  let headings: Row | null = null;
  let before: Row | null = null;
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const row = rowOf(text, start, end);
    start = end + 1;
    if (row === null || before?.mark !== row.mark) headings = null;
    if (row !== null && DASHES.test(text.slice(row.start, row.end))) continue;
    // If headings of groups stand above headings of columns, the last row of headings counts.
    if (row !== null && (before === null || before === headings) && isHeading(text, row)) headings = row;
    else if (row !== null && headings !== null) found.push(...cellsOf(text, row, headings));
    before = row;
  }
  return found;
}

function rowOf(text: string, start: number, end: number): Row | null {
  if (end - start > LONGEST_ROW) return null;
  const line = text.slice(start, end);
  const mark = line.trimStart().startsWith('|') ? '|' : '\t';
  const ends = line.split(mark);
  if (ends.length < 2 || ends.length > MOST_CELLS) return null;
  let at = start;
  const cells = ends.map((cell) => {
    const from = at;
    at += cell.length + 1;
    return { start: from + (cell.length - cell.trimStart().length), end: from + cell.trimEnd().length };
  });
  return {
    start,
    end,
    mark,
    cells: mark === '|' ? cells.slice(1, line.trimEnd().endsWith('|') ? -1 : undefined) : cells,
  };
}

const words = (text: string, { start, end }: Stretch): string => text.slice(start, Math.max(start, end));

const isHeading = (text: string, { cells }: Row): boolean =>
  cells.some((cell) => cell.end > cell.start) &&
  cells.every((cell) => {
    const said = words(text, cell);
    return said.length <= LONGEST_HEADING && (!NUMBER.test(said) || YEAR.test(said));
  });

function cellsOf(text: string, row: Row, { cells: headings }: Row): TableCell[] {
  const [label] = row.cells;
  const [first] = headings;
  if (label === undefined || first === undefined) return [];
  // A saved page omits an empty corner cell too: the first heading then belongs to the second cell.
  const isCornered = !NUMBER.test(words(text, label)) && saysOfColumn(words(text, first));
  if (row.cells.length !== headings.length + (isCornered ? 1 : 0)) return [];
  const units = headings.findIndex((heading) => UNIT_COLUMN.test(words(text, heading)));
  const unitCell = units < 0 ? undefined : row.cells[units + (isCornered ? 1 : 0)];
  const unitOfRow = unitNamed(unitCell === undefined ? inBrackets(words(text, label)) : words(text, unitCell));
  return row.cells.flatMap((cell, at): TableCell[] => {
    const heading = headings[at - (isCornered ? 1 : 0)];
    if (heading === undefined || !NUMBER.test(words(text, cell))) return [];
    return [{ ...cell, row, heading, label, unit: unitNamed(inBrackets(words(text, heading))) ?? unitOfRow }];
  });
}

const inBrackets = (said: string): string => IN_BRACKETS.exec(said)?.[1] ?? '';

function unitNamed(said: string): string | null {
  return said === '' ? null : (UNIT_WORDS.get(said) ?? unitAfter(` ${said}`).unit);
}

/** The cell around a figure. */
export function cellAt(cells: readonly TableCell[], { start, end }: Stretch): TableCell | null {
  const cell = cells[firstAfter(cells, start + 1) - 1];
  return cell !== undefined && cell.start <= start && end <= cell.end ? cell : null;
}

/** What headings of columns say about the kind of their figures. The first match counts. */
const HEADINGS: readonly (readonly [kind: FigureKind, words: RegExp])[] = [
  [
    'comparison',
    /完成(?:率|比例|百分比|(?:年度|全年)?(?:计划|目标|任务)的?[(（]?%)|占比|占[^地用]{0,8}(?:%|比重|比例)|增长|增减|增幅|同比|较上年|比上年|\b(?:change|growth|increase|decrease|completion|share|difference)\b|(?:%|per ?cent(?:age)?) of\b/i,
  ],
  ['actual', /实际|实绩|任务完成|\b(?:actual(?:ly)?|achieved|outcome)\b/i],
  ['quota', /任务|下达|配额|定额|名额|预算数|\b(?:quotas?|tasks?|assigned)\b/i],
  [
    'plan',
    /计划(?!生育|单列)|目标|预计|预期|拟(?!定)|规划|预测|\b(?:plan(?:ned|s)?|targets?|goals?|project(?:ed|ions?)|forecasts?|expected)\b/i,
  ],
  ['actual', /完成/],
];
export const kindOfHeading = (said: string): FigureKind | null =>
  HEADINGS.find(([, cue]) => cue.test(said))?.[0] ?? null;
const saysOfColumn = (said: string): boolean => YEAR.test(said) || kindOfHeading(said) !== null;

/** A label may name a thing, such as 规划展览馆 (“planning exhibition hall”), so only its end may say a kind. */
const LABEL =
  /(?:计划|目标|任务|预计|预期|规划|指标|\b(?:plan|planned|target|goal|quota|projected|forecast|expected))(?:人?数|数量|总数|值|指标|任务)?$/i;
/** The kind that the label of a row gives its figures: “2024 target”, 年度计划数（人） (“planned number for the year (persons)”). */
export function kindOfLabel(label: string): FigureKind | null {
  if (label.length > LONGEST_HEADING) return null;
  const said = label.replace(IN_BRACKETS, '').trim();
  return LABEL.test(said) ? kindOfHeading(said) : null;
}
