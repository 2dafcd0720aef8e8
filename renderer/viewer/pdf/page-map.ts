import type { PlacedPage } from './sheet.ts';

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
