import type { Indexed } from '../../shared/contract/search.ts';
import type { Result } from '../../shared/errors.ts';
import type { Extraction } from '../formats/extracted.ts';
import type { FrozenCheck } from '../formats/page/check-frozen.ts';
import type { PdfPart } from '../formats/pdf/part.ts';
import type { PageRange } from '../formats/pdf/pdfium-text.ts';
import type { Found, Question } from '../features/search/search-project.ts';
import type { Place } from '../features/search/thread.ts';

export type { Extracted, Extraction } from '../formats/extracted.ts';

interface PdfInput {
  readonly path: string;
  readonly passwords: readonly string[];
}

export interface Jobs {
  readonly pdf: { input: PdfInput; output: Extraction };
  /** For long PDFs, which several workers read at once: see read-pdf.ts. */
  readonly pdfPages: { input: PdfInput; output: Result<number> };
  readonly pdfPart: { input: PdfInput & { readonly range: PageRange }; output: Result<PdfPart> };
  /** `fileName` only names the file in messages: `path` is the stored original, called by its hash. */
  readonly page: { input: { path: string; fileName: string }; output: Extraction };
  /** A stored frozen page, which whoever sent the project may have written. */
  readonly frozen: { input: { page: Uint8Array }; output: FrozenCheck };
  readonly text: { input: { path: string }; output: Extraction };
  /** Brings a project's search index up to date; of all threads only one at a time may. */
  readonly searchIndex: { input: Place; output: Indexed };
  readonly searchQuery: { input: Place & Question; output: Found | null };
}
export type JobName = keyof Jobs;
