import { readFileSync, rmSync, statSync } from 'node:fs';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { Extraction } from '../extracted.ts';
import { type ByteSource, fileSource, memorySource } from './byte-source.ts';
import { hasLittle, isPoor, joinParts, type PdfPart, readable, shareOf, toPart } from './part.ts';
import { OutOfMemory, type Pdfium, startPdfium } from './pdfium.ts';
import { countPages, type PageRange, type Progress, readWithPdfium, tooLarge } from './pdfium-text.ts';
import { annotationsOf, type PdfAnnotations } from './annotations.ts';
import { type Annotated, annotatePdf, hasAnnotations, notFound, type PdfMark } from './annotate.ts';
import { type PassageOnPage, type PassagePicture, passagePictures } from './passage-picture.ts';
import { pictureAsPage } from './picture-page.ts';
import { type Redacted, redactPdf } from './redact.ts';
import { hiddenSpans, type PagePart, type PageSpan } from './visible.ts';
import { readWithPdfjs } from './pdfjs-text.ts';
import { pdfiumLayerVersion, pdfjsLayerVersion } from './versions.ts';

/** The largest file, since PDFium stores positions in 32 bits and in places reads them as signed. */
const MAX_BYTES = 2 ** 31 - 1;
/** The largest file that pdf.js reads: it holds the file in memory several times. */
const MAX_BYTES_PDFJS = 128 * 2 ** 20;
/** An instance's memory never shrinks: above this it is replaced by a new one. */
const MAX_INSTANCE_MEMORY = 192 * 2 ** 20;

/**
 * Reads PDFs. Problems with a file are returned as error values; only file-system errors and our own defects are thrown.
 * Files are only read.
 */
export interface PdfReader {
  /** Text, geometry and metadata, by PDFium or, if that reads badly, by pdf.js. */
  read(path: string, passwords: readonly string[], watch?: PdfWatch): Promise<Extraction>;
  countPages(path: string, passwords: readonly string[]): Promise<Result<number>>;
  /** Some pages, by PDFium only; joinParts combines them. */
  readPart(path: string, passwords: readonly string[], range: PageRange, watch?: PdfWatch): Promise<Result<PdfPart>>;
  /** The spans of the given parts of pages whose words can’t be seen there: see visible.ts. */
  hidden(path: string, passwords: readonly string[], parts: readonly PagePart[]): Promise<Result<PageSpan[][]>>;
  /** The annotations that people made in it: see annotations.ts. */
  annotations(path: string, passwords: readonly string[]): Promise<Result<PdfAnnotations>>;
  /** A copy with annotations: see annotate.ts. PDFium has to find them there, else it is DAMAGED and there is no copy. */
  annotate(path: string, to: string, marks: readonly PdfMark[]): Promise<Result<Annotated>>;
  /** Parts of pages with a passage outlined: see passage-picture.ts. */
  pictures(
    file: string | Uint8Array,
    passwords: readonly string[],
    parts: readonly PassageOnPage[],
  ): Promise<Result<PassagePicture[]>>;
  /** The same for an image whose areas count in a page of that size: see `pictures` and picture-page.ts. */
  imagePictures(
    image: Uint8Array,
    size: readonly [number, number],
    parts: readonly PassageOnPage[],
  ): Promise<Result<PassagePicture[]>>;
  /** Writes a new file without anything that is under the masks: see redact.ts. */
  redact(path: string, input: Parameters<typeof redactPdf>[2], onProgress: Progress): Promise<Result<Redacted>>;
}

/** Reports progress to the caller, and takes from the caller what an earlier attempt took too long for. */
export interface PdfWatch {
  readonly onProgress?: Progress;
  /** Pages (0 is the first) not to be read. */
  readonly skip?: readonly number[];
  /** Called before each page with its index, and with {@link BY_PDFJS} before pdf.js reads all. */
  readonly began?: (index: number) => void;
  /** Do not try pdf.js: it took too long in an earlier attempt. */
  readonly onlyPdfium?: boolean;
}
export const BY_PDFJS = -2;

/** If more pages than this need too much memory, the file is given up. */
const MOST_STOPPED = 5;

const sourceOf = (file: string | Uint8Array | ByteSource): ByteSource =>
  typeof file === 'string' ? fileSource(file) : file instanceof Uint8Array ? memorySource(file) : file;

/** A reader with its own instance of PDFium, replaced after a trap and when its memory has grown. */
export function createPdfReader(): PdfReader {
  let instance: Pdfium | null = null;

  const withPdfium = async <T>(
    file: string | Uint8Array | ByteSource,
    work: (pdfium: Pdfium, source: ByteSource) => Result<T>,
  ): Promise<Result<T>> => {
    const source = sourceOf(file);
    let pdfium: Pdfium | null = null;
    try {
      if (source.length > MAX_BYTES) return tooLarge(`it has ${source.length} bytes; the limit is ${MAX_BYTES}`);
      pdfium = instance ?? (await startPdfium());
      // Kept only if the work succeeded: after a trap the instance's memory may be corrupt.
      instance = null;
      const result = work(pdfium, source);
      if (pdfium.memorySize() < MAX_INSTANCE_MEMORY && !pdfium.isOverMemory()) instance = pdfium;
      return result;
    } catch (thrown) {
      return pdfium?.isOverMemory() === true ? trapped(new OutOfMemory()) : trapped(thrown);
    } finally {
      source.close();
    }
  };

  /** Reads pages; one that needs too much memory is left out, and the rest is read by another instance. */
  const readPages = async (
    path: string,
    passwords: readonly string[],
    range: PageRange | null,
    { onProgress = () => undefined, skip: given = [], began }: PdfWatch,
  ): Promise<Result<PdfPart>> => {
    const skip = new Set(given);
    for (;;) {
      let current = -1;
      const read = await withPdfium(path, (pdfium, source) => {
        const all = readWithPdfium(pdfium, source, passwords, onProgress, range, {
          skip,
          began: (index) => {
            current = index;
            began?.(index);
          },
        });
        current = -1;
        return all.ok
          ? ok(
              toPart(
                all.value,
                Array.from(skip, (index) => index + 1),
              ),
            )
          : all;
      });
      const isPageTooLarge = !read.ok && read.error.code === 'TOO_LARGE' && current >= 0;
      if (!isPageTooLarge || skip.size >= MOST_STOPPED) return read;
      skip.add(current);
    }
  };

  return {
    read: async (path, passwords, watch = {}) => {
      const first = await readPages(path, passwords, null, watch);
      if (watch.onlyPdfium === true || !wantsPdfjs(first, path)) return whole(first);
      watch.began?.(BY_PDFJS);
      const second = await readWithPdfjs(readFileSync(path), passwords, watch.onProgress ?? (() => undefined));
      return choose(first, second.ok ? ok(toPart(second.value)) : second);
    },
    countPages: (path, passwords) => withPdfium(path, (pdfium, source) => countPages(pdfium, source, passwords)),
    readPart: (path, passwords, range, watch = {}) => readPages(path, passwords, range, watch),
    hidden: (path, passwords, parts) =>
      withPdfium(path, (pdfium, source) => hiddenSpans(pdfium, source, passwords, parts)),
    annotations: (path, passwords) => withPdfium(path, (pdfium, source) => annotationsOf(pdfium, source, passwords)),
    annotate: (path, to, marks) => annotated(withPdfium, path, to, marks),
    pictures: (file, keys, parts) => withPdfium(file, (pdfium, from) => passagePictures(pdfium, from, keys, parts)),
    imagePictures: async (image, size, parts) => {
      const page = pictureAsPage(image, size);
      if (!page.ok) return page;
      const { source, placed } = page.value;
      return withPdfium(source, (pdfium, from) => passagePictures(pdfium, from, [], parts.map(placed)));
    },
    redact: (path, input, onProgress) =>
      withPdfium(path, (pdfium, source) => redactPdf(pdfium, source, input, onProgress)),
  };
}

type WithPdfium = <T>(path: string, work: (pdfium: Pdfium, source: ByteSource) => Result<T>) => Promise<Result<T>>;

/** Writes a copy with marks, and looks whether PDFium finds them there. */
async function annotated(
  withPdfium: WithPdfium,
  ...[path, to, marks]: Parameters<PdfReader['annotate']>
): ReturnType<PdfReader['annotate']> {
  const before = await withPdfium(path, (pdfium, source) => countPages(pdfium, source, []));
  const made = before.ok ? annotatePdf(path, to, marks) : before;
  if (!before.ok || !made.ok) return made;
  const { pages } = made.value;
  const after = await withPdfium(to, (pdfium, source) => hasAnnotations(pdfium, source, before.value, pages));
  if (after.ok && after.value) return made;
  rmSync(to, { force: true });
  return after.ok ? notFound() : after;
}

function trapped(thrown: unknown): Result<never> {
  if (thrown instanceof OutOfMemory) return tooLarge('it needs more memory than PDFium may use');
  if (thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError) {
    return fail('DAMAGED', 'This PDF is too damaged to read. Get a new copy.', { detail: thrown.message });
  }
  throw thrown;
}

function wantsPdfjs(read: Result<PdfPart>, path: string): boolean {
  // A file that is too large for PDFium is not tried with pdf.js, which has no limits.
  const isBad = read.ok ? read.value.stopped.length === 0 && isPoor([read.value]) : read.error.code === 'DAMAGED';
  if (!isBad) return false;
  return statSync(path).size <= MAX_BYTES_PDFJS;
}

const whole = (read: Result<PdfPart>): Extraction =>
  read.ok ? joinParts([read.value], 'pdfium', pdfiumLayerVersion, []) : read;

/**
 * PDFium's result, unless pdf.js's is clearly better: it opens the file, finds twice the text, or leaves at most half as much
 * undecoded.
 */
function choose(first: Result<PdfPart>, second: Result<PdfPart>): Extraction {
  // pdf.js may recognise a protected file where PDFium only reports damage.
  if (!second.ok) return first.ok || second.error.code === 'DAMAGED' ? whole(first) : second;
  const byPdfjs = (why: string): Extraction =>
    joinParts([second.value], 'pdfjs', pdfjsLayerVersion, [
      `PDFium ${why}; this text comes from pdf.js, which places characters less precisely.`,
    ]);
  if (!first.ok || first.value.failedPages === first.value.pages) return byPdfjs('couldn’t open this file');
  if (hasLittle([first.value])) {
    if (hasLittle([second.value]) || readable([second.value]) < 2 * readable([first.value])) return whole(first);
    return byPdfjs('found little or no text in this file');
  }
  if (shareOf([second.value]) > shareOf([first.value]) / 2) return whole(first);
  return byPdfjs('couldn’t decode much of this file');
}
