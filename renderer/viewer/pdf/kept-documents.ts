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

/** What is kept of a closed PDF, so that it can be opened again quickly. */
export interface KeptDocument {
  readonly document: PaintedDocument;
  /** The painted pages that were in view, by number. */
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
const LONGEST_MS = 300_000;

/**
 * The PDFs closed last, by address. Opening a PDF takes a worker, the file’s structure and the page’s painting, four
 * fifths of the time until a page is visible; switching back and forth between sources avoids all of it. One view at a
 * time has each; PDFs that were closed longer ago are dropped.
 */
export class KeptDocuments {
  /** Oldest first. */
  readonly #kept = new Map<string, KeptDocument & { readonly timer: ReturnType<typeof setTimeout> }>();
  readonly #changed = new Set<string>();

  /** Takes a kept PDF; the caller keeps it again or closes it. Null if it is not kept. */
  take(url: string): KeptDocument | null {
    const kept = this.#kept.get(url);
    if (kept === undefined) return null;
    clearTimeout(kept.timer);
    this.#kept.delete(url);
    return kept;
  }

  /** Keeps a closed PDF. One opened with a password is not kept, so that reopening asks again. */
  keep(url: string, closed: KeptDocument): void {
    this.drop(url);
    if (closed.document.locked || this.#changed.has(url)) return this.#close(closed);
    closed.document.releaseAll();
    // Otherwise the canvas would keep the elements of its page in memory.
    for (const { canvas } of closed.pages.values()) canvas.remove();
    const timer = setTimeout(() => this.drop(url), LONGEST_MS);
    this.#kept.set(url, { ...closed, timer });
    for (const old of [...this.#kept.keys()].slice(0, -KEPT)) this.drop(old);
    this.#freePages();
  }

  /** The original’s bytes have changed: from now on it is always read again. */
  neverKeep(url: string): void {
    this.#changed.add(url);
    this.drop(url);
  }

  drop(url: string): void {
    const kept = this.take(url);
    if (kept !== null) this.#close(kept);
  }

  /** The project was closed. */
  dropAll(): void {
    for (const url of this.#kept.keys()) this.drop(url);
    this.#changed.clear();
  }

  /** Frees painted pages, those closed longest ago first, until the rest fits. */
  #freePages(): void {
    let pixels = 0;
    for (const [url, kept] of [...this.#kept].toReversed()) {
      const fitting = [...kept.pages].filter(([, { canvas }]) => {
        const fits = pixels + canvas.width * canvas.height <= KEPT_CLOSED_PIXELS;
        if (fits) pixels += canvas.width * canvas.height;
        else free(canvas);
        return fits;
      });
      // Setting an existing key keeps the map’s order, which is that of closing.
      this.#kept.set(url, { ...kept, pages: new Map(fitting) });
    }
  }

  #close({ document, pages }: KeptDocument): void {
    for (const { canvas } of pages.values()) free(canvas);
    void document.close();
  }
}

export const keptDocuments = new KeptDocuments();
