import { errorDataOf, useWrite } from '../../api/index.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useTellExported } from '../files/exported.ts';
import { notifyError } from '../notices/notices.ts';
import { useTranslation } from '../strings/use-translation.ts';
import type { Chart, ChartNote } from './chart.ts';
import { printChart } from './print-chart.ts';
import { drawChart } from './draw.ts';

const FORMATS = ['svg', 'png', 'csv'] as const;
type Format = (typeof FORMATS)[number];

export interface SaveMenuProps {
  readonly chart: Chart;
  readonly note: ChartNote;
  readonly print: () => void;
}

/** Prints a chart; `legend` is what its signs mean in black and white. */
export function usePrintChart(chart: Chart, note: ChartNote, legend = ''): () => void {
  const { t } = useTranslation();
  return () => {
    printChart({ chart, note, legend }, t).catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  };
}

/** Prints a chart, or saves its picture or its numbers. A chart that names people can also be saved with pseudonyms. */
export function SaveMenu({ chart, note, print }: SaveMenuProps) {
  const { t } = useTranslation();
  const write = useWrite('app.writeChart');
  const tellExported = useTellExported();
  const save = async (format: Format, saved: Chart, words: string): Promise<void> => {
    const { kind, table } = saved;
    const name = t(`charts.files.${kind}`);
    const [columns, rows] = [[...table.columns], table.rows.map((row) => [...row])];
    const file =
      format === 'csv'
        ? { format, name, columns, rows }
        : format === 'svg'
          ? { format, name, text: chartSvg(saved, words) }
          : { format, name, base64: await chartPng(saved, words) };
    const { done, ...written } = await write.mutateAsync(file);
    if (done) tellExported(written);
  };
  const { pseudonymous } = chart;
  const entriesOf = (saved: Chart, words: string, names: 'formats' | 'formatsPseudonymous') =>
    FORMATS.map((format) => ({
      id: `${names} ${format}`,
      label: t(`charts.${names}.${format}`),
      run: () => void save(format, saved, words).catch((thrown: unknown) => notifyError(errorDataOf(thrown))),
    }));
  return (
    <Menu
      label={t('charts.save')}
      trigger={<IconButton size="small" icon="export" label={t('charts.save')} />}
      entries={[
        ...(pseudonymous === undefined
          ? []
          : [...entriesOf(pseudonymous, note.pseudonymous, 'formatsPseudonymous'), 'line' as const]),
        ...entriesOf(chart, note.counted, 'formats'),
        'line',
        { id: 'print', label: t('charts.print'), run: print },
      ]}
    />
  );
}

const SVG = 'http://www.w3.org/2000/svg';
/** The width of a saved picture, in CSS pixels, whatever the window’s width. */
const WIDTH = 1200;
const MARGIN = 24;
const HEAD = 34;
const FOOT = 30;
/** Pixels of a PNG for each CSS pixel: sharp enough to print. A very high picture gets fewer. */
const SHARPNESS = 2;
/** The most pixels in height that browsers paint. */
const MOST_PIXELS = 16_000;

/**
 * A chart as a picture that works outside of the program: its title, `note` below it, and literal colours of the light theme on white. It
 * is attached to the page until `remove` is called, since colours and fonts can only be computed there.
 */
function picture(chart: Chart, note: string): { readonly svg: SVGElement; readonly remove: () => void } {
  const inner = drawChart(chart, WIDTH, 'file');
  const height = Number(inner.getAttribute('height')) + HEAD + FOOT + 2 * MARGIN;
  const size = { width: String(WIDTH + 2 * MARGIN), height: String(height) };
  const svg = element('svg', { ...size, viewBox: `0 0 ${size.width} ${size.height}`, xmlns: SVG });
  const place = document.createElement('div');
  place.className = 'chart-picture chart-file';
  const at = (y: number, text: string, more: Readonly<Record<string, string>>): SVGElement => {
    const line = element('text', { x: String(MARGIN), y: String(y), fill: 'var(--ink)', ...more });
    line.textContent = text;
    return line;
  };
  const name = element('title', {});
  name.textContent = chart.title;
  inner.setAttribute('x', String(MARGIN));
  inner.setAttribute('y', String(MARGIN + HEAD));
  inner.setAttribute('overflow', 'visible');
  inner.removeAttribute('font-family');
  inner.removeAttribute('font-size');
  svg.append(
    name,
    element('rect', { ...size, fill: 'var(--paper)' }),
    at(MARGIN + 12, chart.title, { 'font-size': '15', 'font-weight': '600' }),
    inner,
    at(height - MARGIN, note, { 'font-size': '11', fill: 'var(--ink-2)' }),
  );
  place.append(svg);
  document.body.append(place);
  for (const one of svg.querySelectorAll('*')) makeLiteral(one);
  for (const shape of svg.querySelectorAll('[data-mark]')) shape.removeAttribute('data-mark');
  const { fontFamily, fontSize } = getComputedStyle(svg);
  svg.setAttribute('font-family', fontFamily);
  svg.setAttribute('font-size', fontSize);
  return { svg, remove: () => place.remove() };
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (key !== 'xmlns') made.setAttribute(key, value);
  return made;
}

/** Replaces the tokens in an element’s attributes by their values. */
function makeLiteral(one: Element): void {
  const style = getComputedStyle(one);
  for (const property of ['fill', 'stroke', 'font-family'] as const) {
    const written = one.getAttribute(property);
    if (written !== null && /var\(|light-dark\(|color-mix\(|currentColor/.test(written))
      one.setAttribute(property, style.getPropertyValue(property));
  }
}

const written = (svg: SVGElement): string => new XMLSerializer().serializeToString(svg);

/** The chart as SVG. */
function chartSvg(chart: Chart, note: string): string {
  const { svg, remove } = picture(chart, note);
  try {
    return `<?xml version="1.0" encoding="UTF-8"?>\n${written(svg)}\n`;
  } finally {
    remove();
  }
}

/**
 * The chart as PNG, in base64. An SVG shown as an image can use only the system’s fonts; so the texts are drawn by the page, whose fonts
 * cover all scripts.
 */
async function chartPng(chart: Chart, note: string): Promise<string> {
  const { svg, remove } = picture(chart, note);
  try {
    await document.fonts.ready;
    const canvas = document.createElement('canvas');
    const height = Number(svg.getAttribute('height'));
    const scale = Math.min(SHARPNESS, MOST_PIXELS / height);
    canvas.width = Math.round(Number(svg.getAttribute('width')) * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('The system draws no pictures');
    const wordless = svg.cloneNode(true);
    if (!(wordless instanceof SVGElement)) throw new Error('A copy of an SVG is one');
    for (const text of wordless.querySelectorAll('text')) text.remove();
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(written(wordless))}`;
    await image.decode();
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    for (const text of svg.querySelectorAll('text')) writeWords(context, svg, text, scale);
    return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
  } finally {
    remove();
  }
}

function writeWords(context: CanvasRenderingContext2D, svg: SVGElement, text: SVGTextElement, scale: number): void {
  const corner = svg.getBoundingClientRect();
  const spans = text.querySelectorAll('tspan');
  for (const line of spans.length === 0 ? [text] : spans) {
    const matrix = line.getScreenCTM();
    if (matrix === null || line.getNumberOfChars() === 0) continue;
    const style = getComputedStyle(line);
    const [first, last] = [line.getStartPositionOfChar(0), line.getEndPositionOfChar(line.getNumberOfChars() - 1)];
    context.setTransform(scale, 0, 0, scale, -corner.left * scale, -corner.top * scale);
    context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    context.textAlign = 'left';
    // A text that was cut has its full wording as its title.
    const words = [...line.childNodes].flatMap((node) => (node instanceof Text ? [node.data] : [])).join('');
    const x = Math.min(first.x, last.x);
    if (style.stroke !== 'none') {
      context.strokeStyle = style.stroke;
      context.lineWidth = Number.parseFloat(style.strokeWidth);
      context.lineJoin = 'round';
      context.strokeText(words, x, first.y);
    }
    context.fillStyle = style.fill;
    context.fillText(words, x, first.y);
  }
}
