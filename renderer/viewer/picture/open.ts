import type { Layer } from '../../../shared/model/index.ts';
import { PICTURE_PIXELS } from '../pdf/layout.ts';
import type { OpeningDocument } from '../pdf/view.ts';
import type { PagesOptions } from '../pdf/options.ts';
import type { PageBox } from '../pdf/page-box.ts';
import { PageTexts } from '../pdf/page-texts.ts';
import type { Painter } from '../pdf/painter.ts';
import type { PageSheet } from '../pdf/sheet.ts';
import { PdfView } from '../pdf/view.ts';
import { loadPicture, type LoadedPicture } from './load.ts';

export interface PictureOptions extends Pick<PagesOptions, 'zoom' | 'turn' | 'labels' | 'events'> {
  /** Where the picture's bytes are. */
  readonly url: string;
  /** Of engine `image` or `picture`: one page of the picture's size, upright. */
  readonly layer: Pick<Layer, 'pages'>;
  readonly isAnimated: boolean;
}

/** Shows a picture in `container`, as the one page of a sheet: areas, zoom, turning and keys are those of PDF pages. */
export function openPicture(container: HTMLElement, options: PictureOptions): PdfView {
  const { url, layer, isAnimated, ...shared } = options;
  const noText = (): Promise<never> => Promise.reject(new Error('Images have no text.'));
  const given = new AbortController();
  const [page] = layer.pages;
  const loading = loadPicture(url, isAnimated, given.signal);
  const document: OpeningDocument = {
    painting: loading.then((picture) => {
      const [left = 0, bottom = 0, right = 0, top = 0] = page?.box ?? [];
      // Areas are pixels of the picture as it was read at import: over another size they would lie elsewhere.
      if (picture.width !== right - left || picture.height !== top - bottom)
        throw new Error('The image’s size has changed since import.');
      return (sheet) => new PicturePainter(sheet, picture);
    }),
    outline: () => Promise.resolve({ entries: [], cut: false }),
    texts: new PageTexts(noText),
    close: () => {
      given.abort();
      loading.then(
        (picture) => picture.close(),
        () => undefined,
      );
    },
  };
  const pages = { ...shared, unit: PICTURE_PIXELS, loadPage: noText, loadText: noText };
  return new PdfView(container, { ...pages, layer: { pages: layer.pages, hasText: false } }, layer.pages, document);
}

/** Puts the picture on its page; the browser paints it at every size by itself. */
class PicturePainter implements Painter {
  readonly #sheet: PageSheet;
  readonly #picture: LoadedPicture;
  #turn = -1;

  constructor(sheet: PageSheet, picture: LoadedPicture) {
    this.#sheet = sheet;
    this.#picture = picture;
    for (const box of sheet.boxes.values()) this.mounted(box);
  }

  mounted(box: PageBox): void {
    this.#turn = this.#sheet.turn;
    box.showCanvas(this.#picture.element, this.#turn);
  }

  inView(): void {
    if (this.#turn !== this.#sheet.turn) for (const box of this.#sheet.boxes.values()) this.mounted(box);
  }

  leave(): null {
    return null;
  }
}
