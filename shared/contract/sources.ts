import { z } from 'zod';
import { errorData } from '../errors.ts';
import { layer, layerId, source, sourceId, sourceRecord, sha256 } from '../model/index.ts';
import { call } from './define.ts';

export const importStatus = z.enum(['added', 'duplicate', 'skipped', 'failed']);
/** One file of an import. `path` is what the person gave: relative to the folder that was dropped or named. */
export const importItem = z.object({
  path: z.string(),
  status: importStatus,
  source: sourceId.nullable(),
  error: errorData.nullable(),
  /** Readable remarks: "page 3 could not be read". */
  notes: z.array(z.string()),
});
export const importReport = z.object({ job: z.string(), items: z.array(importItem), cancelled: z.boolean() });
export type ImportItem = z.infer<typeof importItem>;
export type ImportReport = z.infer<typeof importReport>;

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
};
