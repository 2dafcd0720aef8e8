import type { Area } from '../../../shared/model/index.ts';
import type { PdfOptions } from './options.ts';
import { openForPainting, type PaintedDocument } from './pdfjs.ts';
import type { PlacedPage } from './sheet.ts';
import { PdfView } from './view.ts';

/**
 * Opens a PDF in `container`. Where there is a text layer its pages have their places at once, before anything is painted;
 * without one the pages are known when pdf.js has opened the file, and this rejects where it cannot.
 */
export async function openPdfView(container: HTMLElement, options: PdfOptions): Promise<PdfView> {
  const document = openForPainting(options);
  const pages = options.layer?.pages ?? (await pagesOf(await document));
  return new PdfView(container, options, pages, document);
}

/** Pages of a PDF that has no text layer: all like the first until they are seen. */
async function pagesOf(document: PaintedDocument): Promise<PlacedPage[]> {
  const { width, height } = await document.view(1, 0);
  const box: Area = [0, 0, width, height];
  return Array.from({ length: document.pageCount }, (_, at) => ({ page: at + 1, start: 0, end: 0, box, rotation: 0 }));
}
