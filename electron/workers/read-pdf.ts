import { stat } from 'node:fs/promises';
import { joinParts, isPoor, type PdfPart } from '../formats/pdf/part.ts';
import { pdfiumLayerVersion } from '../formats/pdf/versions.ts';
import { Fault } from '../../shared/errors.ts';
import type { Extraction, Jobs, PdfJobWatch } from './jobs.ts';
import type { Pool, RunOptions } from './pool.ts';

type PdfInput = Jobs['pdf']['input'];

/** Smaller files are not divided: they have few pages, and counting them would cost more than it saves. */
const LONG_BYTES = 256 * 1024;
/** Documents with fewer pages are not divided: they are read before a second worker has warmed up. */
const LONG_PAGES = 200;
/**
 * How many parts a long PDF is divided into: three for each of two workers, so that neither waits long for the other. Each part opens the file
 * again.
 */
const PARTS = 6;

/** How long one page may take, ms; real ones take 3. It is read again once, since the machine may have been busy. */
const PAGE_MS = 20_000;
const TOTAL_MS = 20 * 60_000;
/** How many pages may take too long. Each costs {@link PAGE_MS} twice, and what was read before it again. */
const MOST_LATE = 3;

/**
 * Reads a PDF's text and geometry. The pages of a long PDF are divided among the workers; the joined layer has the same bytes. A page
 * that takes too long is left out and named; the rest is read. Rejects with a Fault as Pool.run does.
 */
export async function readPdf(pool: Pool, input: PdfInput, options: RunOptions = {}): Promise<Extraction> {
  const { size } = await stat(input.path);
  const late = new Map<number, number>();
  let onlyPdfium = false;
  for (let tries = 0; ; tries++) {
    const given = [...late].flatMap(([page, times]) => (times > 1 ? [page] : []));
    const watchNew = (): PdfJobWatch => ({ skip: given, onlyPdfium, current: newPlace() });
    const limits = { timeoutMs: PAGE_MS, totalMs: TOTAL_MS, ...options };
    const whole = { ...input, watch: watchNew() };
    try {
      const inParts = size < LONG_BYTES ? null : await readInParts(pool, input, watchNew, limits);
      return inParts ?? (await pool.run('pdf', whole, limits));
    } catch (thrown) {
      const at = thrown instanceof LatePart ? thrown.page : (whole.watch.current[0] ?? NO_PAGE);
      const fault = thrown instanceof LatePart ? thrown.fault : thrown;
      if (!isLate(fault) || tries >= 2 * MOST_LATE) throw fault;
      if (at >= 0) late.set(at, (late.get(at) ?? 0) + 1);
      else if (onlyPdfium || at === NO_PAGE) throw fault;
      else onlyPdfium = true;
    }
  }
}

const NO_PAGE = -1;
const newPlace = (): Int32Array => new Int32Array(new SharedArrayBuffer(4)).fill(NO_PAGE);
const isLate = (thrown: unknown): boolean => thrown instanceof Fault && thrown.data.code === 'TIMED_OUT';

/** A part of the pages took too long, at this page. */
class LatePart extends Error {
  readonly page: number;
  readonly fault: Fault;
  constructor(page: number, fault: Fault) {
    super(fault.message);
    this.page = page;
    this.fault = fault;
  }
}

/** Null if the PDF is short, or must be read as a whole. */
async function readInParts(
  pool: Pool,
  input: PdfInput,
  watchNew: () => PdfJobWatch,
  options: RunOptions,
): Promise<Extraction | null> {
  const pages = await pool.run('pdfPages', input, options);
  if (!pages.ok || pages.value < LONG_PAGES) return null;

  const others = new AbortController();
  const signal = options.signal === undefined ? others.signal : AbortSignal.any([options.signal, others.signal]);
  const progress = sumOfProgress(pages.value, options.onProgress);
  let failure: unknown = null;
  const readRange = async (part: number): Promise<PdfPart | null> => {
    const edge = (index: number): number => Math.round((pages.value * index) / PARTS);
    const range = { from: edge(part), to: edge(part + 1) };
    const watch = watchNew();
    try {
      const read = await pool.run(
        'pdfPart',
        { ...input, range, watch },
        { ...options, signal, onProgress: progress(range.from) },
      );
      if (read.ok) return read.value;
    } catch (thrown) {
      // The first failure is the cause; it ended the other jobs.
      const page = watch.current[0] ?? NO_PAGE;
      if (!others.signal.aborted)
        failure = page >= 0 && thrown instanceof Fault && isLate(thrown) ? new LatePart(page, thrown) : thrown;
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
  const read = new Map<number, number>();
  return (from: number): NonNullable<RunOptions['onProgress']> =>
    ({ done }) => {
      read.set(from, (done ?? from) - from);
      tell?.({ done: [...read.values()].reduce((sum, count) => sum + count, 0), total: pages });
    };
}
