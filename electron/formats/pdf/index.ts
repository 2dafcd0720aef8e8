import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '../../../shared/errors.ts';
import type { LayerEngine } from '../../../shared/model/index.ts';
import { PASSWORD_TO_SHOW } from '../../../shared/model/layer-notes.ts';
import type { Extraction } from '../extracted.ts';
import { toExtracted } from '../layer.ts';
import { type ByteSource, fileSource } from './byte-source.ts';
import { prefill } from './metadata.ts';
import { OutOfMemory, PDFIUM_VERSION, type Pdfium, startPdfium } from './pdfium.ts';
import { type Progress, type ReadPdf, readWithPdfium, tooLarge } from './pdfium-text.ts';
import { PDFJS_VERSION, readWithPdfjs } from './pdfjs-text.ts';
import { undecodedShare } from '../text-quality.ts';

/**
 * The version of our own rules for text, order and runs. It must grow whenever one of them changes, because offsets
 * depend on it: tests/unit/formats/pdf holds the hashes of layers made by these rules.
 */
const TEXT_RULES = 1;

/** PDFium counts positions in 32 bits, and reads them as signed in places. */
const MAX_BYTES = 2 ** 31 - 1;
/** pdf.js holds the file in memory several times over. */
const MAX_BYTES_PDFJS = 128 * 2 ** 20;
/** An instance's memory never shrinks: above this a fresh one takes its place. */
const MAX_INSTANCE_MEMORY = 192 * 2 ** 20;
/** Above this share of undecoded characters another engine is asked whether it can do better. */
const MANY_UNDECODED = 0.05;

export interface PdfReader {
  /**
   * Text, geometry and metadata of the PDF at `path`. Whatever is wrong with the file comes back as an error value; what is
   * thrown is a defect of ours. The file is only read.
   */
  read(path: string, passwords: readonly string[], onProgress?: Progress): Promise<Extraction>;
}

/** A reader with an instance of PDFium of its own, taken afresh after a trap and when its memory has grown. */
export function createPdfReader(): PdfReader {
  let instance: Pdfium | null = null;

  const readFirst = async (
    source: ByteSource,
    passwords: readonly string[],
    onProgress: Progress,
  ): Promise<Result<ReadPdf>> => {
    const pdfium = instance ?? (await startPdfium());
    // Kept only after a read that ended well: a trap leaves the instance's memory as it happens to be.
    instance = null;
    try {
      const read = readWithPdfium(pdfium, source, passwords, onProgress);
      if (pdfium.memorySize() < MAX_INSTANCE_MEMORY) instance = pdfium;
      return read;
    } catch (thrown) {
      if (thrown instanceof OutOfMemory) return tooLarge('it needs more memory than PDFium may use');
      if (thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError) {
        return fail(
          'DAMAGED',
          'This PDF is damaged in a way that stopped its reader. Get it again from where it came from.',
        );
      }
      throw thrown;
    }
  };

  return {
    read: async (path, passwords, onProgress = () => undefined) => {
      const source = fileSource(path);
      try {
        if (source.length > MAX_BYTES) return tooLarge(`it has ${source.length} bytes, of at most ${MAX_BYTES}`);
        const read = await readFirst(source, passwords, onProgress);
        if (!needsSecondReader(read) || source.length > MAX_BYTES_PDFJS) return toExtraction(read, 'pdfium', []);
        const second = await readWithPdfjs(readFileSync(path), passwords, onProgress);
        return choose(read, second);
      } finally {
        source.close();
      }
    },
  };
}

function needsSecondReader(read: Result<ReadPdf>): boolean {
  if (!read.ok) return read.error.code === 'DAMAGED';
  return read.value.pages.every((page) => page.failed) || undecoded(read.value) > MANY_UNDECODED;
}

const undecoded = (read: ReadPdf): number => undecodedShare(read.pages.map((page) => page.text));

/** PDFium's reading, unless pdf.js's is clearly better: it opens, or leaves at most half as much undecoded. */
function choose(first: Result<ReadPdf>, second: Result<ReadPdf>): Extraction {
  if (!second.ok) return toExtraction(first.ok ? first : worse(first, second), 'pdfium', []);
  if (!first.ok || first.value.pages.every((page) => page.failed)) {
    return toExtraction(second, 'pdfjs', [
      'PDFium could not open this file; its text was read by pdf.js, which places characters less exactly.',
    ]);
  }
  if (undecoded(second.value) > undecoded(first.value) / 2) return toExtraction(first, 'pdfium', []);
  return toExtraction(second, 'pdfjs', [
    'PDFium could not decode much of this text; it was read by pdf.js, which places characters less exactly.',
  ]);
}

/** pdf.js may know that a file is protected where PDFium only sees damage. */
function worse(first: Result<ReadPdf>, second: Result<ReadPdf>): Result<ReadPdf> {
  return !second.ok && second.error.code !== 'DAMAGED' ? second : first;
}

function toExtraction(
  read: Result<ReadPdf>,
  engine: Extract<LayerEngine, 'pdfium' | 'pdfjs'>,
  remarks: readonly string[],
): Extraction {
  if (!read.ok) return read;
  const { pages, metadata, protected: isProtected } = read.value;
  const version = `${engine === 'pdfium' ? PDFIUM_VERSION : PDFJS_VERSION}+${TEXT_RULES}`;
  const said = prefill(metadata);
  const notes = [...remarks, ...pageNotes(read.value), ...(isProtected ? [PASSWORD_TO_SHOW] : []), ...said.notes];
  return ok(toExtracted({ engine, version, notes, frozen: null, resources: [], pages }, said));
}

function pageNotes({ pages }: ReadPdf): string[] {
  const failed = pages.flatMap((page, index) => (page.failed ? [index + 1] : []));
  if (failed.length === 0) return [];
  if (failed.length === 1) return [`Page ${failed[0]} could not be read.`];
  const listed = failed.slice(0, 20).join(', ');
  return [`${failed.length} pages could not be read: ${listed}${failed.length > 20 ? ' …' : ''}.`];
}
