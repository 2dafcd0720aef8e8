import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { PdfReader } from '../formats/pdf/index.ts';
import { type JobHandler, serveJobs } from './serve-jobs.ts';

/** The pool's worker thread. A format's reader is loaded with the first job that needs it. */

const pdfInput = z.object({ path: z.string(), passwords: z.array(z.string()) });
const pageInput = z.object({ path: z.string(), fileName: z.string() });
const textInput = z.object({ path: z.string() });

/** One instance of PDFium for the jobs of this thread; the reader itself takes a fresh one when it must. */
let pdf: PdfReader | null = null;

const handlers = new Map<string, JobHandler>([
  [
    'pdf',
    async (input, onProgress) => {
      const { path, passwords } = pdfInput.parse(input);
      const { createPdfReader } = await import('../formats/pdf/index.ts');
      pdf ??= createPdfReader();
      return pdf.read(path, passwords, onProgress);
    },
  ],
  [
    'page',
    async (input) => {
      const { path, fileName } = pageInput.parse(input);
      const { freezePage } = await import('../formats/page/index.ts');
      return freezePage(new Uint8Array(await readFile(path)), { fileName });
    },
  ],
  [
    'text',
    async (input) => {
      const { readPlainText } = await import('../formats/text/index.ts');
      return readPlainText(textInput.parse(input).path);
    },
  ],
]);

serveJobs(handlers);
