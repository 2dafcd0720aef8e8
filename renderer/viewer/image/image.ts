import { frozenResourceType } from '../../../shared/model/frozen-resource.ts';
import type { PageBox, Painted } from '../pdf/page-box.ts';
import type { Layer } from '../../../shared/model/index.ts';
import { IMAGE_PIXELS } from '../pdf/layout.ts';
import { type ShownDocument, PdfView } from '../pdf/view.ts';
import type { PagesOptions } from '../pdf/options.ts';
import { PageTexts } from '../pdf/page-texts.ts';
import type { Painter } from '../pdf/canvases.ts';
import type { PageSheet } from '../pdf/sheet.ts';

/** A decoded image. `close` frees its memory. */
interface LoadedImage {
  readonly element: Painted;
  /** Upright, in its own pixels. */
  readonly width: number;
  readonly height: number;
  /** The image’s bytes, for printing: our content security policy does not allow fetching a `blob:` address. */
  bytes(): Promise<Blob>;
  close(): void;
}

const SHOWN = new Set(['image/png', 'image/jpeg', 'image/webp']);

/**
 * Fetches an image from our own host and has the browser decode it. Its type is detected from its first bytes, and is
 * never SVG. It is shown from a `blob:` address, so that nothing else is requested. The browser rotates it by its EXIF
 * orientation and paints the visible part at any size: 16,000 pixels need no canvas. Of an animated image the first
 * frame is shown. Rejects if it cannot be fetched or decoded.
 */
export async function loadImage(url: string, isAnimated: boolean, signal: AbortSignal): Promise<LoadedImage> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`Couldn’t read the image (${response.status}).`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const type = frozenResourceType(bytes);
  if (type === null || !SHOWN.has(type)) throw new Error('This type of image isn’t supported.');
  const blob = new Blob([bytes], { type });
  return isAnimated ? firstFrameOf(blob) : decoded(blob);
}

async function decoded(blob: Blob): Promise<LoadedImage> {
  const url = URL.createObjectURL(blob);
  const image = document.createElement('img');
  image.alt = '';
  image.draggable = false;
  try {
    // Not `decode()`, which rejects a truncated image whose upper part can still be shown.
    await new Promise<void>((loaded, failed) => {
      image.addEventListener('load', () => loaded(), { once: true });
      image.addEventListener('error', () => failed(new Error('Couldn’t decode the image.')), { once: true });
      image.src = url;
    });
  } catch (failure) {
    URL.revokeObjectURL(url);
    throw failure;
  }
  return {
    element: image,
    width: image.naturalWidth,
    height: image.naturalHeight,
    bytes: () => Promise.resolve(blob),
    close: () => URL.revokeObjectURL(url),
  };
}

async function firstFrameOf(blob: Blob): Promise<LoadedImage> {
  const bitmap = await createImageBitmap(blob);
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  const { width, height } = canvas;
  return {
    element: canvas,
    width,
    height,
    bytes: async () => {
      const first = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
      if (first === null) throw new Error('Couldn’t prepare the image for printing.');
      return first;
    },
    close: () => {
      canvas.width = 0;
      canvas.height = 0;
    },
  };
}

export interface ImageOptions extends Pick<PagesOptions, 'zoom' | 'turn' | 'labels' | 'events'> {
  /** Where the image's bytes are. */
  readonly url: string;
  /** A layer of the engine `image` or `picture`: one page of the image’s size, upright. */
  readonly layer: Pick<Layer, 'pages'>;
  readonly isAnimated: boolean;
}

/** Shows an image in `container` as the only page of a sheet: areas, zoom, rotation and keys are those of PDF pages. */
export function openImageView(container: HTMLElement, options: ImageOptions): PdfView {
  const { url, layer, isAnimated, ...shared } = options;
  const noText = (): Promise<never> => Promise.reject(new Error('Images have no text.'));
  const closed = new AbortController();
  const [page] = layer.pages;
  const loading = loadImage(url, isAnimated, closed.signal);
  const document: ShownDocument = {
    painting: loading.then((image) => {
      const [left = 0, bottom = 0, right = 0, top = 0] = page?.box ?? [];
      // Areas are in pixels of the image as it was imported: on an image of another size they would be misplaced.
      if (image.width !== right - left || image.height !== top - bottom)
        throw new Error('The image’s size has changed since import.');
      return (sheet) => new ImagePainter(sheet, image);
    }),
    outline: () => Promise.resolve({ entries: [], cut: false }),
    texts: new PageTexts(noText),
    close: () => {
      closed.abort();
      loading.then(
        (image) => image.close(),
        () => undefined,
      );
    },
  };
  const pages = { ...shared, unit: IMAGE_PIXELS, loadPage: noText, loadText: noText };
  return new PdfView(container, { ...pages, layer: { pages: layer.pages, hasText: false } }, layer.pages, document);
}

/** Puts the image on its page; the browser paints it at every size. */
class ImagePainter implements Painter {
  readonly #sheet: PageSheet;
  readonly #image: LoadedImage;
  #turn = -1;

  constructor(sheet: PageSheet, image: LoadedImage) {
    this.#sheet = sheet;
    this.#image = image;
    for (const box of sheet.boxes.values()) this.mounted(box);
  }

  mounted(box: PageBox): void {
    this.#turn = this.#sheet.turn;
    box.showCanvas(this.#image.element, this.#turn);
  }

  inView(): void {
    if (this.#turn !== this.#sheet.turn) for (const box of this.#sheet.boxes.values()) this.mounted(box);
  }

  close(): null {
    return null;
  }
}
