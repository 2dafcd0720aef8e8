import type { Area } from '../../../shared/model/index.ts';
import { PageCanvases } from './canvases.ts';
import { keptDocuments, type PaintedPage } from './kept-documents.ts';
import type { PdfOptions } from './options.ts';
import { PageTexts } from './page-texts.ts';
import type { CreatePainter } from './painter.ts';
import { openForPainting, type PaintedDocument } from './pdfjs.ts';
import type { PlacedPage } from './sheet.ts';
import { PdfView, type ShownDocument } from './view.ts';

/**
 * Opens a PDF in `container`. With a text layer, its pages have their places at once, before anything is painted; without
 * one, pages are known when pdf.js has opened the file, and this rejects if it cannot.
 */
export async function openPdfView(container: HTMLElement, options: PdfOptions): Promise<PdfView> {
  const { painted, ...document } = openDocument(options);
  const pages = options.layer?.pages ?? (await pagesOf(await painted));
  return new PdfView(container, options, pages, document);
}

function openDocument(options: PdfOptions): ShownDocument & { readonly painted: Promise<PaintedDocument> } {
  const { url, layer } = options;
  const left = keptDocuments.take(url);
  const texts = left?.layer === layer && left !== null ? left.texts : new PageTexts(options.loadPage);
  if (left !== null) {
    const { document, pages } = left;
    return { ...shown(Promise.resolve(document), pages), texts, close: closing(document) };
  }
  const waiting = new AbortController();
  let close: ShownDocument['close'] | null = null;
  const painted = openForPainting({ ...options, signal: waiting.signal }).then((document) => {
    close = closing(document);
    if (waiting.signal.aborted) close(null);
    return document;
  });
  return {
    ...shown(painted, new Map()),
    texts,
    close(pages) {
      if (close === null) waiting.abort();
      else close(pages);
    },
  };

  /** Synchronous: the caller may reopen it right after closing it. */
  function closing(document: PaintedDocument): ShownDocument['close'] {
    return (pages) => {
      if (pages === null) void document.close();
      else keptDocuments.leave(url, { document, pages, texts, layer });
    };
  }
}

/** `pages` are painted already. */
function shown(
  painted: Promise<PaintedDocument>,
  pages: ReadonlyMap<number, PaintedPage>,
): Pick<ShownDocument, 'painting' | 'outline'> & { readonly painted: Promise<PaintedDocument> } {
  const painting = painted.then(
    (document): CreatePainter =>
      (sheet, thumbnails, onFailed) =>
        new PageCanvases(sheet, document, thumbnails, onFailed, pages),
  );
  // The caller gets this failure from `painted`, before anything awaits `painting`.
  painting.catch(() => undefined);
  return {
    painted,
    painting,
    outline: async () => (await painted).outline(),
  };
}

/** Pages of a PDF without a text layer: all like the first until they are seen. */
async function pagesOf(document: PaintedDocument): Promise<PlacedPage[]> {
  const { width, height } = await document.view(1, 0);
  const box: Area = [0, 0, width, height];
  return Array.from({ length: document.pageCount }, (_, at) => ({ page: at + 1, start: 0, end: 0, box, rotation: 0 }));
}
