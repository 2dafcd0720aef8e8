import { FROZEN_PRINT_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import type { Frame } from '../../viewer/page/frame-style.ts';
import { addAppStyles, createElement, fontsReady, paperRules, PrintFrame } from '../../viewer/print/print-frame.ts';
import type { Words } from '../strings/use-translation.ts';
import { drawChart } from './draw.ts';
import type { Chart, ChartCuts, ChartNote, ChartTable } from './chart.ts';

/** Width of the picture, in CSS pixels: fits between the margins of A4 and of Letter. */
const WIDTH = 680;
/** The most columns of a printed table; further columns follow in another table, which repeats the first column. */
const MOST_COLUMNS = 9;
/** The greatest height of a picture below its title, in CSS pixels: fits a sheet of Letter, which is lower than A4. */
const HIGHEST = 800;
/** Room above the picture for the years of its axis, in CSS pixels. */
const ABOVE = 16;
const SVG = 'http://www.w3.org/2000/svg';

export interface PrintedChart {
  readonly chart: Chart;
  readonly note: ChartNote;
  /** The legend of the chart’s signs. */
  readonly legend: string;
}

/**
 * Prints a chart in black and white, with its note and its table. People have pseudonyms, since printed sheets are handed on. Resolves once
 * the system’s print dialog was requested.
 */
export async function printChart(printed: PrintedChart, t: Words): Promise<void> {
  const frame = await PrintFrame.open(FROZEN_PRINT_SANDBOX);
  await writeChart(frame.frame, printed, t);
  frame.print();
}

async function writeChart(frame: Frame, { chart: named, note, legend }: PrintedChart, t: Words): Promise<void> {
  const chart = named.pseudonymous ?? named;
  const footer = { title: note.project, sha256: note.head ?? '–' };
  await addAppStyles(frame, chart.title, paperRules(footer, t('charts.state')));
  frame.document.body.append(
    createElement(
      frame,
      'main',
      { class: 'printed-chart' },
      createElement(frame, 'h1', { dir: 'auto' }, chart.title),
      createElement(frame, 'div', { class: 'chart-picture' }, ...picturesOf(chart, frame)),
      ...codesOf(chart, frame),
      createElement(frame, 'p', { class: 'printed-legend' }, legend),
      createElement(frame, 'p', { class: 'printed-counted', dir: 'auto' }, note.pseudonymous),
      createElement(frame, 'h2', {}, t('charts.sameNumbers')),
      ...partsOf(chart.table).map((part) => tableOf(frame, part, chart.title)),
    ),
  );
  await fontsReady(frame);
}

/** The picture, cut into one part a sheet. A picture that can’t be cut is made smaller by its style; the table still has its numbers. */
function picturesOf(chart: Chart, { document }: Frame): SVGElement[] {
  const whole = document.importNode(drawChart(chart, WIDTH, 'print', true), true);
  const high = Number(whole.getAttribute('height'));
  const cuts = high > HIGHEST ? chart.cuts?.({ width: WIDTH, pattern: () => 'none', isPlain: true }) : undefined;
  const part = (from: number, to: number, at: number): SVGElement => {
    const copy = document.createElementNS(SVG, 'svg');
    const size = { y: String(at), width: String(WIDTH), height: String(to - from) };
    const seen = `0 ${String(from)} ${String(WIDTH)} ${size.height}`;
    for (const [name, value] of Object.entries({ ...size, viewBox: seen })) copy.setAttribute(name, value);
    copy.append(...[...whole.childNodes].map((child) => child.cloneNode(true)));
    return copy;
  };
  const named = (svg: SVGElement, height: number): SVGElement => {
    svg.setAttribute('viewBox', `0 0 ${String(WIDTH)} ${String(height)}`);
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', chart.title);
    return svg;
  };
  if (cuts === undefined) return [named(whole, high)];
  const head = cuts.head + ABOVE;
  return sheetParts(cuts, HIGHEST).map(([from, to]) => {
    const height = head + to - from;
    const sheet = document.createElementNS(SVG, 'svg');
    // Fonts and text alignment are attributes of the whole picture: each part needs a copy.
    for (const { name, value } of whole.attributes) if (name !== 'xmlns') sheet.setAttribute(name, value);
    sheet.setAttribute('class', 'printed-rows');
    sheet.setAttribute('height', String(height));
    sheet.append(part(-ABOVE, cuts.head, 0), part(from, to, head));
    return named(sheet, height);
  });
}

/**
 * Groups rows into sheets: returns the upper and lower edge of each part, at most `most` high including the head. A single row may be
 * higher.
 */
export function sheetParts({ head, rows }: ChartCuts, most: number): (readonly [from: number, to: number])[] {
  const parts: [number, number][] = [];
  let from = head;
  for (const [at, edge] of rows.entries()) {
    const next = rows[at + 1];
    if (next !== undefined && head + next - from <= most) continue;
    parts.push([from, edge]);
    from = edge;
  }
  return parts;
}

/** The names of the categories whose codes are in the picture. */
function codesOf({ codes = [] }: Chart, frame: Frame): HTMLElement[] {
  if (codes.length === 0) return [];
  const words = codes.flatMap(({ code, name }) => [
    createElement(
      frame,
      'span',
      { class: 'printed-family' },
      createElement(frame, 'span', { class: 'mono' }, code),
      ' ',
      createElement(frame, 'bdi', {}, name),
    ),
    ' ',
  ]);
  return [createElement(frame, 'p', { class: 'printed-families' }, ...words)];
}

/** Splits a table into tables that are narrow enough for a sheet. */
function partsOf({ columns: [head = '', ...columns], rows }: ChartTable): ChartTable[] {
  const parts: ChartTable[] = [];
  for (let from = 0; from < Math.max(1, columns.length); from += MOST_COLUMNS)
    parts.push({
      columns: [head, ...columns.slice(from, from + MOST_COLUMNS)],
      rows: rows.map(([first = '', ...cells]) => [first, ...cells.slice(from, from + MOST_COLUMNS)]),
    });
  return parts;
}

type Cell = string | number | null;
function tableOf(frame: Frame, { columns, rows }: ChartTable, title: string): HTMLElement {
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
