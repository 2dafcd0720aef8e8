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
import { call } from './define.ts';

export const importStatus = z.enum(['added', 'duplicate', 'skipped', 'failed']);
/** One file of an import. `path` is what the person gave: relative to the folder that was dropped or named. */
export const importItem = z.object({
  path: z.string(),
  /** The address of the page of an archive that this line is about; null for a file as a whole. */
  page: z.string().nullable(),
  status: importStatus,
  source: sourceId.nullable(),
  error: errorData.nullable(),
  /** Readable remarks: "page 3 could not be read". */
  notes: z.array(z.string()),
});
export const importReport = z.object({ job: z.string(), items: z.array(importItem), cancelled: z.boolean() });
export type ImportItem = z.infer<typeof importItem>;
export type ImportReport = z.infer<typeof importReport>;

/** One page of an archive, as far as its index tells. */
export const pageOfArchive = z.object({
  /** Names it within its archive: a page can be there several times, captured at different times. */
  key: z.string().max(9000),
  url: z.string(),
  title: z.string().nullable(),
  /** WARC-Date of its record, as written there. */
  time: z.string().nullable(),
  /** HTTP status; null where the archive knows none (a resource or conversion record). */
  status: z.number().int().nullable(),
  /** Bytes of its body as recorded, before they are decoded. */
  bytes: z.number().int(),
  /** What it would become. */
  kind: sourceKind,
  /** The archive lists it as a page itself (`pages.jsonl`), where it has such a list. */
  listed: z.boolean(),
  /** Whether its record's own digests hold. */
  digest: digestState,
});
export type PageOfArchive = z.infer<typeof pageOfArchive>;

/** What an archive says of itself, and whether it holds. */
export const archiveFacts = z.object({
  format: z.enum(ARCHIVE_FORMATS),
  /** The software that wrote it, as its warcinfo or datapackage says. */
  software: z.string().nullable(),
  /** Records read. */
  records: z.number().int(),
  digests: digestState,
  signature: archiveSignature.nullable(),
  /** What a reader should know: "the file is cut after record 812". */
  notes: z.array(z.string()),
});
export type ArchiveFacts = z.infer<typeof archiveFacts>;

/** An archive whose pages somebody must choose from. */
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
  /** Files found so far (a folder is still being walked while `walking`). */
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
  /** In an event, the items finished since the last one; in `import.running`, all that are finished. */
  finished: z.array(importItem),
});
export type ImportProgress = z.infer<typeof importProgress>;

/** An import that is going on, for a page that comes in the middle of it: what its events have told. */
export const runningImport = z.object({
  job: z.string(),
  /** Epoch ms. */
  startedAt: z.number(),
  progress: importProgress,
  /** Files whose password is being asked for; `wrong` when one was given already that does not fit. */
  waiting: z.array(z.object({ path: z.string(), wrong: z.boolean() })),
  /** Archives whose pages are being asked for. */
  asked: z.array(askedPages),
});
export type RunningImport = z.infer<typeof runningImport>;

/** Fields a person may set at import, for every file of it. Only what is given is set. */
export const recordPatch = sourceRecord
  .omit({ capture: true })
  .partial()
  .extend({ capture: sourceRecord.shape.capture.partial().optional() });
export type RecordPatch = z.infer<typeof recordPatch>;

export const sources = {
  /** In the order they were added; with `deleted` the removed ones too. */
  'sources.list': call(
    'read',
    z.object({ deleted: z.boolean().default(false) }),
    z.object({ sources: z.array(source) }),
  ),
  'sources.get': call('read', z.object({ id: sourceId }), source),
  'sources.edit': call('write', z.object({ id: sourceId, patch: recordPatch }), source),
  'sources.remove': call('write', z.object({ ids: z.array(sourceId).min(1) }), z.object({})),
  'sources.restore': call('write', z.object({ ids: z.array(sourceId).min(1) }), z.object({})),
  /** Reads the original and hashes it; done by the reader on opening, and on demand. */
  'sources.verify': call(
    'read',
    z.object({ id: sourceId }),
    z.object({ ok: z.boolean(), sha256, found: sha256.nullable(), at: z.number() }),
  ),
  'layers.get': call('read', z.object({ id: layerId }), layer),
  /** A source's text layers and pictures, the newest first, with how many passages lie on each. */
  'layers.list': call(
    'read',
    z.object({ source: sourceId }),
    z.object({
      layers: z.array(
        layer.omit({ pages: true }).extend({
          /** Epoch milliseconds of the commit that added it. */
          addedAt: z.number(),
          passages: z.number().int(),
          current: z.boolean(),
        }),
      ),
    }),
  ),
  /**
   * Reads a source's original again and makes the outcome its current text layer: with another encoding (`charset`, a label
   * of the Encoding standard; null: found out again), with today's rules, or with the styles that a window says
   * (`pageStyles`). The layers before stay, and so do the passages on them until somebody moves them (`versions.accept`).
   * `same` where that layer was the current one already. Errors: NOT_FOUND, BAD_INPUT, UNSUPPORTED for a kind without encodings.
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
  /** A layer's canonical text: whole, or of one page (from 1). */
  'layers.text': call(
    'read',
    z.object({ id: layerId, page: z.number().int().positive().optional() }),
    z.object({ text: z.string() }),
  ),
  /**
   * Brings in files and folders. The report calls a file by the path as given (in a folder: the folder's path joined with
   * the file's place in it); with `shortPaths` by its name (in a folder: from the folder's name on), as people read it.
   * Passwords are tried on every protected file and stored nowhere.
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
      /** Pages of archives to bring in, by address; every capture of it is taken. */
      pages: z.array(z.string()).default([]),
      allPages: z.boolean().default(false),
      /** Asks with `import.pages` which pages of an archive to take, where neither of those says so and it has several. */
      askPages: z.boolean().default(false),
      /** A window is there that answers `pageStyles.wanted`. */
      pageStyles: z.boolean().default(false),
    }),
    importReport,
  ),
  /** The imports that are going on, the oldest first: a page that is loaded anew takes them up again. */
  'import.running': call('read', z.object({}), z.object({ jobs: z.array(runningImport) })),
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
