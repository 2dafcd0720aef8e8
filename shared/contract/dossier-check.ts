import { z } from 'zod';
import { call } from './define.ts';

const span = z.object({ start: z.int(), end: z.int() });

/** How a folder with a dossier compares with itself and with the originals in it. */
export const dossierReport = z.object({
  /**
   * Every file has the bytes that the manifest gives, and every quotation that can be checked is in its original, at its place, where it can be
   * seen.
   */
  ok: z.boolean(),
  /** Quotations that were looked for in their originals: the sum of the four that follow. */
  checked: z.int(),
  found: z.int(),
  moved: z.int(),
  changed: z.int(),
  missing: z.int(),
  /** Files that were hashed. */
  files: z.int(),
  /** What is wrong, with the file, or `exhibit 3`. */
  failures: z.array(
    z.object({
      kind: z.enum([
        'manifest',
        'missing',
        'altered',
        'unlisted',
        'link',
        'exhibits',
        'original',
        'text',
        'page',
        'signed',
        'around',
        'quoteMoved',
        'quoteChanged',
        'quoteMissing',
        'quoteUnseen',
      ]),
      id: z.string(),
      message: z.string(),
    }),
  ),
  /** Quotations that aren’t found at their place. `at`: where the words, or similar ones (`instead`), are in the original’s text. */
  exhibits: z.array(
    z.object({
      number: z.int(),
      /** What the dossier calls it. */
      label: z.string(),
      is: z.enum(['moved', 'changed', 'missing']),
      at: span.nullable(),
      instead: z.string().nullable(),
    }),
  ),
  /** Exhibits that can’t be checked here, each with the reason. */
  notChecked: z.array(z.object({ number: z.int(), label: z.string(), why: z.string() })),
  /** Titles of documents that a password would open, and none that was given does. */
  locked: z.array(z.string()),
  /** Statements on claims, people and documents that a signature in the folder shows, and those that none does, in words. */
  signed: z.int(),
  notSigned: z.array(z.string()),
  /** What nothing in the folder can show, so that it is as the sender wrote it: names of parts, for people. */
  asSent: z.array(z.string()),
  remarks: z.array(z.string()),
});
export type DossierReport = z.infer<typeof dossierReport>;

export const dossierCheck = {
  /** Checks a folder that `dossier.export` wrote: it is read, and nothing of the project is. `passwords`: of protected PDFs. Faults: NOT_FOUND, NOT_ALLOWED, TOO_LARGE, PROJECT_NEWER, CANCELLED. */
  'dossier.verify': call(
    'program',
    z.object({ path: z.string().min(1), passwords: z.array(z.string()).default([]) }),
    dossierReport,
  ),
};
