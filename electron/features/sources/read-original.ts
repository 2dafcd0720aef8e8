import { existsSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { Fault, ok } from '../../../shared/errors.ts';
import type { OriginalPart, Sha256, Source } from '../../../shared/model/index.ts';
import type { Extracted, Extraction } from '../../formats/extracted.ts';
import type { ArchivedContent } from '../../formats/archive/index.ts';
import type { RunOptions } from '../../workers/pool.ts';
import { readPdf } from '../../workers/read-pdf.ts';
import { type ReadingOptions, readWholeFile } from '../../project/sources/read-file.ts';
import { type ArchiveContext, contentsOf, indexOf, pageOf, partOf } from './archives.ts';

/** The original to read: of a source, or of a file that is to become one. */
export type OriginalToRead = Pick<Source, 'kind' | 'fileName' | 'sha256' | 'parts'> & {
  /** The page of an archive; `key` is looked up if it is missing. */
  readonly archive: { readonly url: string; readonly time: string | null; readonly key?: string } | null;
  /** The stored content of a PDF or image in an archive; extracted if there is none yet. */
  readonly content: Sha256 | null;
};

/** An extraction and, if it was made from content of an archive that is not stored yet, that content. */
export interface ReadOriginal {
  readonly extraction: Extraction;
  readonly content: Uint8Array | null;
}

/**
 * Extracts a text layer from a stored original of any kind. Rejects with a Fault as Pool.run does, and with NOT_FOUND if an
 * archive does not have the page.
 */
export async function readOriginal(
  context: ArchiveContext,
  original: OriginalToRead,
  options: ReadingOptions,
): Promise<Extraction> {
  return (await readWithContent(context, original, options)).extraction;
}

/** The same, with content from an archive that the caller stores. */
export async function readWithContent(
  context: ArchiveContext,
  original: OriginalToRead,
  options: ReadingOptions,
): Promise<ReadOriginal> {
  if (original.archive !== null) return readFromArchive(context, original, original.archive, options);
  const { fileName, sha256, parts } = original;
  const { files, pool } = context;
  const beside = parts.map((part: OriginalPart) => ({ path: part.path, file: files.originalPath(part.sha256) }));
  const whole = { path: files.originalPath(sha256), fileName, parts: beside };
  return { extraction: await readWholeFile(pool, whole, options), content: null };
}

async function readFromArchive(
  context: ArchiveContext,
  original: OriginalToRead,
  page: NonNullable<OriginalToRead['archive']>,
  options: ReadingOptions,
): Promise<ReadOriginal> {
  const { sha256, fileName, kind } = original;
  // The cache may have been deleted since the page was chosen.
  if (page.key !== undefined && !existsSync(indexOf(context, sha256))) await contentsOf(context, sha256, options);
  const key = page.key ?? (await pageOf(context, sha256, page, options)).key;
  const place = { path: context.files.originalPath(sha256), index: indexOf(context, sha256), key };
  if (kind === 'page' || kind === 'text') {
    const input = { ...place, fileName, charset: options.charset };
    return { extraction: await context.pool.run('archivePage', input, options), content: null };
  }
  const body = partOf(context);
  try {
    const taken = await writeContent(context, original.content, { ...place, to: body }, options);
    const read =
      kind === 'pdf'
        ? await readPdf(context.pool, { path: body, passwords: [...options.passwords] }, options)
        : await context.pool.run('image', { path: body }, options);
    if (!read.ok) return { extraction: read, content: null };
    const extracted = taken === null ? read.value : withArchiveDetails(read.value, taken);
    return { extraction: ok(extracted), content: taken === null ? null : new Uint8Array(await readFile(body)) };
  } finally {
    rmSync(body, { force: true });
  }
}

/** Writes the content of an archive's record to a file: the stored content (returns null), or from the archive, with its details. */
async function writeContent(
  { files, pool }: ArchiveContext,
  stored: Sha256 | null,
  input: { readonly path: string; readonly index: string; readonly key: string; readonly to: string },
  options: RunOptions,
): Promise<ArchivedContent | null> {
  if (stored !== null && files.hasLayer(stored)) {
    await writeFile(input.to, files.readLayer(stored), { flag: 'wx', mode: 0o600 });
    return null;
  }
  const taken = await pool.run('archiveContent', input, options);
  if (taken.ok) return taken.value;
  throw new Fault(taken.error.code, taken.error.message, taken.error.context);
}

/** A PDF's own details take precedence over those in the archive, except for the capture, which only the archive knows. */
function withArchiveDetails(extracted: Extracted, fromArchive: ArchivedContent): Extracted {
  return {
    ...extracted,
    record: { ...fromArchive.record, ...extracted.record, ...captureOf(extracted, fromArchive) },
    prefilled: { ...fromArchive.prefilled, ...extracted.prefilled },
    notes: [...fromArchive.notes, ...extracted.notes],
    status: fromArchive.status,
    redirects: fromArchive.redirects,
  };
}

function captureOf(extracted: Extracted, fromArchive: ArchivedContent): Pick<Extracted['record'], 'capture'> {
  const capture = { ...extracted.record.capture, ...fromArchive.record.capture };
  return Object.keys(capture).length === 0 ? {} : { capture };
}
