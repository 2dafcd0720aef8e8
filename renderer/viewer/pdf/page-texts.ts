import type { PlacedPage } from './sheet.ts';
import { decodePagePayload, type PagePayload } from '../../../shared/text/page-payload.ts';
import type { PlacedText } from './geometry.ts';
import { contentPath, layerPagePath } from '../../../shared/contract/bytes.ts';

/** Where each page is in the layer’s whole text, in which pages are joined by one line feed. */
export class PageMap {
  readonly pages: readonly PlacedPage[];

  constructor(pages: readonly PlacedPage[]) {
    this.pages = pages;
  }

  get length(): number {
    return this.pages.at(-1)?.end ?? 0;
  }

  get(page: number): PlacedPage | null {
    return this.pages[page - 1] ?? null;
  }

  /** The page that holds an offset; with `closing`, the one that holds the unit before it. */
  at(offset: number, closing = false): PlacedPage | null {
    const key = closing ? offset - 1 : offset;
    let low = 0;
    let high = this.pages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.pages[middle]?.start ?? 0) <= key) low = middle;
      else high = middle - 1;
    }
    return this.pages[low] ?? null;
  }

  /** Pages that share text with a range. */
  within(start: number, end: number): PlacedPage[] {
    return this.pages.filter((page) => page.start < end && page.end > start);
  }
}

/** Converts an offset of the whole text to the page’s own text. */
export const localOffset = (page: PlacedPage, offset: number): number =>
  Math.min(Math.max(offset - page.start, 0), page.end - page.start);

/** Number of decoded pages kept: some 100 KB each. */
const KEPT = 64;

/** The texts of pages with their geometry. Each is loaded once; the least recently used are dropped. */
export class PageTexts {
  readonly #read: (page: number) => Promise<PagePayload>;
  readonly #known = new Map<number, PlacedText>();
  readonly #loading = new Map<number, Promise<PlacedText | null>>();

  constructor(read: (page: number) => Promise<PagePayload>) {
    this.#read = read;
  }

  /** The page, if it is loaded. */
  get(page: number): PlacedText | null {
    const known = this.#known.get(page);
    if (known === undefined) return null;
    this.#known.delete(page);
    this.#known.set(page, known);
    return known;
  }

  /** Loads the page; null if its text has no geometry. Rejects if it cannot be read. */
  load(page: number): Promise<PlacedText | null> {
    const known = this.get(page);
    if (known !== null) return Promise.resolve(known);
    const loading = this.#loading.get(page) ?? this.#add(page);
    this.#loading.set(page, loading);
    return loading;
  }

  async #add(page: number): Promise<PlacedText | null> {
    try {
      const { text, geometry } = await this.#read(page);
      if (geometry === null) return null;
      const placed = { text, geometry };
      this.#known.set(page, placed);
      for (const old of this.#known.keys()) {
        if (this.#known.size <= KEPT) break;
        this.#known.delete(old);
      }
      return placed;
    } finally {
      this.#loading.delete(page);
    }
  }
}

/** The address of the bytes that a source shows: its original, or a file from an archive. */
export const contentAddress = (source: string): string => new URL(contentPath(source), document.baseURI).href;

/** One page of a text layer with its geometry, from our own host. Rejects if it cannot be read. */
export async function fetchPage(layer: string, page: number): Promise<PagePayload> {
  const response = await fetch(new URL(layerPagePath(layer, page), document.baseURI));
  if (!response.ok) throw new Error(`Couldn’t read the text of page ${page} (${response.status}).`);
  return decodePagePayload(new Uint8Array(await response.arrayBuffer()));
}
