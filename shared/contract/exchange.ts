import { z } from 'zod';
import { INCOMING_FORMATS, OUTGOING_FORMATS } from '../model/exchange-formats.ts';
import { sourceId } from '../model/index.ts';
import { call } from './define.ts';
import { exchangeAnswers, exchangeQuestion } from './exchange-questions.ts';
import { selection } from './export.ts';

/** What it writes, by the table of formats. */
export const exchangeFormat = z.enum(OUTGOING_FORMATS);

/** What a format has no place for: a kind of thing, how many, and why. Never empty in silence: a count of none is not listed. */
export const notCarried = z.object({ kind: z.string(), count: z.number().int().positive(), why: z.string() });
export type NotCarried = z.infer<typeof notCarried>;

/** A PDF with digital signatures among those that are annotated. */
export const signedPdf = z.object({
  title: z.string(),
  signatures: z.number().int().positive(),
  /**
   * What the copy is to them. `added`: the signed bytes stay, and annotations follow them. `forbidden`: so too, but whoever certified the document
   * allowed no annotations. `pictures`: it has masks, so the copy is made anew and has no signature.
   */
  copy: z.enum(['added', 'forbidden', 'pictures']),
});
export type SignedPdf = z.infer<typeof signedPdf>;

const exchangedCounts = z.object({
  categories: z.number().int(),
  sources: z.number().int(),
  passages: z.number().int(),
  tags: z.number().int(),
  notes: z.number().int(),
  notCarried: z.array(notCarried),
  /** Bytes of the originals that go along whole. */
  originals: z.number().int().exactOptional(),
  /** Of annotated PDFs alone. */
  signed: z.array(signedPdf).exactOptional(),
});

/** What records a file’s contents can become. */
export const BECOMES = [
  'categories',
  'sources',
  'passages',
  'tags',
  'memos',
  'collections',
  'dimensions',
  'details',
  'people',
] as const;

/**
 * One kind of thing in a file, and what becomes of it: `found` is the sum of `added`, `here`, `asked`, and what is listed as not carried
 * under the same name.
 */
export const ledgerLine = z.object({
  /** What the file calls them: “Codes”, “Text selections”. */
  inFile: z.string(),
  found: z.number().int(),
  becomes: z.enum(BECOMES),
  added: z.number().int(),
  /** The project has them already. */
  here: z.number().int(),
  /** A question is open on them. */
  asked: z.number().int(),
  /** Sentences: how they come in, where that is not plain. */
  how: z.array(z.string()),
});
export type LedgerLine = z.infer<typeof ledgerLine>;

/** What is in a foreign file and what becomes, or became, of it. */
export const exchangeLedger = z.object({
  format: z.enum(INCOMING_FORMATS),
  /** The file’s name. */
  name: z.string(),
  /** The program that wrote it, as the file says. */
  program: z.string().nullable(),
  lines: z.array(ledgerLine),
  /** Each kind of thing that does not come in, or not as what it was. */
  notCarried: z.array(notCarried),
  /** Sources whose file is not in it, by their ID in the file and name, and how many passages that costs. `asText`: their text comes in alone. */
  missing: z.array(z.object({ id: z.string(), name: z.string(), selections: z.number().int(), asText: z.boolean() })),
  /** Those that the file leaves open, answered or not. */
  questions: z.array(exchangeQuestion),
});
export type ExchangeLedger = z.infer<typeof exchangeLedger>;

const said = z.object({
  answers: exchangeAnswers.prefault({}),
  /** Files of sources that are missing in it, by the ID of the source: paths, or tokens of a window’s offers. */
  files: z.record(z.string(), z.string().min(1)).default({}),
});
const foreignFile = said.extend({
  path: z.string().min(1),
  /** The name that people know the file by; without it, that of the path. */
  name: z.string().exactOptional(),
});
/** The file by the token of a window’s offer. */
export const offeredExchange = said.extend({ offer: z.string() });

/** Of `exchange.preview` and `exchange.import`. Bytes, sources, passages or records, depending on the phase; a total of 0 is unknown. */
export const exchangeProgress = z.object({
  phase: z.enum(['reading', 'sources', 'placing', 'writing', 'done']),
  done: z.number(),
  total: z.number(),
});

export const exchange = {
  /**
   * Writes the project, or a part of it, in a format of other programs. Of PDFs, one source is a file, and several are a folder, or a zip if
   * `path` ends so: BAD_INPUT if it ends in .pdf and several fit. EXISTS if there is a file of that name and `replace` is
   * false; NOT_FOUND if nothing fits the selection, or a codebook is empty; NOT_ALLOWED, DISK_FULL, CANCELLED.
   */
  'exchange.export': call(
    'program',
    z.object({
      path: z.string().min(1),
      format: exchangeFormat,
      only: selection.prefault({}),
      replace: z.boolean().default(false),
      /** People are called “Coder 1” and so on, as in a pseudonymous project file. Of PDFs alone: else NOT_ALLOWED. */
      pseudonyms: z.boolean().default(false),
    }),
    exchangedCounts.extend({ path: z.string(), bytes: z.number().int() }),
  ),
  /** What `exchange.export` would write, and what it could not carry. Faults: NOT_FOUND as there. */
  'exchange.outline': call('read', z.object({ format: exchangeFormat, only: selection.prefault({}) }), exchangedCounts),
  /**
   * What is in a file of another program and what would become of it. Writes nothing. Whether a passage’s words are found in its
   * text is only known when it is imported. UNSUPPORTED for a format that does not come in; BAD_INPUT, DAMAGED, NOT_ALLOWED or
   * TOO_LARGE, with the place, for a file that can’t be read, or an answer that the question doesn’t have; NOT_FOUND, CANCELLED.
   */
  'exchange.preview': call('program', foreignFile, exchangeLedger),
  /**
   * Brings a file of another program into the project, as one edit: all of it, or, where it fails or is cancelled, nothing.
   * What the project has already is left as it is, so that importing a file again adds nothing. Faults as of the preview, and
   * PROJECT_READ_ONLY, NAME_NEEDED, DISK_FULL; ANSWERS_NEEDED while a question is open; NOT_ALLOWED in a copy for blind coding.
   */
  'exchange.import': call('program', foreignFile, exchangeLedger),
  /**
   * The highlights and notes that people made in a PDF of the project, and what would become of them. Without lines: it has none, or can’t
   * be read without a password. UNSUPPORTED for a source of another kind; NOT_FOUND.
   */
  'exchange.annotations': call('read', z.object({ source: sourceId }), exchangeLedger),
  /** Makes passages of them, as one edit: what `exchange.import` does with that PDF. */
  'exchange.takeAnnotations': call('write', z.object({ source: sourceId }), exchangeLedger),
};
