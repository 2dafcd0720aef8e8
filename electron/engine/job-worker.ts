import { readFileSync } from 'node:fs';
import type { PdfReader, PdfWatch } from '../formats/pdf/index.ts';
import type { JobName, Jobs, PdfJobWatch } from '../workers/jobs.ts';
import type { JobProgress } from '../workers/pool.ts';
import { serveJobs } from '../workers/serve-jobs.ts';

/**
 * The pool's worker thread, with every job by name. A format's reader is loaded with the first job that needs it. Only the pool
 * sends jobs, with the inputs of jobs.ts; what a page or the command line sent has been parsed by the contract before.
 */

type JobHandlers = {
  readonly [N in JobName]: (
    input: Jobs[N]['input'],
    onProgress: (progress: JobProgress) => void,
  ) => Promise<Jobs[N]['output']>;
};

/** One instance of PDFium for all jobs of this thread; the reader replaces it when necessary. */
let pdf: PdfReader | null = null;
async function pdfReader(): Promise<PdfReader> {
  const { createPdfReader } = await import('../formats/pdf/index.ts');
  pdf ??= createPdfReader();
  return pdf;
}

/** The page being read is written where the pool sees it even after it has ended this thread. */
const watchOf = (watch: PdfJobWatch | undefined, onProgress: (progress: JobProgress) => void): PdfWatch =>
  watch === undefined
    ? { onProgress }
    : { ...watch, onProgress, began: (index) => void Atomics.store(watch.current, 0, index) };

const handlers: JobHandlers = {
  pdf: async ({ path, passwords, watch }, onProgress) => {
    return (await pdfReader()).read(path, passwords, watchOf(watch, onProgress));
  },
  pdfPages: async ({ path, passwords }) => {
    return (await pdfReader()).countPages(path, passwords);
  },
  pdfPart: async ({ path, passwords, range, watch }, onProgress) => {
    return (await pdfReader()).readPart(path, passwords, range, watchOf(watch, onProgress));
  },
  pdfHidden: async ({ path, passwords, parts }) => {
    return (await pdfReader()).hidden(path, passwords, parts);
  },
  pdfAnnotations: async ({ path, passwords }) => {
    return (await pdfReader()).annotations(path, passwords);
  },
  pdfSignatures: async ({ paths }, onProgress) => {
    const { signaturesInFile } = await import('../formats/pdf/signatures.ts');
    return paths.map((path, n) => {
      onProgress({ done: n, total: paths.length });
      return signaturesInFile(path);
    });
  },
  annotatePdf: async ({ path, to, marks }) => {
    return (await pdfReader()).annotate(path, to, marks);
  },
  pdfPictures: async ({ file, passwords, parts }) => {
    return (await pdfReader()).pictures(file, passwords, parts);
  },
  imagePictures: async ({ file, size, parts }) => {
    const bytes = typeof file === 'string' ? readFileSync(file) : file;
    return (await pdfReader()).imagePictures(bytes, size, parts);
  },
  redactPdf: async ({ path, ...input }, onProgress) => {
    return (await pdfReader()).redact(path, input, onProgress);
  },
  page: async (input) => {
    const { readSavedPage } = await import('../formats/page/saved-page.ts');
    return readSavedPage(input);
  },
  archive: async (input, onProgress) => {
    const { listArchive } = await import('../formats/archive/index.ts');
    // The number of pages is not known yet, but without progress the job would be ended as hung.
    return listArchive(input, () => onProgress({ done: null, total: null }));
  },
  archivePage: async (input) => {
    const { readPage } = await import('../formats/archive/index.ts');
    return readPage(input, input);
  },
  archiveContent: async ({ key, to, ...place }) => {
    const { writeContent } = await import('../formats/archive/index.ts');
    return writeContent(place, key, to);
  },
  applyStyles: async (input) => {
    const { applyStyles } = await import('../formats/page/apply-styles.ts');
    return applyStyles(input);
  },
  unstamped: async ({ page }) => {
    const { unstampedHash } = await import('../formats/page/apply-styles.ts');
    return unstampedHash(page);
  },
  mhtml: async (input) => {
    const { readMhtmlPage } = await import('../formats/mhtml/read-file.ts');
    return readMhtmlPage(input);
  },
  frozen: async ({ page, pictures }) => {
    const { checkFrozen } = await import('../formats/page/check-frozen.ts');
    // Invalid UTF-8 becomes U+FFFD, as in a browser: the text then differs.
    return checkFrozen(new TextDecoder('utf-8', { ignoreBOM: true }).decode(page), pictures);
  },
  findCopies: async (input, onProgress) => {
    const { findCopies } = await import('../features/copies/find-in-project.ts');
    return findCopies(input, (done, total) => onProgress({ done, total }));
  },
  compareFile: async (input) => {
    const { compareFile } = await import('../features/merge/edited-file.ts');
    return compareFile(input);
  },
  compareFolder: async ({ database }) => {
    const { compareFolder } = await import('../features/merge/edited-file.ts');
    return compareFolder(database);
  },
  compareCopies: async (input) => {
    const { compareSides } = await import('../features/copies/find-in-project.ts');
    return compareSides(input);
  },
  text: async ({ path, charset = null }) => {
    const { readPlainText } = await import('../formats/text/index.ts');
    return readPlainText(path, charset);
  },
  docx: async ({ path }) => {
    const { readDocx } = await import('../formats/docx/read.ts');
    return readDocx(path);
  },
  image: async (input) => {
    const { readImage } = await import('../formats/image/index.ts');
    return readImage(input.path);
  },
  compare: async ({ older, newer, passages }) => {
    const { compareTexts } = await import('../../shared/anchoring/reanchor.ts');
    return compareTexts(older, newer, passages);
  },
  checkQuotes: async ({ now, before, quotes }) => {
    const { checkQuotes } = await import('../../shared/anchoring/check-quotes.ts');
    return checkQuotes(now, before, quotes);
  },
  suggest: async ({ folder, layer, kind }) => {
    const { openOriginals } = await import('../project/files/originals.ts');
    const { suggestionsOf } = await import('../features/sources/layer-suggestions.ts');
    return suggestionsOf(openOriginals(folder), layer, kind);
  },
  places: async ({ added, sources }) => {
    const { placesInQuotes } = await import('../../shared/places/in-quotes.ts');
    const { finderFor } = await import('../project/places/own.ts');
    return sources.map((source) => placesInQuotes(finderFor(added), source));
  },
  figures: async (input) => {
    const { figuresJob } = await import('../features/figures/read-job.ts');
    return figuresJob(input);
  },
  draft: async (input) => {
    const { draftJob } = await import('../features/drafts/read-job.ts');
    return draftJob(input);
  },
  figuresInSpans: async (input) => {
    const { spansJob } = await import('../features/figures/spans-job.ts');
    return spansJob(input);
  },
  searchIndex: async (input, onProgress) => {
    const { indexProject } = await import('../features/search/index-project.ts');
    return indexProject(input, (done, total) => onProgress({ done, total }));
  },
  searchPlaces: async (input) => {
    const { readPlaces } = await import('../features/search/read-places.ts');
    return readPlaces(input);
  },
  searchQuery: async (input) => {
    const { searchProject } = await import('../features/search/search-project.ts');
    return searchProject(input, input);
  },
  countTerms: async (input, onProgress) => {
    const { countTerms } = await import('../features/suggestions/count-job.ts');
    return countTerms(input, (done, total) => onProgress({ done, total }));
  },
  learn: async (input, onProgress) => {
    const { learn } = await import('../features/suggestions/learn-job.ts');
    return learn(input, (done, total) => onProgress({ done, total }));
  },
  learnedFind: async ({ folder, layer, model }) => {
    const { learnedIn } = await import('../features/suggestions/learn-job.ts');
    return learnedIn(folder, layer, model);
  },
  xlsx: async ({ from, to, table }, onProgress) => {
    const { rowsFrom, writeXlsx } = await import('../formats/xlsx/write.ts');
    await writeXlsx(to, table, rowsFrom(from), (done) => onProgress({ done, total: table.rows }));
    return null;
  },
  encryptBag: async ({ to, plan, key }, onProgress) => {
    const { writeEncryptedBag } = await import('../formats/bag/encrypted.ts');
    return writeEncryptedBag(to, plan, key, (done, total) => onProgress({ done, total }));
  },
  decrypt: async ({ from, to, secrets }, onProgress) => {
    const { decryptFile } = await import('../formats/age/index.ts');
    await decryptFile(from, to, secrets, (done, total) => onProgress({ done, total }));
    return null;
  },
  qdaFile: async (input, onProgress) => {
    const { readQdaFile } = await import('../formats/qda/file.ts');
    return readQdaFile(input, (done, total) => onProgress({ done, total }));
  },
  foreignText: async (input) => {
    const { readForeignText } = await import('../formats/foreign/read.ts');
    return readForeignText(input);
  },
  encryptText: async ({ text, passphrase }) => {
    const { encryptText } = await import('../formats/age/index.ts');
    return encryptText(text, passphrase);
  },
  decryptText: async ({ armored, passphrase }) => {
    const { decryptText } = await import('../formats/age/index.ts');
    return decryptText(armored, passphrase);
  },
  prehash: async (input, onProgress) => {
    const { prehashFile } = await import('../formats/minisign/prehash.ts');
    return prehashFile(input.path, (done) => onProgress({ done, total: null }));
  },
};

serveJobs(new Map(Object.entries(handlers)));
