import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { LayerPageContent } from '../../../shared/text/layer-file.ts';
import { noGeometry } from '../../../shared/text/page-geometry.ts';
import type { ExtractionProgress } from '../extracted.ts';
import type { ByteSource } from './byte-source.ts';
import { readCharacters, restoreLigatures } from './characters.ts';
import { DEFAULT_BOX, openDocument, type PdfDocument } from './document.ts';
import type { PdfMetadata } from './metadata.ts';
import { buildPage } from './page-builder.ts';
import type { Pdfium } from './pdfium.ts';

/** A PDF, or some of its pages, read by one engine. */
export interface ReadPdf {
  readonly pages: readonly LayerPageContent[];
  readonly metadata: PdfMetadata;
  /** A password was needed to open it. */
  readonly protected: boolean;
}
/** Pages from `from` (0 is the first) to `to` (exclusive). */
export interface PageRange {
  readonly from: number;
  readonly to: number;
}
export type Progress = (progress: ExtractionProgress) => void;

/** Which pages are not to be read, and which one is being read. */
export interface ReadWatch {
  readonly skip: ReadonlySet<number>;
  began(index: number): void;
}

/** The most pages and text of a document; a file with more only claims them. */
export const MAX_PAGES = 50_000;
export const MAX_UNITS = 200_000_000;

/**
 * Canonical text and geometry by PDFium, of every page or of those in `range`. A page it cannot load is included, empty and
 * marked failed; a document without pages is DAMAGED. Throws on traps and lack of memory: then the instance must not be used
 * again.
 */
export function readWithPdfium(
  pdfium: Pdfium,
  source: ByteSource,
  passwords: readonly string[],
  onProgress: Progress,
  range: PageRange | null,
  watch: ReadWatch,
): Result<ReadPdf> {
  return withDocument(pdfium, source, passwords, (document) => {
    const { from, to } = range ?? { from: 0, to: document.pages };
    const pages: LayerPageContent[] = [];
    let units = 0;
    for (let index = from; index < Math.min(to, document.pages); index++) {
      watch.began(index);
      const page = watch.skip.has(index) ? failedPage : readPage(pdfium, document, index);
      pages.push(page);
      units += page.text.length;
      if (units > MAX_UNITS) return tooLarge('it has more text than Sourcebook can store');
      onProgress({ done: index + 1, total: document.pages });
    }
    return ok({ pages, metadata: readMetadata(document), protected: document.protected });
  });
}

/** Number of pages. */
export function countPages(pdfium: Pdfium, source: ByteSource, passwords: readonly string[]): Result<number> {
  return withDocument(pdfium, source, passwords, (document) => ok(document.pages));
}

/** Opens a PDF for `work`, if it has pages and not too many. */
export function withDocument<T>(
  pdfium: Pdfium,
  source: ByteSource,
  passwords: readonly string[],
  work: (document: PdfDocument) => Result<T>,
): Result<T> {
  const opened = openDocument(pdfium, source, passwords);
  if (!opened.ok) return opened;
  const document = opened.value;
  try {
    if (document.pages === 0) return fail('DAMAGED', 'This PDF has no readable pages. Get a new copy.');
    if (document.pages > MAX_PAGES) return tooLarge(`it claims ${document.pages} pages; the limit is ${MAX_PAGES}`);
    return work(document);
  } finally {
    document.close();
  }
}

export const tooLarge = (why: string): Result<never> => fail('TOO_LARGE', `This PDF is too large to read: ${why}.`);

/** A page that could not be read, which can still have passages on an area. */
export const failedPage: LayerPageContent = {
  text: '',
  box: DEFAULT_BOX,
  rotation: 0,
  failed: true,
  geometry: noGeometry(),
};

function readPage(pdfium: Pdfium, document: PdfDocument, index: number): LayerPageContent {
  const page = document.withPage(index, (handle, { box, rotation }) => {
    const all = readCharacters(pdfium, handle);
    if (all === null) return { ...failedPage, box, rotation };
    restoreLigatures(all);
    // Without `characters`, since the pages are kept until all are read.
    const { text, geometry } = buildPage(all, box);
    return { text, box, rotation, failed: false, geometry };
  });
  return page ?? failedPage;
}

function readMetadata(document: PdfDocument): PdfMetadata {
  return {
    title: document.info('Title'),
    author: document.info('Author'),
    creationDate: document.info('CreationDate'),
    language: document.language(),
  };
}
