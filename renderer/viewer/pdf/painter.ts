import type { PaintedPage } from './kept-documents.ts';
import type { PageBox } from './page-box.ts';
import type { PageSheet } from './sheet.ts';
import type { Thumbnails } from './thumbnails.ts';

/** Who puts on the pages what they are seen by. */
export interface Painter {
  mounted(box: PageBox): void;
  /** These pages are in view now, at the sheet's zoom and turn. */
  inView(first: number, last: number): void;
  /** Ends; what it leaves painted for who opens the source again, or null. */
  leave(): ReadonlyMap<number, PaintedPage> | null;
}

/** Begins to paint on a sheet; `onFailed` hears of each page that cannot be. */
export type StartPainting = (
  sheet: PageSheet,
  thumbnails: Thumbnails,
  onFailed: (page: number, failure: unknown) => void,
) => Painter;
