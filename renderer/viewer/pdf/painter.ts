import type { PaintedPage } from './kept-documents.ts';
import type { PageBox } from './page-box.ts';
import type { PageSheet } from './sheet.ts';
import type { Thumbnails } from './thumbnails.ts';

/** Shows the images of pages. */
export interface Painter {
  mounted(box: PageBox): void;
  /** Pages in view changed, or the sheet’s zoom or rotation did. */
  inView(first: number, last: number): void;
  /** Ends; returns painted pages for reopening the source, or null. */
  leave(): ReadonlyMap<number, PaintedPage> | null;
}

/** Starts painting on a sheet; `onFailed` is called for each page that fails. */
export type CreatePainter = (
  sheet: PageSheet,
  thumbnails: Thumbnails,
  onFailed: (page: number, failure: unknown) => void,
) => Painter;
