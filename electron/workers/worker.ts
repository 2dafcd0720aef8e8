import { z } from 'zod';
import { searchInput } from '../../shared/contract/search.ts';
import type { PdfReader } from '../formats/pdf/index.ts';
import { type JobHandler, serveJobs } from './serve-jobs.ts';

/** The pool's worker thread. A format's reader is loaded with the first job that needs it. */

const pdfInput = z.object({ path: z.string(), passwords: z.array(z.string()) });
const pageInput = z.object({ path: z.string(), fileName: z.string(), charset: z.string().nullable().default(null) });
const savedPageInput = pageInput.extend({
  parts: z.array(z.object({ path: z.string(), file: z.string() })).default([]),
});
const frozenInput = z.object({ page: z.instanceof(Uint8Array) });
const settleInput = z.object({
  frozen: z.instanceof(Uint8Array),
  layerFile: z.instanceof(Uint8Array),
  styles: z.array(z.string()),
  browser: z.string(),
});
const archiveInput = z.object({ path: z.string(), index: z.string() });
const archivePageInput = pageInput.extend({ index: z.string(), key: z.string() });
const archiveContentInput = archiveInput.extend({ key: z.string(), to: z.string() });
const textInput = z.object({ path: z.string(), charset: z.string().nullable().default(null) });
const imageInput = z.object({ path: z.string() });

const compareInput = z.object({
  older: z.string(),
  newer: z.string(),
  passages: z.array(z.object({ id: z.string(), start: z.number(), end: z.number() })),
});

const placeInput = z.object({ folder: z.string(), cache: z.string(), readOnly: z.boolean() });
const queryInput = searchInput.extend({ after: z.string().nullable() }).extend(placeInput.shape);

const partInput = pdfInput.extend({ range: z.object({ from: z.number(), to: z.number() }) });

const sealInput = z.object({
  to: z.string(),
  plan: z.object({
    top: z.string(),
    info: z.record(z.string(), z.string()),
    entries: z.array(
      z.object({
        path: z.string(),
        content: z.object({ file: z.string() }),
        deflate: z.boolean(),
        expect: z.string().nullable(),
      }),
    ),
  }),
  key: z.union([z.object({ passphrase: z.string() }), z.object({ recipients: z.array(z.string()) })]),
});
const unsealInput = z.object({
  from: z.string(),
  to: z.string().nullable(),
  secrets: z.object({ passphrase: z.string().nullable(), identities: z.array(z.string()) }),
});
const prehashInput = z.object({ path: z.string() });

/** One instance of PDFium for the jobs of this thread; the reader itself takes a fresh one when it must. */
let pdf: PdfReader | null = null;
async function pdfReader(): Promise<PdfReader> {
  const { createPdfReader } = await import('../formats/pdf/index.ts');
  pdf ??= createPdfReader();
  return pdf;
}

const handlers = new Map<string, JobHandler>([
  [
    'pdf',
    async (input, onProgress) => {
      const { path, passwords } = pdfInput.parse(input);
      return (await pdfReader()).read(path, passwords, onProgress);
    },
  ],
  [
    'pdfPages',
    async (input) => {
      const { path, passwords } = pdfInput.parse(input);
      return (await pdfReader()).countPages(path, passwords);
    },
  ],
  [
    'pdfPart',
    async (input, onProgress) => {
      const { path, passwords, range } = partInput.parse(input);
      return (await pdfReader()).readPart(path, passwords, range, onProgress);
    },
  ],
  [
    'page',
    async (input) => {
      const { readSavedPage } = await import('../formats/page/saved-page.ts');
      return readSavedPage(savedPageInput.parse(input));
    },
  ],
  [
    'archive',
    async (input, onProgress) => {
      const { listArchive } = await import('../formats/archive/index.ts');
      // How many pages it has nobody knows yet; that something is told keeps the job alive.
      return listArchive(archiveInput.parse(input), () => onProgress({ page: null, pages: null }));
    },
  ],
  [
    'archivePage',
    async (input) => {
      const { readPage } = await import('../formats/archive/index.ts');
      const page = archivePageInput.parse(input);
      return readPage(page, page);
    },
  ],
  [
    'archiveContent',
    async (input) => {
      const { writeContent } = await import('../formats/archive/index.ts');
      const { key, to, ...place } = archiveContentInput.parse(input);
      return writeContent(place, key, to);
    },
  ],
  [
    'settlePage',
    async (input) => {
      const { settle } = await import('../formats/page/apply-styles.ts');
      return settle(settleInput.parse(input));
    },
  ],
  [
    'mhtml',
    async (input) => {
      const { readMhtmlPage } = await import('../formats/mhtml/read-file.ts');
      return readMhtmlPage(pageInput.parse(input));
    },
  ],
  [
    'frozen',
    async (input) => {
      const { page } = frozenInput.parse(input);
      const { checkFrozen } = await import('../formats/page/check-frozen.ts');
      // Bytes that are no UTF-8 become U+FFFD, as they do in a browser: the text then differs.
      return checkFrozen(new TextDecoder('utf-8', { ignoreBOM: true }).decode(page));
    },
  ],
  [
    'text',
    async (input) => {
      const { readPlainText } = await import('../formats/text/index.ts');
      const { path, charset } = textInput.parse(input);
      return readPlainText(path, charset);
    },
  ],
  [
    'image',
    async (input) => {
      const { readImage } = await import('../formats/image/index.ts');
      return readImage(imageInput.parse(input).path);
    },
  ],
  [
    'compare',
    async (input) => {
      const { older, newer, passages } = compareInput.parse(input);
      const { compareTexts } = await import('../../shared/anchoring/reanchor.ts');
      return compareTexts(older, newer, passages);
    },
  ],
  [
    'searchIndex',
    async (input, onProgress) => {
      const { indexProject } = await import('../features/search/index-project.ts');
      return indexProject(placeInput.parse(input), (page, pages) => onProgress({ page, pages }));
    },
  ],
  [
    'searchQuery',
    async (input) => {
      const { searchProject } = await import('../features/search/search-project.ts');
      const question = queryInput.parse(input);
      return searchProject(question, question);
    },
  ],
  [
    'sealBag',
    async (input, onProgress) => {
      const { writeSealedBag } = await import('../formats/bag/sealed.ts');
      const { to, plan, key } = sealInput.parse(input);
      return writeSealedBag(to, plan, key, (page, pages) => onProgress({ page, pages }));
    },
  ],
  [
    'unseal',
    async (input, onProgress) => {
      const { unsealFile } = await import('../formats/age/index.ts');
      const { from, to, secrets } = unsealInput.parse(input);
      await unsealFile(from, to, secrets, (page, pages) => onProgress({ page, pages }));
      return null;
    },
  ],
  [
    'prehash',
    async (input, onProgress) => {
      const { prehashFile } = await import('../formats/minisign/prehash.ts');
      return prehashFile(prehashInput.parse(input).path, (page) => onProgress({ page, pages: null }));
    },
  ],
]);

serveJobs(handlers);
