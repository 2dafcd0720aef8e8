import type { PaintedPage } from './kept-documents.ts';
import type { PageBox } from './page-box.ts';
import type { PageSheet } from './sheet.ts';
import type { Thumbnails } from './thumbnails.ts';

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
