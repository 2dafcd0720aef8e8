import type { Layer } from '../../../shared/model/index.ts';
import { FROZEN_PRINT_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import type { Frame } from '../page/frame-style.ts';
import { pageView } from '../pdf/matrix.ts';
import { drawPage } from '../pdf/page-passages.ts';
import { loadImage } from '../image/image.ts';
import type { DrawnPassage } from '../types.ts';
import { PLAIN_PAPER, type Footer, PrintFrame, addAppStyles, fontsReady, createElement } from './print-frame.ts';
import { type Part, type Progress, codes, emptySheet, passageDrawing, decodedImage } from './print-pdf.ts';

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
