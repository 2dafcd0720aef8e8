import {
  getDocument,
  GlobalWorkerOptions,
  PasswordResponses,
  PDFWorker,
  RenderingCancelledException,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist';
import { limitDrawing } from './drawing-limit.ts';
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
  /** Opens the file again in another thread, and ends the present one, which a hostile page can block for ever. */
  restart(): void;
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

/**
 * The most pixels of one image; larger ones are left out, since a hostile page can claim any size. The limit for all images of a page is in
 * thread-limits.mjs.
 */
const MAX_IMAGE_PIXELS = 100_000_000;
/** Canvases larger than this are painted at a lower resolution; 16 Mi pixels take 64 MB. */
export const MAX_CANVAS_PIXELS = 2 ** 24;
const RANGE_BYTES = 2 ** 18;

/** How long to wait for a thread to end by itself, ms: one that is busy with a page never answers. */
const END_MS = 2000;

/** A PDF opened in a thread of its own. */
interface Opened {
  readonly document: Promise<PDFDocumentProxy>;
  /** The password that opened it; undefined if it needed none. */
  readonly password: () => string | undefined;
  /** Called before a page is painted: its images are counted from here (thread-limits.mjs). */
  begin(): void;
  end(): Promise<void>;
}

let isLimited = false;

/** Opens a PDF for painting. Rejects if pdf.js cannot read it or no password was given. */
export async function openForPainting(options: OpenOptions): Promise<PaintedDocument> {
  if (!isLimited) limitDrawing(CanvasRenderingContext2D.prototype);
  isLimited = true;
  const { signal } = options;
  const opened = open(options);
  const abort = (): void => void opened.end();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const document = await opened.document;
    return paintedDocument(opened, document.numPages, (password) =>
      open({ ...options, askPassword: () => Promise.resolve(password ?? null) }),
    );
  } catch (failure) {
    // The worker exists even if the file cannot be opened.
    opened.end().catch(() => undefined);
    throw failure;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function open({ url, assets, askPassword }: OpenOptions): Opened {
  GlobalWorkerOptions.workerSrc = new URL('pdf.worker.min.mjs', assets).href;
  const worker = new PDFWorker();
  const task = getDocument({
    url,
    worker,
    cMapUrl: new URL('cmaps/', assets).href,
    cMapPacked: true,
    standardFontDataUrl: new URL('standard_fonts/', assets).href,
    wasmUrl: new URL('wasm/', assets).href,
    iccUrl: new URL('iccs/', assets).href,
    rangeChunkSize: RANGE_BYTES,
    // Load only what is shown: of a scanned gazette with hundreds of megabytes, somebody reads ten pages.
    disableStream: true,
    disableAutoFetch: true,
    maxImageSize: MAX_IMAGE_PIXELS,
    enableXfa: false,
    verbosity: 0,
  });
  let given: string | undefined;
  task.onPassword = (respond: (password: string | Error) => void, reason: number) => {
    askPassword(reason === PasswordResponses.INCORRECT_PASSWORD).then(
      (password) => {
        given = password ?? undefined;
        respond(password ?? new Error('No password was entered.'));
      },
      (failure: unknown) => respond(failure instanceof Error ? failure : new Error(String(failure))),
    );
  };
  return {
    document: task.promise,
    password: () => given,
    begin: () => worker.port?.postMessage({ painting: 'begins' }),
    async end() {
      const ended = task.destroy().catch(() => undefined);
      await Promise.race([ended, new Promise((done) => setTimeout(done, END_MS))]);
      worker.destroy();
    },
  };
}

function paintedDocument(
  first: Opened,
  pageCount: number,
  again: (password: string | undefined) => Opened,
): PaintedDocument {
  let opened = first;
  const pages = new Map<number, Promise<PDFPageProxy>>();
  const openPage = (page: number): Promise<PDFPageProxy> => {
    const known = pages.get(page) ?? opened.document.then((document) => document.getPage(page));
    pages.set(page, known);
    return known;
  };
  const release = (page: number): void => {
    const known = pages.get(page);
    pages.delete(page);
    known?.then(
      (proxy) => proxy.cleanup(),
      () => undefined,
    );
  };
  return {
    pageCount,
    locked: first.password() !== undefined,
    async view(page, turn) {
      const proxy = await openPage(page);
      const { transform, width, height } = proxy.getViewport({ scale: 1, rotation: proxy.rotate + turn });
      const [a = 1, b = 0, c = 0, d = -1, e = 0, f = 0] = transform;
      return { matrix: [a, b, c, d, e, f], width, height };
    },
    paint(page, turn, scale) {
      opened.begin();
      return paint(openPage(page), turn, scale);
    },
    outline: async () => readOutline(await opened.document),
    release,
    releaseAll() {
      for (const page of pages.keys()) release(page);
    },
    restart() {
      const stuck = opened;
      pages.clear();
      opened = again(stuck.password());
      void stuck.end();
    },
    close: () => opened.end(),
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
