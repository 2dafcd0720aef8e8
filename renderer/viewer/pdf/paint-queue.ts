import type { PaintedDocument, Painting } from './pdfjs.ts';

/** A page to paint, at this rotation by the reader and this many canvas pixels per point. */
export interface PaintRequest {
  readonly page: number;
  readonly turn: number;
  readonly scale: number;
}
export interface PaintEvents {
  onPainted(request: PaintRequest, canvas: HTMLCanvasElement): void;
  onFailed(page: number, failure: unknown): void;
  /** A thumbnail was painted, or failed (null). */
  onThumbnail(request: PaintRequest, canvas: HTMLCanvasElement | null): void;
}

const same = (a: PaintRequest, b: PaintRequest): boolean =>
  a.page === b.page && a.turn === b.turn && a.scale === b.scale;

/**
 * Limit for all painted pages, canvas pixels: 12 Mi take 48 MB here, and as much again for compositing. That is 13
 * pages at 100%, and only those in view at 200% on a screen with two device pixels per CSS pixel. With 24 Mi, a
 * renderer used 515 MB after ten jumps in a thousand pages.
 */
export const KEPT_PIXELS = 12 * 2 ** 20;

/** Painting a page is given up after this time, ms. (Two images of 100 megapixels took 9 s.) */
export const LONGEST_PAINTING_MS = 30_000;

interface Running {
  readonly request: PaintRequest;
  readonly isThumbnail: boolean;
  readonly painting: Painting;
}

/**
 * Paints the requested pages one after another, and thumbnails while no page is left to paint. Scrolling replaces the
 * list of requests; painting a page that is no longer on it is cancelled.
 */
export class PaintQueue {
  readonly #document: PaintedDocument;
  readonly #events: PaintEvents;
  readonly #isHidden: () => boolean;
  #requests: readonly PaintRequest[] = [];
  #thumbnails: readonly PaintRequest[] = [];
  #running: Running | null = null;
  readonly #failed = new Set<number>();
  readonly #paintedPages = new Map<number, { readonly request: PaintRequest; readonly pixels: number }>();
  #closed = false;

  /** `isHidden`: pdf.js paints nothing while its window is hidden. */
  constructor(painted: PaintedDocument, events: PaintEvents, isHidden = (): boolean => document.hidden) {
    this.#document = painted;
    this.#events = events;
    this.#isHidden = isHidden;
  }

  /** Adds a page that was painted before the document was reopened. */
  addPainted(request: PaintRequest, canvas: HTMLCanvasElement): void {
    this.#paintedPages.set(request.page, { request, pixels: canvas.width * canvas.height });
  }

  /** Sets the pages to paint, the most urgent first. */
  request(requests: readonly PaintRequest[]): void {
    this.#requests = requests;
    const running = this.#running;
    const stale =
      running !== null &&
      (running.isThumbnail
        ? this.#nextRequest() !== undefined
        : !requests.some((request) => same(request, running.request)));
    if (stale) running.painting.cancel();
    this.#next();
  }

  /** Sets the thumbnails to paint, the most urgent first. */
  requestThumbnails(requests: readonly PaintRequest[]): void {
    this.#thumbnails = requests;
    this.#next();
  }

  /**
   * The painted pages to free, so that memory stays bounded: those painted longest ago that are not requested now. They
   * count as unpainted from now on.
   */
  surplus(): number[] {
    let pixels = 0;
    for (const done of this.#paintedPages.values()) pixels += done.pixels;
    const freed: number[] = [];
    for (const [page, done] of this.#paintedPages) {
      if (pixels <= KEPT_PIXELS) break;
      if (this.#requests.some((request) => request.page === page)) continue;
      pixels -= done.pixels;
      freed.push(page);
    }
    for (const page of freed) this.forget(page);
    return freed;
  }

  /** Call when a page’s canvas was freed. */
  forget(page: number): void {
    this.#paintedPages.delete(page);
    this.#document.release(page);
  }

  close(): void {
    this.#closed = true;
    this.#running?.painting.cancel();
  }

  /** The first request that was not carried out yet. */
  #nextRequest(): PaintRequest | undefined {
    return this.#requests.find((wanted) => {
      const done = this.#paintedPages.get(wanted.page)?.request;
      return !this.#failed.has(wanted.page) && (done === undefined || !same(done, wanted));
    });
  }

  #next(): void {
    if (this.#running !== null || this.#closed) return;
    const page = this.#nextRequest();
    const request = page ?? this.#thumbnails[0];
    if (request === undefined) return;
    const running = {
      request,
      isThumbnail: page === undefined,
      painting: this.#document.paint(request.page, request.turn, request.scale),
    };
    this.#running = running;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isOver = (): boolean => this.#closed || this.#running !== running;
    const watch = (): void => {
      timer = setTimeout(() => (this.#isHidden() ? watch() : this.#giveUp(running)), LONGEST_PAINTING_MS);
    };
    watch();
    running.painting.done
      .then(
        (canvas) => {
          if (!isOver() && canvas !== null) this.#onSuccess(running, canvas);
        },
        (failure: unknown) => {
          if (!isOver()) this.#onFailure(running, failure);
        },
      )
      .finally(() => {
        clearTimeout(timer);
        if (this.#running !== running) return;
        this.#running = null;
        this.#next();
      });
  }

  /** The thread may never finish the page, so the other pages get another thread. */
  #giveUp(running: Running): void {
    if (this.#running !== running || this.#closed) return;
    running.painting.cancel();
    this.#running = null;
    this.#document.restart();
    this.#onFailure(running, new Error('The page took too long to paint.'));
    this.#next();
  }

  #onSuccess({ request, isThumbnail }: Running, canvas: HTMLCanvasElement): void {
    if (isThumbnail) {
      this.#thumbnails = this.#thumbnails.filter((other) => other !== request);
      if (!this.#paintedPages.has(request.page)) this.#document.release(request.page);
      this.#events.onThumbnail(request, canvas);
      return;
    }
    this.#paintedPages.delete(request.page);
    this.#paintedPages.set(request.page, { request, pixels: canvas.width * canvas.height });
    this.#events.onPainted(request, canvas);
  }

  #onFailure({ request, isThumbnail }: Running, failure: unknown): void {
    if (isThumbnail) {
      this.#thumbnails = this.#thumbnails.filter((other) => other !== request);
      this.#events.onThumbnail(request, null);
      return;
    }
    this.#failed.add(request.page);
    this.#events.onFailed(request.page, failure);
  }
}
