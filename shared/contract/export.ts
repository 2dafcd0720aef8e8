import { z } from 'zod';
import { categoryId, personId, shownState, sourceId } from '../model/index.ts';
import { call } from './define.ts';
import { trustState } from './people.ts';

/** Which part is exported. An empty list is no filter. A passage must match every filter. */
export const selection = z.object({
  sources: z.array(sourceId).default([]),
  categories: z.array(categoryId).default([]),
  people: z.array(personId).default([]),
  states: z.array(shownState).default([]),
});
export type Selection = z.infer<typeof selection>;

/** How it is encrypted. A passphrase and recipients exclude each other (age). */
export const protection = z.object({
  passphrase: z.string().min(1).max(1000).exactOptional(),
  /** `age1…` */
  recipients: z
    .array(z.string().regex(/^age1[0-9a-z]{20,}$/, 'a recipient is a single word starting with age1'))
    .max(100)
    .default([]),
  /** A detached minisign signature `<file>.minisig` with the acting person's key. */
  sign: z.boolean().default(false),
});

export const exportOptions = z.object({
  only: selection.prefault({}),
  protection: protection.prefault({}),
  /**
   * A new log with new keys, without names, paths or machine data. It cannot be merged back. Sources of which something is masked are left
   * out, and masked words are left out of what people wrote.
   */
  pseudonyms: z.boolean().default(false),
  /**
   * Also while passages that name a private person aren’t masked: the file is for teammates who mask them. Never under pseudonyms, which
   * are for others.
   */
  unmasked: z.boolean().default(false),
});
export type ExportOptions = z.infer<typeof exportOptions>;

export const exported = z.object({
  bytes: z.number(),
  files: z.number().int(),
  /** The file as written; an encrypted one ends in `.age`. */
  path: z.string(),
  signature: z.string().nullable(),
  /** Sources that a file under pseudonyms doesn’t have, since something of them is masked. */
  leftOut: z.number().int(),
  /** What the log names but this project lacks, so that the file lacks it too: a hash or a record's id, and a sentence. */
  missing: z.array(z.object({ id: z.string(), message: z.string() })),
});

export const REPORT_FORMATS = ['csv', 'xlsx', 'html'] as const;
export const reportFormat = z.enum(REPORT_FORMATS);

export const exportProgress = z.object({
  phase: z.enum(['collecting', 'writing', 'encrypting', 'signing', 'done']),
  done: z.number(),
  total: z.number(),
});

export const projectFile = {
  /**
   * Writes the project file. EXISTS if there is a file of that name and `replace` is false; UNMASKED while it has a passage that is marked
   * as naming a private person and isn’t masked, unless that is asked for.
   */
  'projectFile.export': call(
    'program',
    z.object({ path: z.string().min(1), replace: z.boolean().default(false), options: exportOptions.prefault({}) }),
    exported,
  ),
  /** What masks are to a project file of a selection, which keeps the originals of its sources whole. */
  'projectFile.masks': call(
    'read',
    z.object({ only: selection.prefault({}), pseudonyms: z.boolean().default(false) }),
    z.object({
      /** Whose words and areas are in the file, since its originals are. */
      masks: z.number().int(),
      /** Sources that are left out of it under pseudonyms, since something of them is masked. */
      leftOut: z.number().int(),
      /** Passages that are marked as naming a private person and not masked: without a word that this is meant, no file is written. */
      unmasked: z.number().int(),
    }),
  ),
  /** The filtered evidence for editors without Sourcebook: CSV, an Excel workbook, or a self-contained HTML file for printing. */
  'report.write': call(
    'program',
    z.object({
      path: z.string().min(1),
      format: reportFormat,
      only: selection.prefault({}),
      replace: z.boolean().default(false),
      /** With a CSV, where a second table goes that says what its columns are. A workbook has a sheet for it. */
      columns: z.string().min(1).exactOptional(),
      /** What this installation knows of people's keys: the report marks those that nobody confirmed. */
      keys: z.array(z.object({ id: personId, trust: trustState })).default([]),
    }),
    z.object({ bytes: z.number(), exhibits: z.number().int() }),
  ),
  /**
   * How many passages a selection has, at how many places, since what is at one place is one exhibit; how many sources a project file
   * of it has, and how many of those have one of the passages.
   */
  'report.count': call(
    'read',
    z.object({ only: selection.prefault({}) }),
    z.object({
      passages: z.number().int(),
      exhibits: z.number().int(),
      sources: z.number().int(),
      withPassages: z.number().int(),
    }),
  ),
};
