import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault, type Result } from '../../../shared/errors.ts';
import type { BagRead } from '../../formats/bag/folder-read.ts';
import type { FolderDocument, FolderText } from '../../formats/dossier/folder.ts';
import type { Extracted } from '../../formats/extracted.ts';
import { readWholeFile } from '../../project/sources/read-file.ts';
import type { Pool } from '../../workers/pool.ts';

interface Reading {
  readonly pool: Pool;
  readonly bag: BagRead;
  readonly signal: AbortSignal;
  readonly passwords: readonly string[];
}

/** An original of a dossier’s folder. */
export interface Original {
  /** Its text and geometry, as Sourcebook's readers read it now. */
  readonly read: Extracted;
  /** The path of the file if it is a PDF, or of the PDF taken out of a web archive; else null. */
  readonly pdf: string | null;
}

/** Whether a folder has a file, and its manifest names it. */
export const isThere = ({ files, manifest }: BagRead, path: string): boolean => files.has(path) && manifest.has(path);

/** Calls `work` with an original; its files exist until `work` ends. Throws the faults of the readers. */
export async function withOriginal(
  { pool, bag, signal, passwords }: Reading,
  document: FolderDocument,
  { charset }: FolderText,
  work: (original: Original) => Promise<void>,
): Promise<void> {
  const path = join(bag.folder, document.original?.path ?? '');
  const options = { charset, passwords, signal };
  const { fileName, archive, kind } = document;
  const done = async (read: Result<Extracted>, file: string): Promise<void> => {
    if (!read.ok) throw new Fault(read.error.code, read.error.message, read.error.context);
    await work({ read: read.value, pdf: kind === 'pdf' ? file : null });
  };
  if (archive === null) {
    const parts = document.parts
      .filter((part) => isThere(bag, part.path))
      .map((part) => ({ path: part.name, file: join(bag.folder, part.path) }));
    return done(await readWholeFile(pool, { path, fileName, parts }, options), path);
  }
  const place = mkdtempSync(join(tmpdir(), 'sourcebook-dossier-'));
  try {
    const index = join(place, 'index');
    const list = await pool.run('archive', { path, index }, options);
    if (!list.ok) return await done(list, path);
    const key = list.value.pages.find(({ url, time }) => url === archive.url && time === archive.time)?.key;
    if (key === undefined) throw new Fault('NOT_FOUND', `the archive doesn’t have the page ${archive.url}.`);
    if (kind === 'page' || kind === 'text')
      return await done(await pool.run('archivePage', { path, index, key, fileName, charset }, options), path);
    const to = join(place, `content.${kind === 'pdf' ? 'pdf' : 'image'}`);
    const taken = await pool.run('archiveContent', { path, index, key, to }, options);
    if (!taken.ok) return await done(taken, path);
    return await done(await readWholeFile(pool, { path: to, fileName: to, parts: [] }, options), to);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
