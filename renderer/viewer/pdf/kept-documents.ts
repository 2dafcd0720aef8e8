import type { PdfOptions } from './options.ts';
import type { PageTexts } from './page-texts.ts';
import type { PaintedDocument } from './pdfjs.ts';
import { free } from './thumbnails.ts';

/** A painted page. */
export interface PaintedPage {
  readonly canvas: HTMLCanvasElement;
  /** Rotation of the pages at that time. */
  readonly turn: number;
  /** Canvas pixels per point. */
  readonly scale: number;
}

/** What is kept of a closed PDF for reopening it. */
export interface LeftDocument {
  readonly document: PaintedDocument;
  /** The pages that were in view, most wanted first. */
  readonly pages: ReadonlyMap<number, PaintedPage>;
  readonly texts: PageTexts;
  /** The layer that the texts belong to. */
  readonly layer: PdfOptions['layer'];
}

/**
 * Closed PDFs that stay open in pdf.js: each has its own worker and takes 40 MB. With three, ten jumps in a thousand
 * pages reached 499 MB.
 */
const KEPT = 2;
/** Limit for the painted pages of all of them, canvas pixels: 6 Mi take 24 MB. */
export const KEPT_CLOSED_PIXELS = 6 * 2 ** 20;
/** Closed PDFs are dropped after this time, ms. */
const LONGEST = 300_000;

/**
 * The PDFs closed last, by address. Opening a PDF takes a worker, the file’s structure and the page’s painting, four
 * fifths of the time until a page is visible; switching back and forth between sources avoids all of it. Each is given to
 * one reader only; the rest are closed.
 */
export class KeptDocuments {
  /** Oldest first. */
  readonly #left = new Map<string, LeftDocument & { readonly timer: ReturnType<typeof setTimeout> }>();
  readonly #distrusted = new Set<string>();

  /** Takes a kept PDF; the caller leaves it again or closes it. */
  take(url: string): LeftDocument | null {
    const there = this.#left.get(url);
    if (there === undefined) return null;
    clearTimeout(there.timer);
    this.#left.delete(url);
    return there;
  }

  /** Keeps a closed PDF. One opened with a password is not kept, so that reopening asks again. */
  leave(url: string, left: LeftDocument): void {
    this.drop(url);
    if (left.document.locked || this.#distrusted.has(url)) return this.#close(left);
    left.document.rest();
    // Removes the canvas from its page, which is otherwise unreferenced.
    for (const { canvas } of left.pages.values()) canvas.remove();
    const timer = setTimeout(() => this.drop(url), LONGEST);
    this.#left.set(url, { ...left, timer });
    for (const old of [...this.#left.keys()].slice(0, -KEPT)) this.drop(old);
    this.#bound();
  }

  /** From now on it is opened from its bytes: they have changed. */
  distrust(url: string): void {
    this.#distrusted.add(url);
    this.drop(url);
  }

  drop(url: string): void {
    const there = this.take(url);
    if (there !== null) this.#close(there);
  }

  /** The project was closed. */
  dropAll(): void {
    for (const url of this.#left.keys()) this.drop(url);
    this.#distrusted.clear();
  }

  /** Frees painted pages, those closed longest ago first, until the rest fits. */
  #bound(): void {
    let pixels = 0;
    for (const [url, left] of [...this.#left].toReversed()) {
      const fitting = [...left.pages].filter(([, { canvas }]) => {
        const fits = pixels + canvas.width * canvas.height <= KEPT_CLOSED_PIXELS;
        if (fits) pixels += canvas.width * canvas.height;
        else free(canvas);
        return fits;
      });
      // Set in place: the map's order says which was closed last.
      this.#left.set(url, { ...left, pages: new Map(fitting) });
    }
  }

  #close({ document, pages }: LeftDocument): void {
    for (const { canvas } of pages.values()) free(canvas);
    void document.close();
  }
}

export const keptDocuments = new KeptDocuments();
