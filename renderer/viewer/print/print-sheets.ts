import type { Layer } from '../../../shared/model/index.ts';
import { contentPath } from '../../../shared/contract/bytes.ts';
import { FROZEN_PRINT_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import type { Frame } from '../page/frame-style.ts';
import { fetchPage } from '../pdf/page-texts.ts';
import { type PageView, pageView } from '../pdf/matrix.ts';
import { type DrawablePage, drawPage, type PageDrawing } from '../pdf/page-passages.ts';
import { openForPainting, type PaintedDocument } from '../pdf/pdfjs.ts';
import { PIXELS_PER_POINT } from '../pdf/layout.ts';
import type { DrawnPassage } from '../types.ts';
import {
  addAppStyles,
  createElement,
  fontsReady,
  type Footer,
  PLAIN_PAPER,
  PrintFrame,
  shortTitle,
} from './print-frame.ts';
import { lookOf, showPaths, svgElement } from '../passages/shapes.ts';
import { placeCodes } from '../passages/margin.ts';
import { loadImage } from '../image/image.ts';

/** A PDF, and what of it to print. */
interface PdfToPrint {
  readonly source: string;
  readonly layer: Pick<Layer, 'id' | 'pages' | 'hasText'> | null;
  /** From 1, in printing order. Null: all. */
  readonly pages: readonly number[] | null;
  /** Null: only the pages, without a margin for codes. */
  readonly passages: readonly DrawnPassage[] | null;
  readonly footer: Footer;
  readonly words: {
    /** In the footer of a sheet: `page 3 of 12`. */
    page(page: number, count: number): string;
    readonly unpainted: string;
  };
  readonly askPassword: (wrong: boolean) => Promise<string | null>;
}

export interface Progress {
  /** `done` of `total` pages are ready. */
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Dots per inch at which small Chinese type is still clear; an A4 page has 4 Mi pixels and takes about half a second.
 */
const PRINT_DPI = 200;
const POINTS_PER_INCH = 72;
/** Height of a code in the margin, points. */
const CODE_POINTS = 9;

/**
 * Prepares pages of a PDF for printing: painted one after another at print resolution, with the same passages over them
 * as on the screen. Null if cancelled; rejects if the file cannot be opened.
 */
export async function preparePdf(job: PdfToPrint, progress: Progress): Promise<PrintFrame | null> {
  const document = await openForPainting({
    url: new URL(contentPath(job.source), window.document.baseURI).href,
    assets: new URL('pdfjs/', window.document.baseURI).href,
    askPassword: job.askPassword,
  });
  try {
    const printed = await PrintFrame.open(FROZEN_PRINT_SANDBOX);
    const isWhole = await writePdf(printed.frame, (bytes) => printed.address(bytes), document, job, progress);
    if (isWhole) return printed;
    printed.close();
    return null;
  } finally {
    await document.close();
  }
}

/**
 * Writes the sheets into an empty document; returns whether all were written. `address` gives the address of image
 * bytes.
 */
async function writePdf(
  frame: Frame,
  address: (bytes: Blob) => string,
  document: PaintedDocument,
  job: PdfToPrint,
  { onProgress, signal }: Progress,
): Promise<boolean> {
  await addAppStyles(frame, job.footer.title, PLAIN_PAPER);
  const pages = (job.pages ?? Array.from({ length: document.pageCount }, (_, at) => at + 1)).filter(
    (page) => page >= 1 && page <= document.pageCount,
  );
  for (const [done, page] of pages.entries()) {
    onProgress(done, pages.length);
    const view = await document.view(page, 0);
    const image = await paintedPng(document, page, signal);
    if (signal.aborted) return false;
    const sheet = await sheetOf(frame, job, page, view, document.pageCount);
    sheet.content.prepend(
      image === null
        ? createElement(frame, 'p', { class: 'printed-gap' }, job.words.unpainted)
        : await decodedImage(frame, address(image)),
    );
    frame.document.body.append(sheet.element);
    document.release(page);
  }
  onProgress(pages.length, pages.length);
  await fontsReady(frame);
  return true;
}

/** The painted page as a PNG, which is lossless; null if it cannot be painted or was cancelled. */
async function paintedPng(document: PaintedDocument, page: number, signal: AbortSignal): Promise<Blob | null> {
  const painting = document.paint(page, 0, PRINT_DPI / POINTS_PER_INCH);
  const cancel = (): void => painting.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const canvas = await painting.done;
    if (canvas === null) return null;
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    // Frees the pixels at once instead of at garbage collection: a hundred pages would take gigabytes.
    canvas.width = 0;
    return blob;
  } catch {
    return null; // The other pages are still printed; this sheet says that its page is missing.
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function sheetOf(frame: Frame, job: PdfToPrint, page: number, view: PageView, count: number): Promise<Sheet> {
  const sheet = emptySheet(frame, view, job.footer, job.words.page(page, count), job.passages !== null);
  if (job.passages !== null) {
    const drawing = await drawingOf(job, job.passages, page, view);
    const whole = { ...view, top: 0 };
    sheet.content.append(passageDrawing(frame, drawing, whole), ...codes(frame, drawing, whole, CODE_POINTS));
  }
  return sheet;
}

async function drawingOf(
  { layer }: PdfToPrint,
  passages: readonly DrawnPassage[],
  number: number,
  view: PageView,
): Promise<PageDrawing> {
  const place = layer?.pages.find(({ page }) => page === number);
  const hasText = layer?.hasText === true && place !== undefined;
  const { text, geometry } = hasText ? await fetchPage(layer.id, number) : { text: '', geometry: null };
  const page: DrawablePage = {
    number,
    start: place?.start ?? 0,
    end: place?.end ?? 0,
    text: geometry === null ? null : { text, geometry },
    // Maps to pdf.js’s page image, the page’s own rotation included.
    toBase: place === undefined ? view.matrix : pageView(place.box, place.rotation).matrix,
    hairline: 1 / PIXELS_PER_POINT,
  };
  const here = passages.filter((passage) =>
    passage.kind === 'area' ? passage.page === number : passage.start < page.end && passage.end > page.start,
  );
  return drawPage(page, here, null);
}

interface Sheet {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
}

/** The part of a page that is on one sheet, in the page’s unit: all of it, or from `top` down. */
export interface Part {
  readonly width: number;
  readonly height: number;
  readonly top: number;
}

/** An empty sheet with its footer. `label` is its number: `page 3 of 12`. */
export function emptySheet(
  frame: Frame,
  { width, height }: Pick<Part, 'width' | 'height'>,
  footer: Footer,
  label: string,
  hasCodes: boolean,
): Sheet {
  const content = createElement(frame, 'div', { class: 'printed-page', style: `--aspect: ${width / height}` });
  const foot = createElement(
    frame,
    'footer',
    { class: 'printed-foot' },
    createElement(frame, 'bdi', {}, shortTitle(footer.title)),
    createElement(frame, 'span', {}, label),
    createElement(frame, 'span', { class: 'code' }, `sha256 ${footer.sha256}`),
  );
  const classes = ['printed-sheet', ...(width > height ? ['is-landscape'] : []), ...(hasCodes ? ['has-codes'] : [])];
  return { element: createElement(frame, 'section', { class: classes.join(' ') }, content, foot), content };
}

/** An image element, already decoded, since printing does not wait for images. */
export async function decodedImage(frame: Frame, src: string): Promise<HTMLElement> {
  const image = frame.document.createElement('img');
  image.alt = '';
  image.src = src;
  await image.decode();
  return image;
}

/** The passages drawn over a sheet’s part of the page. */
export function passageDrawing(frame: Frame, { paths }: PageDrawing, { width, height, top }: Part): SVGElement {
  const svg = svgElement('svg', { class: 'page-drawing', viewBox: `0 ${top} ${width} ${height}` });
  const group = svgElement('g');
  showPaths(group, paths);
  svg.append(group);
  return frame.document.adoptNode(svg);
}

/**
 * The codes of passages beside their first lines, without overlap, positioned in percent of the height. `codeHeight` is
 * in the page’s unit.
 */
export function codes(frame: Frame, { codes: wanted }: PageDrawing, part: Part, codeHeight: number): HTMLElement[] {
  const { height } = part;
  const byId = new Map(wanted.map(({ passage }) => [passage.id, passage]));
  const tops = wanted
    .map(({ passage, quad }) => ({ id: passage.id, top: Math.min(quad[1], quad[3], quad[5], quad[7]) - part.top }))
    .filter(({ top }) => top < height && (top >= 0 || part.top === 0));
  return placeCodes(tops, codeHeight, 0, height).map(({ ids, top }) => {
    const [first] = ids.flatMap((id) => byId.get(id) ?? []);
    const all = ids.flatMap((id) => byId.get(id)?.codes ?? []);
    const look = lookOf(first);
    const style = `top: ${(100 * top) / height}%`;
    const code = createElement(frame, 'span', { class: `printed-code f-${look.family}`, style }, all.join(' '));
    if (look.colour !== undefined) code.style.setProperty('--own', look.colour);
    return code;
  });
}

export interface ImageToPrint {
  /** The address of its bytes. */
  readonly path: string;
  readonly layer: Pick<Layer, 'pages'>;
  readonly isAnimated: boolean;
  /** Null: only the image, without a margin for codes. */
  readonly passages: readonly DrawnPassage[] | null;
  readonly footer: Footer;
  readonly words: { page(page: number, count: number): string };
}

/** An image more than TALL times as high as wide is printed on several sheets, each SHEET times as high as wide. */
const TALL = 1.7;
const SHEET = 1.35;
/** Width of a sheet in CSS pixels, by which lines and codes are as fine on paper as on the screen. */
const PAPER = 700;
const CODE_HEIGHT = 12;

/** Prepares an image with its areas for printing. Null if cancelled; rejects if it cannot be loaded. */
export async function prepareImage(job: ImageToPrint, { signal }: Progress): Promise<PrintFrame | null> {
  const url = new URL(job.path, window.document.baseURI).href;
  const image = await loadImage(url, job.isAnimated, signal);
  try {
    const bytes = await image.bytes();
    const printed = await PrintFrame.open(FROZEN_PRINT_SANDBOX);
    await writeImage(printed.frame, printed.address(bytes), image, job);
    if (!signal.aborted) return printed;
    printed.close();
    return null;
  } finally {
    image.close();
  }
}

async function writeImage(
  frame: Frame,
  src: string,
  { width, height }: Pick<Part, 'width' | 'height'>,
  { layer, passages, footer, words }: ImageToPrint,
): Promise<void> {
  await addAppStyles(frame, footer.title, PLAIN_PAPER);
  const parts = partsOf(width, height);
  const hairline = Math.max(width, height / parts.length) / PAPER;
  const box = layer.pages[0]?.box ?? [0, 0, width, height];
  const page = { number: 1, start: 0, end: 0, text: null, toBase: pageView(box, 0).matrix, hairline };
  const drawing = passages === null ? null : drawPage(page, passages, null);
  for (const [at, part] of parts.entries()) {
    const { element, content } = emptySheet(frame, part, footer, words.page(at + 1, parts.length), drawing !== null);
    const image = await decodedImage(frame, src);
    image.style.blockSize = `${(100 * height) / part.height}%`;
    image.style.insetBlockStart = `${(-100 * part.top) / part.height}%`;
    content.append(createElement(frame, 'div', { class: 'printed-part' }, image));
    if (drawing !== null)
      content.append(passageDrawing(frame, drawing, part), ...codes(frame, drawing, part, CODE_HEIGHT * hairline));
    frame.document.body.append(element);
  }
  await fontsReady(frame);
}

/** Divides a tall image into parts of a sheet’s height; the last may be lower. */
export function partsOf(width: number, height: number): Part[] {
  if (height <= TALL * width) return [{ width, height, top: 0 }];
  const high = Math.ceil(SHEET * width);
  return Array.from({ length: Math.ceil(height / high) }, (_, at) => ({
    width,
    height: Math.min(high, height - at * high),
    top: at * high,
  }));
}
