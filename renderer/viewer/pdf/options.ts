import type { Area, Layer } from '../../../shared/model/index.ts';
import type { PagePayload } from '../../../shared/text/page-payload.ts';
import type { ScreenBox, ViewEvents } from '../types.ts';
import { forwardedEvents } from '../useSourceView.ts';
import type { PageUnit, Spread, Turn, Zoom } from './layout.ts';
import type { PageLabels } from './page-box.ts';

export interface PdfEvents extends ViewEvents {
  onArea(page: number, area: Area, box: ScreenBox): void;
  /** The current page (from 1), the zoom shown, and the arrangement of pages. */
  onPlace(page: number, zoom: number, spread: Spread): void;
  /** The area tool was switched on or off. */
  onAreaTool(on: boolean): void;
  /** The pages cannot be painted; a PDF's text is shown instead. */
  onUnpaintable(): void;
}

/** Listeners that stay the same, and call those of the latest props. */
export const forwardedPdfEvents = (latest: () => { readonly events: PdfEvents }): PdfEvents => ({
  ...forwardedEvents(latest),
  onArea: (page, area, box) => latest().events.onArea(page, area, box),
  onPlace: (page, zoom, spread) => latest().events.onPlace(page, zoom, spread),
  onAreaTool: (on) => latest().events.onAreaTool(on),
  onUnpaintable: () => latest().events.onUnpaintable(),
});

/** Options of a view of pages: of a PDF or an image. */
export interface PagesOptions {
  /** Null while the source has no text layer. */
  readonly layer: Pick<Layer, 'pages' | 'hasText'> | null;
  readonly loadPage: (page: number) => Promise<PagePayload>;
  /** The layer’s whole text, which copying uses. */
  readonly loadText: () => Promise<string>;
  readonly zoom: Zoom;
  /** Default: one page below the other. */
  readonly spread?: Spread;
  /** Default: not rotated. */
  readonly turn?: Turn;
  /** The source’s recorded language, for text whose letters do not tell. */
  readonly language?: string | null;
  /** Default: points. */
  readonly unit?: PageUnit;
  readonly labels: PageLabels & { readonly pages: string };
  readonly events: PdfEvents;
}

export interface PdfOptions extends PagesOptions {
  /** Address of the original, which supports range requests. */
  readonly url: string;
  /** Absolute address of the folder `pdfjs/`. */
  readonly assets: string;
  readonly askPassword: (wrong: boolean) => Promise<string | null>;
}
