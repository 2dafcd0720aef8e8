import type { Area, Layer } from '../../../shared/model/index.ts';
import type { PagePayload } from '../../../shared/text/page-payload.ts';
import type { ScreenBox, ViewEvents } from '../types.ts';
import type { PageUnit, Spread, Turn, Zoom } from './layout.ts';
import type { PageLabels } from './page-box.ts';

export interface PdfEvents extends ViewEvents {
  onArea(page: number, area: Area, box: ScreenBox): void;
  /** The page one is on, from 1, the zoom that is shown, and how pages lie beside each other. */
  onPlace(page: number, zoom: number, spread: Spread): void;
  /** The area tool was switched on or off. */
  onAreaTool(on: boolean): void;
  /** The pages cannot be painted; a PDF's text is shown instead. */
  onUnpaintable(): void;
}

/** What the view of pages needs, whatever they are of. */
export interface PagesOptions {
  /** Null while the source has no text layer. */
  readonly layer: Pick<Layer, 'pages' | 'hasText'> | null;
  readonly loadPage: (page: number) => Promise<PagePayload>;
  /** The layer's whole text: what copying gives. */
  readonly loadText: () => Promise<string>;
  readonly zoom: Zoom;
  /** One page below the other, unless said otherwise. */
  readonly spread?: Spread;
  /** As the pages are, unless said otherwise. */
  readonly turn?: Turn;
  /** Points, unless said otherwise. */
  readonly unit?: PageUnit;
  readonly labels: PageLabels & { readonly pages: string };
  readonly events: PdfEvents;
}

export interface PdfOptions extends PagesOptions {
  /** Address of the original; it answers ranges. */
  readonly url: string;
  /** Absolute address of the folder `pdfjs/`. */
  readonly assets: string;
  readonly askPassword: (wrong: boolean) => Promise<string | null>;
}
