import type { PaintedDocument, Painting } from './pdfjs.ts';

/** A page to be painted: at this rotation of the reader's, at this many canvas pixels a point. */
export interface PaintWish {
  readonly page: number;
  readonly turn: number;
  readonly scale: number;
}
export interface PaintEvents {
  onPainted(wish: PaintWish, canvas: HTMLCanvasElement): void;
  onFailed(page: number, failure: unknown): void;
}

const same = (a: PaintWish, b: PaintWish): boolean => a.page === b.page && a.turn === b.turn && a.scale === b.scale;

/** Pages that may stay painted, by canvas pixels in all: 48 Mi take 192 MB. */
const KEPT_PIXELS = 48 * 2 ** 20;

/**
 * Paints one page after another, the first wish first. Whoever scrolls on gives a new list of wishes: a page that is no
 * longer on it is not painted to the end.
 */
export class PaintQueue {
  readonly #document: PaintedDocument;
  readonly #events: PaintEvents;
  #wishes: readonly PaintWish[] = [];
  #running: { readonly wish: PaintWish; readonly painting: Painting } | null = null;
  readonly #failed = new Set<number>();
  readonly #done = new Map<number, { readonly wish: PaintWish; readonly pixels: number }>();
  #closed = false;

  constructor(document: PaintedDocument, events: PaintEvents) {
    this.#document = document;
    this.#events = events;
  }

  /** The pages that ought to be painted, most wanted first. */
  want(wishes: readonly PaintWish[]): void {
    this.#wishes = wishes;
    const running = this.#running;
    if (running !== null && !wishes.some((wish) => same(wish, running.wish))) running.painting.cancel();
    this.#next();
  }

  /**
   * Painted pages that must go, so that memory stays bounded, however many pages are visited: those painted longest ago
   * and not wanted now. They count as unpainted from here on.
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

  /** The page's canvas is gone. */
  forget(page: number): void {
    this.#done.delete(page);
    this.#document.release(page);
  }

  close(): void {
    this.#closed = true;
    this.#running?.painting.cancel();
  }

  #next(): void {
    if (this.#running !== null || this.#closed) return;
    const wish = this.#wishes.find((wanted) => {
      const done = this.#done.get(wanted.page)?.wish;
      return !this.#failed.has(wanted.page) && (done === undefined || !same(done, wanted));
    });
    if (wish === undefined) return;
    const painting = this.#document.paint(wish.page, wish.turn, wish.scale);
    this.#running = { wish, painting };
    painting.done
      .then(
        (canvas) => {
          if (canvas === null || this.#closed) return;
          this.#done.delete(wish.page);
          this.#done.set(wish.page, { wish, pixels: canvas.width * canvas.height });
          this.#events.onPainted(wish, canvas);
        },
        (failure: unknown) => {
          if (this.#closed) return;
          this.#failed.add(wish.page);
          this.#events.onFailed(wish.page, failure);
        },
      )
      .finally(() => {
        this.#running = null;
        this.#next();
      });
  }
}
