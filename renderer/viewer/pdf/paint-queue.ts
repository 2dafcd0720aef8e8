import type { PaintedDocument, Painting } from './pdfjs.ts';

/** A page to paint, at this rotation by the reader and this many canvas pixels per point. */
export interface PaintWish {
  readonly page: number;
  readonly turn: number;
  readonly scale: number;
}
export interface PaintEvents {
  onPainted(wish: PaintWish, canvas: HTMLCanvasElement): void;
  onFailed(page: number, failure: unknown): void;
  /** A thumbnail was painted, or failed (null). */
  onSmall(wish: PaintWish, canvas: HTMLCanvasElement | null): void;
}

const same = (a: PaintWish, b: PaintWish): boolean => a.page === b.page && a.turn === b.turn && a.scale === b.scale;

/**
 * Limit for painted pages, canvas pixels in all: 12 Mi take 48 MB here, and as much again for compositing. At 100% that
 * is 13 pages; at 200% on a screen with twice the pixels, those in view. With 24 Mi a renderer held 515 MB after ten
 * jumps in a thousand pages.
 */
export const KEPT_PIXELS = 12 * 2 ** 20;

interface Running {
  readonly wish: PaintWish;
  readonly small: boolean;
  readonly painting: Painting;
}

/**
 * Paints one page after another, the first wish first, and thumbnails while there is no other wish. Scrolling replaces
 * the list of wishes, and a page no longer on it is cancelled.
 */
export class PaintQueue {
  readonly #document: PaintedDocument;
  readonly #events: PaintEvents;
  #wishes: readonly PaintWish[] = [];
  #small: readonly PaintWish[] = [];
  #running: Running | null = null;
  readonly #failed = new Set<number>();
  readonly #done = new Map<number, { readonly wish: PaintWish; readonly pixels: number }>();
  #closed = false;

  constructor(document: PaintedDocument, events: PaintEvents) {
    this.#document = document;
    this.#events = events;
  }

  /** A page that was painted before the document was reopened. */
  know(wish: PaintWish, canvas: HTMLCanvasElement): void {
    this.#done.set(wish.page, { wish, pixels: canvas.width * canvas.height });
  }

  /** The pages to paint, most wanted first. */
  want(wishes: readonly PaintWish[]): void {
    this.#wishes = wishes;
    const running = this.#running;
    const stale =
      running !== null &&
      (running.small ? this.#open() !== undefined : !wishes.some((wish) => same(wish, running.wish)));
    if (stale) running.painting.cancel();
    this.#next();
  }

  /** The thumbnails to paint, most wanted first. */
  wantSmall(wishes: readonly PaintWish[]): void {
    this.#small = wishes;
    this.#next();
  }

  /**
   * Painted pages to free, so that memory stays bounded: those painted longest ago and not wanted now. They count as
   * unpainted afterwards.
   */
  surplus(): number[] {
    let pixels = 0;
    for (const done of this.#done.values()) pixels += done.pixels;
    const gone: number[] = [];
    for (const [page, done] of this.#done) {
      if (pixels <= KEPT_PIXELS) break;
      if (this.#wishes.some((wish) => wish.page === page)) continue;
      pixels -= done.pixels;
      gone.push(page);
    }
    for (const page of gone) this.forget(page);
    return gone;
  }

  /** The page’s canvas was freed. */
  forget(page: number): void {
    this.#done.delete(page);
    this.#document.release(page);
  }

  close(): void {
    this.#closed = true;
    this.#running?.painting.cancel();
  }

  /** The first wish that is not fulfilled yet. */
  #open(): PaintWish | undefined {
    return this.#wishes.find((wanted) => {
      const done = this.#done.get(wanted.page)?.wish;
      return !this.#failed.has(wanted.page) && (done === undefined || !same(done, wanted));
    });
  }

  #next(): void {
    if (this.#running !== null || this.#closed) return;
    const page = this.#open();
    const wish = page ?? this.#small[0];
    if (wish === undefined) return;
    const running = {
      wish,
      small: page === undefined,
      painting: this.#document.paint(wish.page, wish.turn, wish.scale),
    };
    this.#running = running;
    running.painting.done
      .then(
        (canvas) => {
          if (!this.#closed && canvas !== null) this.#painted(running, canvas);
        },
        (failure: unknown) => {
          if (!this.#closed) this.#couldNot(running, failure);
        },
      )
      .finally(() => {
        this.#running = null;
        this.#next();
      });
  }

  #painted({ wish, small }: Running, canvas: HTMLCanvasElement): void {
    if (small) {
      this.#small = this.#small.filter((other) => other !== wish);
      if (!this.#done.has(wish.page)) this.#document.release(wish.page);
      this.#events.onSmall(wish, canvas);
      return;
    }
    this.#done.delete(wish.page);
    this.#done.set(wish.page, { wish, pixels: canvas.width * canvas.height });
    this.#events.onPainted(wish, canvas);
  }

  #couldNot({ wish, small }: Running, failure: unknown): void {
    if (small) {
      this.#small = this.#small.filter((other) => other !== wish);
      this.#events.onSmall(wish, null);
      return;
    }
    this.#failed.add(wish.page);
    this.#events.onFailed(wish.page, failure);
  }
}
