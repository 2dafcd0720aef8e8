import { z } from 'zod';
import { errorData } from '../errors.ts';
import {
  archiveSignature,
  ARCHIVE_FORMATS,
  digestState,
  layer,
  layerId,
  source,
  sourceId,
  sourceKind,
  sourceRecord,
  sha256,
} from '../model/index.ts';
import { BROKEN_TEXT } from '../text/broken-text.ts';
import { call } from './define.ts';
import { verifyFailure } from './project.ts';

export const importStatus = z.enum(['added', 'duplicate', 'skipped', 'failed']);
/** One file of an import. `path` is as the person gave it: relative to the folder that was dropped or named. */
export const importItem = z.object({
  path: z.string(),
  /** For one page of an archive, its address; null for a whole file. */
  page: z.string().nullable(),
  status: importStatus,
  source: sourceId.nullable(),
  error: errorData.nullable(),
  /** Remarks for people: "page 3 could not be read". */
  notes: z.array(z.string()),
});
export const importReport = z.object({ job: z.string(), items: z.array(importItem), cancelled: z.boolean() });
export type ImportItem = z.infer<typeof importItem>;
export type ImportReport = z.infer<typeof importReport>;

/** One page of an archive, as its index describes it. */
export const pageOfArchive = z.object({
  /** Identifies it within its archive, which can hold a page several times, captured at different times. */
  key: z.string().max(9000),
  url: z.string(),
  title: z.string().nullable(),
  /** WARC-Date of its record, as written there. */
  time: z.string().nullable(),
  /** HTTP status; null if the archive records none (a resource or conversion record). */
  status: z.number().int().nullable(),
  /** Bytes of its body as recorded, still encoded. */
  bytes: z.number().int(),
  /** The kind of source it would become. */
  kind: sourceKind,
  /** Whether the archive's own list of pages (`pages.jsonl`) has it, if there is such a list. */
  listed: z.boolean(),
  /** Whether its record's digests match. */
  digest: digestState,
});
export type PageOfArchive = z.infer<typeof pageOfArchive>;

/** What an archive says about itself, and whether its digests match. */
export const archiveFacts = z.object({
  format: z.enum(ARCHIVE_FORMATS),
  /** The software that wrote it, according to its warcinfo or datapackage. */
  software: z.string().nullable(),
  /** Records read. */
  records: z.number().int(),
  digests: digestState,
  signature: archiveSignature.nullable(),
  /** Remarks for the reader: "the file is cut after record 812". */
  notes: z.array(z.string()),
});
export type ArchiveFacts = z.infer<typeof archiveFacts>;

/** An archive from which a person must select pages. */
export const askedPages = z.object({
  job: z.string(),
  path: z.string(),
  archive: archiveFacts,
  pages: z.array(pageOfArchive),
});
export type AskedPages = z.infer<typeof askedPages>;

/** How an import goes. */
export const importProgress = z.object({
  job: z.string(),
  /** Files found so far; `walking` while folders are still being listed. */
  total: z.number().int(),
  walking: z.boolean(),
  done: z.number().int(),
  failed: z.number().int(),
  /** The files being worked on now. */
  current: z.array(
    z.object({
      path: z.string(),
      step: z.enum(['hashing', 'reading', 'storing']),
      page: z.number().int().nullable(),
      pages: z.number().int().nullable(),
    }),
  ),
  /** In an event, the items finished since the last event; in `import.running`, all finished items. */
  finished: z.array(importItem),
});
export type ImportProgress = z.infer<typeof importProgress>;

/** A running import, with what its events have reported so far, for a page loaded while it runs. */
export const runningImport = z.object({
  job: z.string(),
  /** Epoch ms. */
  startedAt: z.number(),
  progress: importProgress,
  /** Files waiting for a password; `wrong` if one was given that does not fit. */
  waiting: z.array(z.object({ path: z.string(), wrong: z.boolean() })),
  /** Archives waiting for a selection of pages. */
  asked: z.array(askedPages),
});
export type RunningImport = z.infer<typeof runningImport>;

/** Details a person may set at import, for all its files. Only those given are set. */
export const recordPatch = sourceRecord
  .omit({ capture: true })
  .partial()
  .extend({ capture: sourceRecord.shape.capture.partial().optional() });
export type RecordPatch = z.infer<typeof recordPatch>;

/** The details that are suggested. */
export const SUGGESTED_FIELDS = ['title', 'language', 'dateOfDocument', 'dateOfPublication'] as const;
export const suggestion = z.object({
  source: sourceId,
  field: z.enum(SUGGESTED_FIELDS),
  /** A text, a language code, or a date as EDTF. */
  value: z.string(),
  /** `text`: the beginning of the text. `file`: the file's own date, which is often not that of its contents. */
  from: z.enum(['text', 'file']),
  /** The line of the text that states it. */
  quote: z.string().nullable(),
});
export type Suggestion = z.infer<typeof suggestion>;

export const sources = {
  /** In the order they were added; with `deleted`, also those in the trash. */
  'sources.list': call(
    'read',
    z.object({ deleted: z.boolean().default(false) }),
    z.object({ sources: z.array(source) }),
  ),
  'sources.get': call('read', z.object({ id: sourceId }), source),
  'sources.edit': call('write', z.object({ id: sourceId, patch: recordPatch }), source),
  /**
   * Edits the details of several sources as one edit. What a patch leaves out is not written. A source that can’t take its patch
   * (a rating without a reason, say) stays as it is and is listed; the others are edited.
   */
  'sources.editMany': call(
    'write',
    z.object({ edits: z.array(z.object({ ids: z.array(sourceId).min(1), patch: recordPatch })).min(1) }),
    z.object({
      /** How many sources have changed. */
      changed: z.number().int(),
      rejected: z.array(z.object({ source: sourceId, error: errorData })),
    }),
  ),
  /**
   * What the texts and files of sources suggest for their details, whether these are missing or not. Computed, never stored: a
   * suggestion counts for nothing until a person takes it, which is an edit like any other.
   */
  'sources.suggestions': call(
    'read',
    z.object({ ids: z.array(sourceId).min(1).max(200) }),
    z.object({ suggestions: z.array(suggestion) }),
  ),
  /**
   * Which sources the acting person has read, by a mark or because all their pages were on screen. Kept in this folder on this
   * computer: not in the log, not exported, not merged.
   */
  'sources.readBy': call('read', z.object({}), z.object({ read: z.array(sourceId) })),
  'sources.markRead': call('read', z.object({ ids: z.array(sourceId).min(1), read: z.boolean() }), z.object({})),
  /** Pages (from 1) that were on screen; `read`: the source is read now. */
  'sources.seePages': call(
    'read',
    z.object({ source: sourceId, pages: z.array(z.number().int().positive()).max(100_000) }),
    z.object({ read: z.boolean() }),
  ),
  'sources.remove': call('write', z.object({ ids: z.array(sourceId).min(1) }), z.object({})),
  'sources.restore': call('write', z.object({ ids: z.array(sourceId).min(1) }), z.object({})),
  /** Reads and hashes the original; called by the reader on opening, and on request. */
  'sources.verify': call(
    'read',
    z.object({ id: sourceId }),
    z.object({ ok: z.boolean(), sha256, found: sha256.nullable(), at: z.number() }),
  ),
  /**
   * Reads every original again and compares what comes of it with its text layers: words, places and frozen pages. `compared`
   * counts layers; `otherVersion` those that another version of their reader made, and `unread` those that could not be compared,
   * which `remarks` names; of those, `locked` are PDFs that none of the
   * passwords opens. `verify.progress` reports on it. CANCELLED by `sources.stopComparing`; NOT_ALLOWED while it runs.
   */
  'sources.compareOriginals': call(
    'read',
    z.object({ passwords: z.array(z.string()).default([]) }),
    z.object({
      compared: z.number().int(),
      otherVersion: z.number().int(),
      unread: z.number().int(),
      locked: z.number().int(),
      failures: z.array(verifyFailure),
      remarks: z.array(z.string()),
    }),
  ),
  'sources.stopComparing': call('read', z.object({}), z.object({})),
  'layers.get': call('read', z.object({ id: layerId }), layer),
  /** The frozen page of a layer, once it was checked that it is inert and says what the layer says. Faults: NOT_FOUND, DAMAGED. */
  'layers.frozen': call(
    'read',
    z.object({ id: layerId }),
    z.object({
      sha256,
      /** What is shown in its place, with the same text, if an older version froze it or it costs too much. */
      shown: z.string().optional(),
      /** Something that would keep a browser busy for minutes was left out of it. */
      isCut: z.literal(true).optional(),
    }),
  ),
  /** A source's text layers and screenshots, newest first, with the number of passages on each. */
  'layers.list': call(
    'read',
    z.object({ source: sourceId }),
    z.object({
      layers: z.array(
        layer.omit({ pages: true }).extend({
          /** Epoch ms of the commit that added it. */
          addedAt: z.number(),
          passages: z.number().int(),
          current: z.boolean(),
        }),
      ),
    }),
  ),
  /**
   * Extracts a source's text from the original again and makes the result its current text layer: with another encoding
   * (`charset`, a label of the Encoding standard; null: detected), with today's rules, or with the styles read by a window
   * (`pageStyles`). Earlier layers stay, with the passages on them until someone moves those (`versions.accept`). `same` if
   * that layer was current already. Errors: NOT_FOUND; BAD_INPUT; UNSUPPORTED for a kind without encodings.
   */
  'layers.remake': call(
    'write',
    z.object({
      source: sourceId,
      charset: z.string().max(40).nullable().default(null),
      pageStyles: z.boolean().default(false),
    }),
    z.object({ layer: layerId, same: z.boolean(), notes: z.array(z.string()) }),
  ),
  /** A layer's canonical text: all of it, one page (from 1), or the part between two offsets (cut to what there is). */
  'layers.text': call(
    'read',
    z.object({
      id: layerId,
      page: z.number().int().positive().optional(),
      part: z.object({ start: z.number().int().min(0), end: z.number().int().min(0) }).optional(),
    }),
    z.object({ text: z.string() }),
  ),
  /** Whether a layer's letters are those one sees on the page, judged from a sample of its pages; null if they seem to be. */
  'layers.check': call('read', z.object({ id: layerId }), z.object({ broken: z.enum(BROKEN_TEXT).nullable() })),
  /**
   * Imports files and folders. The report names a file by the path as given (in a folder: the folder's path joined with the
   * file's path in it); with `shortPaths`, by its name (in a folder: starting with the folder's name). Passwords are tried on
   * every protected file and never stored.
   */
  'import.run': call(
    'program',
    z.object({
      job: z.string(),
      paths: z.array(z.string()).min(1),
      passwords: z.array(z.string()).default([]),
      record: recordPatch.default({}),
      askPassword: z.boolean().default(false),
      shortPaths: z.boolean().default(false),
      /** Addresses of pages to import from archives; every capture of each is imported. */
      pages: z.array(z.string()).default([]),
      allPages: z.boolean().default(false),
      /** Asks which pages of an archive to import (`import.pages`), if neither field above says so and it has several. */
      askPages: z.boolean().default(false),
      /** Whether a window is open that answers `pageStyles.wanted`. */
      pageStyles: z.boolean().default(false),
    }),
    importReport,
  ),
  /** Running imports, oldest first, for a page that was reloaded. */
  'import.running': call('read', z.object({}), z.object({ jobs: z.array(runningImport) })),
  /** The report of the import that ended last, for a page that was reloaded; null once a person has closed it. */
  'import.lastReport': call('read', z.object({}), z.object({ report: importReport.nullable() })),
  /** A person has closed the report of this import. */
  'import.closeReport': call('read', z.object({ job: z.string() }), z.object({})),
  'import.cancel': call('read', z.object({ job: z.string() }), z.object({})),
  /** The answer to an `import.password` event; null skips the file. */
  'import.answer': call(
    'read',
    z.object({ job: z.string(), path: z.string(), password: z.string().nullable() }),
    z.object({}),
  ),
  /** The answer to an `import.pages` event: keys of pages; null skips the archive. */
  'import.choose': call(
    'read',
    z.object({ job: z.string(), path: z.string(), pages: z.array(z.string()).nullable() }),
    z.object({}),
  ),
  /** The pages of an archive, which need not be in any project. */
  'archive.pages': call(
    'program',
    z.object({ path: z.string() }),
    z.object({ archive: archiveFacts, pages: z.array(pageOfArchive) }),
  ),
};
