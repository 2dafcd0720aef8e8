import type { Area } from '../../../shared/model/index.ts';
import { type CreatePainter, PageCanvases } from './canvases.ts';
import { keptDocuments, type PaintedPage } from './kept-documents.ts';
import type { PdfOptions } from './options.ts';
import { PageTexts } from './page-texts.ts';
import { openForPainting, type PaintedDocument } from './pdfjs.ts';
import type { PlacedPage } from './sheet.ts';
import { PdfView, type ShownDocument } from './view.ts';

/**
 * Opens a PDF in `container`. With a text layer, its pages are laid out at once, before anything is painted. Without
 * one, the pages are known only when pdf.js has opened the file; if it can’t, this rejects.
 */
export async function openPdfView(container: HTMLElement, options: PdfOptions): Promise<PdfView> {
  const { painted, ...document } = openDocument(options);
  const pages = options.layer?.pages ?? (await pagesOf(await painted));
  return new PdfView(container, options, pages, document);
}

function openDocument(options: PdfOptions): ShownDocument & { readonly painted: Promise<PaintedDocument> } {
  const { url, layer } = options;
  const kept = keptDocuments.take(url);
  const texts = kept?.layer === layer && kept !== null ? kept.texts : new PageTexts(options.loadPage);
  if (kept !== null) {
    const { document, pages } = kept;
    return { ...paintingOf(Promise.resolve(document), pages), texts, close: closeOf(document) };
  }
  const opening = new AbortController();
  let close: ShownDocument['close'] | null = null;
  const painted = openForPainting({ ...options, signal: opening.signal }).then((document) => {
    close = closeOf(document);
    if (opening.signal.aborted) close(null);
    return document;
  });
  return {
    ...paintingOf(painted, new Map()),
    texts,
    close(pages) {
      if (close === null) opening.abort();
      else close(pages);
    },
  };

  /** How the document is closed. Synchronous, since the caller may open it again right after closing it. */
  function closeOf(document: PaintedDocument): ShownDocument['close'] {
    return (pages) => {
      if (pages === null) void document.close();
      else keptDocuments.keep(url, { document, pages, texts, layer });
    };
  }
}

/** How a document is painted and its outline read. `pages` were painted before it was closed last. */
function paintingOf(
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

/** The pages of a PDF without a text layer: each is taken to be like the first until it is in view. */
async function pagesOf(document: PaintedDocument): Promise<PlacedPage[]> {
  const { width, height } = await document.view(1, 0);
  const box: Area = [0, 0, width, height];
  return Array.from({ length: document.pageCount }, (_, at) => ({ page: at + 1, start: 0, end: 0, box, rotation: 0 }));
}
