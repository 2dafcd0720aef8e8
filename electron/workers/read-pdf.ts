import { stat } from 'node:fs/promises';
import { joinParts, isPoor, type PdfPart } from '../formats/pdf/part.ts';
import { pdfiumLayerVersion } from '../formats/pdf/versions.ts';
import type { Extraction, Jobs } from './jobs.ts';
import type { Pool, RunOptions } from './pool.ts';

type PdfInput = Jobs['pdf']['input'];

/** Smaller files have few pages: counting them would cost more than it saves. */
const LONG_BYTES = 256 * 1024;
/** Shorter documents are read before a second worker has warmed up. */
const LONG_PAGES = 200;
/** Three for each of two workers, so that neither waits long for the other; each opens the file again. */
const PARTS = 6;

/**
 * Reads a PDF's text and geometry. The pages of a long PDF are divided among the workers; the joined layer has the same bytes. Rejects with a Fault as Pool.run does.
 */
export async function readPdf(pool: Pool, input: PdfInput, options: RunOptions = {}): Promise<Extraction> {
  const { size } = await stat(input.path);
  const inParts = size < LONG_BYTES ? null : await readInParts(pool, input, options);
  return inParts ?? pool.run('pdf', input, options);
}

/** Null if the PDF is short, or must be read as a whole. */
async function readInParts(pool: Pool, input: PdfInput, options: RunOptions): Promise<Extraction | null> {
  const pages = await pool.run('pdfPages', input, options);
  if (!pages.ok || pages.value < LONG_PAGES) return null;

  const others = new AbortController();
  const signal = options.signal === undefined ? others.signal : AbortSignal.any([options.signal, others.signal]);
  const progress = sumOfProgress(pages.value, options.onProgress);
  let failure: unknown = null;
  const readRange = async (part: number): Promise<PdfPart | null> => {
    const edge = (index: number): number => Math.round((pages.value * index) / PARTS);
    const range = { from: edge(part), to: edge(part + 1) };
    try {
      const read = await pool.run(
        'pdfPart',
        { ...input, range },
        { ...options, signal, onProgress: progress(range.from) },
      );
      if (read.ok) return read.value;
    } catch (thrown) {
      // The first failure is the cause; it ended the other jobs.
      if (!others.signal.aborted) failure = thrown;
    }
    others.abort();
    return null;
  };
  const parts = await Promise.all(Array.from({ length: PARTS }, (_, part) => readRange(part)));
  if (failure instanceof Error) throw failure;
  const read = parts.filter((part) => part !== null);
  return read.length < PARTS || isPoor(read) ? null : joinParts(read, 'pdfium', pdfiumLayerVersion, []);
}

/** Adds up the parts' progress to the number of pages read in all. */
function sumOfProgress(pages: number, tell: RunOptions['onProgress']) {
  const done = new Map<number, number>();
  return (from: number): NonNullable<RunOptions['onProgress']> =>
    ({ page }) => {
      done.set(from, (page ?? from) - from);
      tell?.({ page: [...done.values()].reduce((sum, count) => sum + count, 0), pages });
    };
}
