import type { PaintedPage } from './kept-documents.ts';
import type { PageBox } from './page-box.ts';
import type { PageSheet } from './sheet.ts';
import { free, type Thumbnails } from './thumbnails.ts';
import { KEPT_PIXELS, PaintQueue, type PaintRequest } from './paint-queue.ts';
import { MAX_CANVAS_PIXELS, type PaintedDocument } from './pdfjs.ts';

/** Shows the images of pages. */
export interface Painter {
  /** A page was put into the DOM. */
  mounted(box: PageBox): void;
  /** Pages in view changed, or the sheet’s zoom or rotation did. */
  inView(first: number, last: number): void;
  /** Stops painting; returns the painted pages to keep for reopening the source, or null. */
  close(): ReadonlyMap<number, PaintedPage> | null;
}

/** Starts painting on a sheet; `onFailed` is called for each page that fails. */
export type CreatePainter = (
  sheet: PageSheet,
  thumbnails: Thumbnails,
  onFailed: (page: number, failure: unknown) => void,
) => Painter;

/** While the zoom changes, pages are only scaled; they are painted again this long after the last change, ms. */
const REPAINT_DELAY_MS = 120;

/** Paints the pages in view, and keeps painted pages as long as memory allows. */
export class PageCanvases implements Painter {
  readonly #sheet: PageSheet;
  readonly #document: PaintedDocument;
  readonly #thumbnails: Thumbnails;
  readonly #queue: PaintQueue;
  readonly #canvases = new Map<number, PaintedPage>();
  readonly #failed = new Set<number>();
  #visible = { first: 1, last: 1 };
  #scale = 0;
  #turn = 0;
  #timer = 0;

  constructor(
    sheet: PageSheet,
    document: PaintedDocument,
    thumbnails: Thumbnails,
    onFailed: (page: number, failure: unknown) => void,
    kept: ReadonlyMap<number, PaintedPage>,
  ) {
    this.#sheet = sheet;
    this.#thumbnails = thumbnails;
    this.#document = document;
    this.#queue = new PaintQueue(document, {
      onPainted: (request, canvas) => this.#painted(request, canvas),
      onFailed: (page, failure) => {
        this.#failed.add(page);
        sheet.boxes.get(page)?.showUnpainted();
        thumbnails.failed(page);
        onFailed(page, failure);
      },
      onThumbnail: (request, canvas) => {
        if (canvas === null) thumbnails.failed(request.page);
        else thumbnails.add(request, canvas);
      },
    });
    this.#scale = sheet.scale;
    this.#turn = sheet.turn;
    for (const [page, { canvas, turn, scale }] of kept) {
      this.#canvases.set(page, { canvas, turn, scale });
      this.#queue.addPainted({ page, turn, scale }, canvas);
    }
    thumbnails.connect((requests) => this.#queue.requestThumbnails(requests));
    for (const box of sheet.boxes.values()) this.mounted(box);
  }

  /** Stops painting, and returns the visible painted pages; null if a page failed, so that reopening tries again. */
  close(): ReadonlyMap<number, PaintedPage> | null {
    clearTimeout(this.#timer);
    this.#queue.close();
    this.#thumbnails.clear();
    const kept = new Map<number, PaintedPage>();
    for (const [page, painted] of this.#canvases) {
      const isSeen = page >= this.#visible.first && page <= this.#visible.last;
      if (isSeen && this.#failed.size === 0) kept.set(page, painted);
      else free(painted.canvas);
    }
    return this.#failed.size === 0 ? kept : null;
  }

  mounted(box: PageBox): void {
    const { number } = box;
    if (this.#failed.has(number)) box.showUnpainted();
    else this.#show(box);
    const { turn } = this.#sheet;
    // A page that cannot be read is reported when it is painted.
    this.#document.view(number, turn).then(
      (view) => this.#sheet.setView(number, turn, view),
      () => this.#failed.add(number),
    );
  }

  /** These pages are in view now. */
  inView(first: number, last: number): void {
    this.#visible = { first, last };
    const { scale, turn } = this.#sheet;
    const isTurned = turn !== this.#turn;
    if (isTurned) {
      this.#turn = turn;
      this.#thumbnails.clear();
      for (const box of this.#sheet.boxes.values()) this.mounted(box);
    }
    clearTimeout(this.#timer);
    if (!isTurned && scale !== this.#scale && this.#canvases.size > 0) {
      this.#timer = window.setTimeout(() => this.#requestPages(), REPAINT_DELAY_MS);
    } else this.#requestPages();
    this.#scale = scale;
  }

  #requestPages(): void {
    const { first, last } = this.#visible;
    const scale = Math.round(this.#sheet.scale * window.devicePixelRatio * 1000) / 1000;
    const inView = this.#existing(span(first, last));
    const requests = [...inView, ...this.#neighbours(inView, [last + 1, first - 1], scale)];
    this.#queue.request(requests.map((page) => ({ page, turn: this.#sheet.turn, scale })));
  }

  /** The neighbours of the pages in view that memory allows to paint ahead: requested pages are never freed. */
  #neighbours(inView: readonly number[], beside: readonly number[], scale: number): number[] {
    const pixels = (page: number): number => {
      const { width, height } = this.#sheet.view(page);
      return Math.min(MAX_CANVAS_PIXELS, width * height * scale ** 2);
    };
    let remaining = KEPT_PIXELS;
    for (const page of inView) remaining -= pixels(page);
    return this.#existing(beside).filter((page) => {
      const fits = pixels(page) <= remaining;
      if (fits) remaining -= pixels(page);
      return fits;
    });
  }

  #existing(pages: readonly number[]): number[] {
    return pages.filter((page) => page >= 1 && page <= this.#document.pageCount);
  }

  /** Until a page is painted at the current zoom and rotation, its last canvas is shown, scaled and rotated. */
  #show(box: PageBox): void {
    const painted = this.#canvases.get(box.number);
    if (painted === undefined) box.showCanvas(null);
    else box.showCanvas(painted.canvas, (this.#sheet.turn - painted.turn + 360) % 360);
  }

  #painted(request: PaintRequest, canvas: HTMLCanvasElement): void {
    const { page, turn, scale } = request;
    if (turn !== this.#sheet.turn) {
      free(canvas);
      return;
    }
    const before = this.#canvases.get(page);
    this.#canvases.set(page, { canvas, turn, scale });
    this.#thumbnails.addFrom(request, canvas);
    const box = this.#sheet.boxes.get(page);
    if (box !== undefined) this.#show(box);
    if (before !== undefined) free(before.canvas);
    for (const gone of this.#queue.surplus()) this.#remove(gone);
  }

  #remove(page: number): void {
    const painted = this.#canvases.get(page);
    this.#canvases.delete(page);
    this.#sheet.boxes.get(page)?.showCanvas(null);
    if (painted !== undefined) free(painted.canvas);
  }
}

const span = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
