import { languagesOfPage } from '../../../shared/text/run-language.ts';
import type { TextRun } from '../../../shared/text/page-geometry.ts';
import { runExtent, type PlacedText } from './geometry.ts';
import type { Box } from './matrix.ts';

/**
 * The selectable text over a painted page: one span per run, at one font size, placed by one matrix. It is invisible;
 * pointers use character boxes (geometry.ts), and the DOM selection is set from offsets. So the shapes of the browser’s
 * fonts do not matter, while copying, screen readers and the browser’s search get real text.
 *
 * The layer is in the page’s base space (points, y down, not rotated); zoom and rotation are one transform around it.
 */
export interface TextLayer {
  readonly element: HTMLElement;
  /** One per run; one for a text without runs. */
  readonly spans: readonly HTMLElement[];
  /** The offset (in the page's text) at which each span starts: every unit is in exactly one span. */
  readonly starts: readonly number[];
  readonly length: number;
}

/** Larger than any minimum font size set in a browser, which would make the matrices wrong. */
const FONT_SIZE = 20;

let measuring: OffscreenCanvasRenderingContext2D | null = null;
function widthOf(text: string, rightToLeft: boolean): number {
  measuring ??= new OffscreenCanvas(1, 1).getContext('2d');
  if (measuring === null) return text.length * FONT_SIZE;
  measuring.font = `${FONT_SIZE}px sans-serif`;
  measuring.direction = rightToLeft ? 'rtl' : 'ltr';
  return measuring.measureText(text).width || 1;
}

/** Builds the layer of a page whose box is `box`; `recorded` is the source’s language. */
export function buildTextLayer(page: PlacedText, box: Box, recorded: string | null = null): TextLayer {
  const element = document.createElement('div');
  element.className = 'text-layer';
  // The browser must not offer to translate the source.
  element.translate = false;
  const { runs } = page.geometry;
  const languageOf = languagesOfPage(page.text, recorded);
  const starts = runs.length === 0 ? (page.text === '' ? [] : [0]) : runs.map((run, at) => (at === 0 ? 0 : run.start));
  const spans = starts.map((start, at) => {
    const span = document.createElement('span');
    // Text between two runs, mostly a line feed, goes to the end of the first.
    span.textContent = page.text.slice(start, starts[at + 1] ?? page.text.length);
    const language = languageOf(span.textContent);
    // A screen reader changes its voice, and the browser its font.
    if (language !== null) span.lang = language;
    const run = runs[at];
    if (run !== undefined) place(span, page, run, box);
    return span;
  });
  element.append(...spans);
  return { element, spans, starts, length: page.text.length };
}

function place(span: HTMLElement, page: PlacedText, run: TextRun, [left, , , top]: Box): void {
  const [low, high] = runExtent(page, run);
  const width = widthOf(page.text.slice(run.start, run.end), run.rightToLeft);
  const stretch = Math.max(high - low, 0.01) / width;
  const height = Math.max(run.acrossMax - run.acrossMin, 0.01) / FONT_SIZE;
  const { axisX, axisY, acrossMax } = run;
  const x = low * axisX - acrossMax * axisY - left;
  const y = top - (low * axisY + acrossMax * axisX);
  span.style.inlineSize = `${width}px`;
  span.style.transform = `matrix(${[axisX * stretch, -axisY * stretch, axisY * height, axisX * height, x, y].join(',')})`;
  if (run.rightToLeft) span.dir = 'rtl';
}

/** A DOM boundary point. */
export interface DomPoint {
  readonly node: Node;
  readonly offset: number;
}

/** The index of the span with an offset. */
function spanIndex(layer: TextLayer, offset: number, closing: boolean): number {
  const key = closing ? offset - 1 : offset;
  let low = 0;
  let high = layer.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((layer.starts[middle] ?? 0) <= key) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The span with the unit at an offset; with `closing`, with the unit before it. */
export const spanAt = (layer: TextLayer, offset: number, closing: boolean): HTMLElement | null =>
  layer.spans[spanIndex(layer, offset, closing)] ?? null;

/** The DOM position of an offset. With `closing`, an offset between two spans is the end of the first. */
export function toDom(layer: TextLayer, offset: number, closing = false): DomPoint {
  const at = spanIndex(layer, offset, closing);
  const span = layer.spans[at];
  if (span === undefined) return { node: layer.element, offset: 0 };
  return { node: span.firstChild ?? span, offset: offset - (layer.starts[at] ?? 0) };
}

/** The offset of a DOM boundary point, which may also be on the layer itself, or outside it (then the nearer end). */
export function toOffset(layer: TextLayer, { node, offset }: DomPoint): number {
  if (node === layer.element) return layer.starts[offset] ?? layer.length;
  const span = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const at = layer.spans.findIndex((known) => known === span);
  const start = layer.starts[at];
  if (start !== undefined) {
    if (node.nodeType === Node.TEXT_NODE) return start + offset;
    return offset === 0 ? start : (layer.starts[at + 1] ?? layer.length);
  }
  const order = layer.element.compareDocumentPosition(node);
  return (order & Node.DOCUMENT_POSITION_PRECEDING) !== 0 ? 0 : layer.length;
}
