import { FROZEN_PRINT_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import type { Frame } from '../../viewer/page/frame-style.ts';
import { addAppStyles, createElement, fontsReady, paperRules, PrintFrame } from '../../viewer/print/print-frame.ts';
import type { Words } from '../strings/use-translation.ts';
import { drawFigure } from './draw.ts';
import type { Figure, FigureNote, FigureTable } from './figure.ts';

/** Between the margins of A4 and of Letter, CSS pixels. */
const WIDTH = 680;
/** A table with more columns goes on below, with its first column again. */
const MOST_COLUMNS = 9;

export interface PrintedFigure {
  readonly figure: Figure;
  readonly note: FigureNote;
  /** What its signs mean. */
  readonly legend: string;
}

/**
 * Prints a figure in black and white, with what was counted and its table. Persons have pseudonyms: what is printed is handed on. Resolves when
 * the system’s print dialog was asked for.
 */
export async function printFigure(printed: PrintedFigure, t: Words): Promise<void> {
  const frame = await PrintFrame.open(FROZEN_PRINT_SANDBOX);
  await writeFigure(frame.frame, printed, t);
  frame.print();
}

async function writeFigure(frame: Frame, { figure: named, note, legend }: PrintedFigure, t: Words): Promise<void> {
  const figure = named.pseudonymous ?? named;
  const footer = { title: note.project, sha256: note.head ?? '–' };
  await addAppStyles(frame, figure.title, paperRules(footer, t('charts.state')));
  const svg = frame.document.importNode(drawFigure(figure, WIDTH, 'print', true), true);
  // One that is higher than a sheet is made smaller; its numbers are in the table, too.
  svg.setAttribute('viewBox', `0 0 ${String(WIDTH)} ${svg.getAttribute('height') ?? ''}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', figure.title);
  frame.document.body.append(
    createElement(
      frame,
      'main',
      { class: 'printed-figure' },
      createElement(frame, 'h1', { dir: 'auto' }, figure.title),
      createElement(frame, 'div', { class: 'chart-picture' }, svg),
      createElement(frame, 'p', { class: 'printed-legend' }, legend),
      createElement(frame, 'p', { class: 'printed-counted', dir: 'auto' }, note.pseudonymous),
      createElement(frame, 'h2', {}, t('charts.sameNumbers')),
      ...partsOf(figure.table).map((part) => tableOf(frame, part, figure.title)),
    ),
  );
  await fontsReady(frame);
}

/** A table as tables that are narrow enough for a sheet. */
function partsOf({ columns: [head = '', ...columns], rows }: FigureTable): FigureTable[] {
  const parts: FigureTable[] = [];
  for (let from = 0; from < Math.max(1, columns.length); from += MOST_COLUMNS)
    parts.push({
      columns: [head, ...columns.slice(from, from + MOST_COLUMNS)],
      rows: rows.map(([first = '', ...cells]) => [first, ...cells.slice(from, from + MOST_COLUMNS)]),
    });
  return parts;
}

type Cell = string | number | null;
function tableOf(frame: Frame, { columns, rows }: FigureTable, title: string): HTMLElement {
  const isNumber = columns.map((_, at) => at > 0 && rows.every((row) => typeof row[at] !== 'string'));
  const cell = (name: 'th' | 'td', at: number, scope: Readonly<Record<string, string>>, text: Cell): HTMLElement =>
    createElement(
      frame,
      name,
      { ...scope, ...(isNumber[at] === true ? { class: 'number' } : {}) },
      createElement(frame, 'bdi', {}, String(text ?? '–')),
    );
  return createElement(
    frame,
    'table',
    { 'aria-label': title },
    createElement(
      frame,
      'thead',
      {},
      createElement(frame, 'tr', {}, ...columns.map((column, at) => cell('th', at, { scope: 'col' }, column))),
    ),
    createElement(
      frame,
      'tbody',
      {},
      ...rows.map(([head = '', ...cells]) =>
        createElement(
          frame,
          'tr',
          {},
          cell('th', 0, { scope: 'row' }, head),
          ...cells.map((one, at) => cell('td', at + 1, {}, one)),
        ),
      ),
    ),
  );
}
