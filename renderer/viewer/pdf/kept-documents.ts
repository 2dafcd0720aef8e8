import type { PdfOptions } from './options.ts';
import type { PageTexts } from './page-texts.ts';
import type { PaintedDocument } from './pdfjs.ts';
import { free } from './thumbnails.ts';

/** A page as it was painted last. */
export interface PaintedPage {
  readonly canvas: HTMLCanvasElement;
  /** How the pages were turned then. */
  readonly turn: number;
  /** Canvas pixels a point. */
  readonly scale: number;
}

/** What a PDF that was closed leaves for who opens it again. */
export interface LeftDocument {
  readonly document: PaintedDocument;
  /** The pages that were in view, most wanted first. */
  readonly pages: ReadonlyMap<number, PaintedPage>;
  readonly texts: PageTexts;
  /** The layer the texts are of. */
  readonly layer: PdfOptions['layer'];
}

/**
 * So many closed PDFs stay open in pdf.js: each has a worker of its own, and takes 40 MB. With three, ten jumps in a thousand
 * pages reached 499 MB.
 */
const KEPT = 2;
/** The painted pages of all of them, by canvas pixels: 6 Mi take 24 MB. */
export const KEPT_CLOSED_PIXELS = 6 * 2 ** 20;
/** Who has not come back by then is not waited for, ms. */
const LONGEST = 300_000;

/**
 * The PDFs closed last, by their address. To open one anew takes a worker, the file's structure and the page's painting, four
 * fifths of the time until a page is seen; who goes to and fro between sources waits for none of it. Each is handed to one
 * reader only, and what is not kept is closed.
 */
export class KeptDocuments {
  /** Oldest first. */
  readonly #left = new Map<string, LeftDocument & { readonly timer: ReturnType<typeof setTimeout> }>();
  readonly #distrusted = new Set<string>();

  /** What was left of it; whoever takes it leaves it again, or closes it. */
  take(url: string): LeftDocument | null {
    const there = this.#left.get(url);
    if (there === undefined) return null;
    clearTimeout(there.timer);
    this.#left.delete(url);
    return there;
  }

  /** Keeps a PDF that is closed. One that asked for a password is not kept: to open it again asks again. */
  leave(url: string, left: LeftDocument): void {
    this.drop(url);
    if (left.document.locked || this.#distrusted.has(url)) return this.#close(left);
    left.document.rest();
    // Out of the page it was in, which nothing else holds any more.
    for (const { canvas } of left.pages.values()) canvas.remove();
    const timer = setTimeout(() => this.drop(url), LONGEST);
    this.#left.set(url, { ...left, timer });
    for (const old of [...this.#left.keys()].slice(0, -KEPT)) this.drop(old);
    this.#bound();
  }

  /** It is opened from its bytes from now on: they are not what they were. */
  distrust(url: string): void {
    this.#distrusted.add(url);
    this.drop(url);
  }

  drop(url: string): void {
    const there = this.take(url);
    if (there !== null) this.#close(there);
  }

  /** Another project, or none. */
  dropAll(): void {
    for (const url of this.#left.keys()) this.drop(url);
    this.#distrusted.clear();
  }

  /** Gives painted pages back, those closed longest ago first, until the rest fits. */
  #bound(): void {
    let pixels = 0;
    for (const [url, left] of [...this.#left].toReversed()) {
      const fitting = [...left.pages].filter(([, { canvas }]) => {
        const fits = pixels + canvas.width * canvas.height <= KEPT_CLOSED_PIXELS;
        if (fits) pixels += canvas.width * canvas.height;
        else free(canvas);
        return fits;
      });
      // Not taken out and put in again: the order says which was closed last.
      this.#left.set(url, { ...left, pages: new Map(fitting) });
    }
  }

  #close({ document, pages }: LeftDocument): void {
    for (const { canvas } of pages.values()) free(canvas);
    void document.close();
  }
}

export const keptDocuments = new KeptDocuments();
