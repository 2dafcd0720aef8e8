import type { Area, Layer } from '../../../shared/model/index.ts';
import type { PagePayload } from '../../../shared/text/page-payload.ts';
import type { ScreenBox, ViewEvents } from '../types.ts';
import type { Spread, Turn, Zoom } from './layout.ts';
import type { PageLabels } from './page-box.ts';

export interface PdfEvents extends ViewEvents {
  onArea(page: number, area: Area, box: ScreenBox): void;
  /** The page one is on, from 1, the zoom that is shown, and how pages lie beside each other. */
  onPlace(page: number, zoom: number, spread: Spread): void;
  /** The area tool was switched on or off. */
  onAreaTool(on: boolean): void;
  /** The PDF cannot be painted; its text is shown instead. */
  onUnpaintable(): void;
}

export interface PdfOptions {
  /** Address of the original; it answers ranges. */
  readonly url: string;
  /** Absolute address of the folder `pdfjs/`. */
  readonly assets: string;
  /** Null while the source has no text layer. */
  readonly layer: Pick<Layer, 'pages' | 'hasText'> | null;
  readonly loadPage: (page: number) => Promise<PagePayload>;
  /** The layer's whole text: what copying gives. */
  readonly loadText: () => Promise<string>;
  readonly askPassword: (wrong: boolean) => Promise<string | null>;
  readonly zoom: Zoom;
  /** One page below the other, unless said otherwise. */
  readonly spread?: Spread;
  /** As the pages are, unless said otherwise. */
  readonly turn?: Turn;
  readonly labels: PageLabels & { readonly pages: string };
  readonly events: PdfEvents;
}
