import {
  getDocument,
  GlobalWorkerOptions,
  PasswordResponses,
  RenderingCancelledException,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist';
import type { PageView } from './matrix.ts';
import { readOutline, type Outline } from './outline.ts';

/** A PDF opened in pdf.js, which only paints: text comes from the text layer. */
export interface PaintedDocument {
  readonly pageCount: number;
  /** Whether it needed a password. */
  readonly locked: boolean;
  /** The page as pdf.js shows it; `turn` is the reader’s rotation, added to the page’s own. */
  view(page: number, turn: number): Promise<PageView>;
  /** Paints a page. `scale` is canvas pixels per point. */
  paint(page: number, turn: number, scale: number): Painting;
  outline(): Promise<Outline>;
  /** Frees what a page needed for painting. */
  release(page: number): void;
  /** Frees what all pages needed for painting, when the document is no longer shown. */
  releaseAll(): void;
  close(): Promise<void>;
}
export interface Painting {
  /** The painted canvas; null when it was cancelled. Rejects where the page cannot be painted. */
  readonly done: Promise<HTMLCanvasElement | null>;
  cancel(): void;
}

export interface OpenOptions {
  readonly url: string;
  /** The absolute address of `pdfjs/`, with worker, decoders, character maps and standard fonts. */
  readonly assets: string;
  /** Called when the PDF needs a password; `wrong` if the last one was wrong. With null, opening fails. */
  readonly askPassword: (wrong: boolean) => Promise<string | null>;
  /** Aborts opening, even while a password is requested, and ends the worker. No effect once it is open. */
  readonly signal?: AbortSignal;
}

/** Larger images in a PDF are left out: a hostile page can claim any size. */
const MAX_IMAGE_PIXELS = 100_000_000;
/** Canvases larger than this are painted at a lower resolution; 16 Mi pixels take 64 MB. */
export const MAX_CANVAS_PIXELS = 2 ** 24;
const RANGE_BYTES = 2 ** 18;

/** Opens a PDF for painting. Rejects if pdf.js cannot read it or no password was given. */
export async function openForPainting({ url, assets, askPassword, signal }: OpenOptions): Promise<PaintedDocument> {
  GlobalWorkerOptions.workerSrc = new URL('pdf.worker.min.mjs', assets).href;
  const task = getDocument({
    url,
    cMapUrl: new URL('cmaps/', assets).href,
    cMapPacked: true,
    standardFontDataUrl: new URL('standard_fonts/', assets).href,
    wasmUrl: new URL('wasm/', assets).href,
    iccUrl: new URL('iccs/', assets).href,
    rangeChunkSize: RANGE_BYTES,
    // Only what is shown is loaded: a scanned gazette has hundreds of megabytes, of which somebody reads ten pages.
    disableStream: true,
    disableAutoFetch: true,
    maxImageSize: MAX_IMAGE_PIXELS,
    enableXfa: false,
    verbosity: 0,
  });
  const abort = (): void => void task.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  let locked = false;
  task.onPassword = (respond: (password: string | Error) => void, reason: number) => {
    locked = true;
    askPassword(reason === PasswordResponses.INCORRECT_PASSWORD).then(
      (password) => respond(password ?? new Error('No password was entered.')),
      (failure: unknown) => respond(failure instanceof Error ? failure : new Error(String(failure))),
    );
  };
  try {
    return paintedDocument(await task.promise, locked, () => task.destroy());
  } catch (failure) {
    // The worker exists even if the file cannot be opened.
    task.destroy().catch(() => undefined);
    throw failure;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function paintedDocument(document: PDFDocumentProxy, locked: boolean, destroy: () => Promise<void>): PaintedDocument {
  const pages = new Map<number, Promise<PDFPageProxy>>();
  const open = (page: number): Promise<PDFPageProxy> => {
    const known = pages.get(page) ?? document.getPage(page);
    pages.set(page, known);
    return known;
  };
  const release = (page: number): void => {
    const known = pages.get(page);
    pages.delete(page);
    void known?.then((proxy) => proxy.cleanup());
  };
  return {
    pageCount: document.numPages,
    locked,
    async view(page, turn) {
      const proxy = await open(page);
      const { transform, width, height } = proxy.getViewport({ scale: 1, rotation: proxy.rotate + turn });
      const [a = 1, b = 0, c = 0, d = -1, e = 0, f = 0] = transform;
      return { matrix: [a, b, c, d, e, f], width, height };
    },
    paint: (page, turn, scale) => paint(open(page), turn, scale),
    outline: () => readOutline(document),
    release,
    releaseAll() {
      for (const page of pages.keys()) release(page);
    },
    close: destroy,
  };
}

function paint(page: Promise<PDFPageProxy>, turn: number, scale: number): Painting {
  let cancelled = false;
  let stop = (): void => undefined;
  const run = async (): Promise<HTMLCanvasElement | null> => {
    const proxy = await page;
    if (cancelled) return null;
    const full = proxy.getViewport({ scale, rotation: proxy.rotate + turn });
    const shrink = Math.min(1, Math.sqrt(MAX_CANVAS_PIXELS / (full.width * full.height)));
    const viewport = shrink < 1 ? full.clone({ scale: scale * shrink }) : full;
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(viewport.width));
    canvas.height = Math.max(1, Math.round(viewport.height));
    const task = proxy.render({ canvas, viewport });
    stop = () => task.cancel();
    try {
      await task.promise;
    } catch (failure) {
      if (failure instanceof RenderingCancelledException) return null;
      throw failure;
    }
    return canvas;
  };
  return {
    done: run(),
    cancel() {
      cancelled = true;
      stop();
    },
  };
}
