import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { storeFault } from '../../../shared/file-faults.ts';
import type { ArchiveFacts, PageOfArchive } from '../../../shared/contract/sources.ts';
import { Fault } from '../../../shared/errors.ts';
import type { ArchivePage, Sha256 } from '../../../shared/model/index.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import type { RunOptions } from '../../workers/pool.ts';

export type ArchiveContext = Pick<ReadContext, 'project' | 'files' | 'pool' | 'atClose'>;

export interface ArchiveContents {
  readonly archive: ArchiveFacts;
  readonly pages: readonly PageOfArchive[];
}

/** The folder that {@link archiveFolder} has created. */
const folderOf = perProject((): { path: string | null } => ({ path: null }));

/**
 * The folder for indexes of archives and temporary files: in the project's cache, which may be deleted at any time; for a
 * read-only project, in the system's temporary folder until it is closed. It begins empty each time the project is opened: what an
 * index says about digests and signatures gets into the log, and the bytes unpacked beside it become originals’ texts, so nothing is
 * used that somebody else may have put there meanwhile.
 */
function archiveFolder({ project, atClose }: ArchiveContext): string {
  const known = folderOf({ project });
  if (known.path !== null && existsSync(known.path)) return known.path;
  try {
    const folder = project.readOnly
      ? mkdtempSync(join(tmpdir(), 'sourcebook-archives-'))
      : join(project.folder, 'cache', 'archives', project.replica());
    if (project.readOnly) atClose(() => rmSync(folder, { recursive: true, force: true }));
    // On first use after opening the project, which holds its lock, no one else uses this folder.
    else if (known.path === null) rmSync(dirname(folder), { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    known.path = folder;
    return folder;
  } catch (thrown) {
    throw storeFault(thrown);
  }
}

/** The file for the index of a stored archive. */
export const indexOf = (context: ArchiveContext, archive: Sha256): string => join(archiveFolder(context), archive);

/** A name for a temporary file; the caller removes it. */
export const partOf = (context: ArchiveContext): string =>
  join(archiveFolder(context), `part-${randomBytes(8).toString('hex')}`);

/** Removes the index of an archive that was dropped. */
export function dropIndex({ project }: Pick<ArchiveContext, 'project'>, archive: Sha256): void {
  const folder = folderOf({ project }).path;
  if (folder !== null) removeIndex(join(folder, archive));
}

/** Removes an index with the files that its reader put beside it. */
function removeIndex(index: string): void {
  const folder = dirname(index);
  const name = basename(index);
  for (const one of existsSync(folder) ? readdirSync(folder) : [])
    if (one.startsWith(name)) rmSync(join(folder, one), { force: true });
}

/** The pages of an archive file outside the project. Throws a Fault if it cannot be read. */
export async function pagesOfFile(context: ArchiveContext, path: string): Promise<ArchiveContents> {
  const index = partOf(context);
  try {
    const read = await context.pool.run('archive', { path, index });
    if (read.ok) return read.value;
    throw new Fault(read.error.code, read.error.message, read.error.context);
  } finally {
    removeIndex(index);
  }
}

/** The pages of a stored archive. Throws a Fault if it cannot be read. */
export async function contentsOf(
  context: ArchiveContext,
  archive: Sha256,
  options: RunOptions,
): Promise<ArchiveContents> {
  const input = { path: context.files.originalPath(archive), index: indexOf(context, archive) };
  const read = await context.pool.run('archive', input, options);
  if (read.ok) return read.value;
  throw new Fault(read.error.code, read.error.message, read.error.context);
}

/** The page of a stored archive that a source was made from. Throws NOT_FOUND if the archive does not have it. */
export async function pageOf(
  context: ArchiveContext,
  archive: Sha256,
  { url, time }: Pick<ArchivePage, 'url' | 'time'>,
  options: RunOptions,
): Promise<PageOfArchive> {
  const { pages } = await contentsOf(context, archive, options);
  const found = pages.find((page) => page.url === url && page.time === time);
  if (found !== undefined) return found;
  throw new Fault('NOT_FOUND', `The archive no longer contains the page ${url}. Verify the project.`, { url });
}
