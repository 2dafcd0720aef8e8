import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { ArchiveFacts, PageOfArchive } from '../../../shared/contract/sources.ts';
import { Fault } from '../../../shared/errors.ts';
import type { ArchivePage, Sha256 } from '../../../shared/model/index.ts';
import type { ProjectDb } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { storeFault } from '../../project/files/faults.ts';
import type { RunOptions } from '../../workers/pool.ts';

/** What the reading of archives needs of the engine. */
export type ArchiveContext = Pick<ReadContext, 'project' | 'files' | 'pool' | 'atClose'>;

export interface ArchiveContents {
  readonly archive: ArchiveFacts;
  readonly pages: readonly PageOfArchive[];
}

const PART = 'part-';
const folders = new WeakMap<ProjectDb, string>();

/**
 * Where indexes of archives and what is taken out of them for a moment lie: in the project's cache, which may be deleted at
 * any time; of a project that may not be written in the system's folder for such things, until it is closed. They lie under
 * the replica's name: what an index says of digests and signatures gets into the log, so one that came with a copied folder
 * must never be read.
 */
function workplace({ project, atClose }: ArchiveContext): string {
  const known = folders.get(project);
  if (known !== undefined && existsSync(known)) return known;
  try {
    const folder = project.readOnly
      ? mkdtempSync(join(tmpdir(), 'sourcebook-archives-'))
      : join(project.folder, 'cache', 'archives', project.replica());
    mkdirSync(folder, { recursive: true });
    if (project.readOnly) atClose(() => rmSync(folder, { recursive: true, force: true }));
    // Before the first use of this opening, which holds the project's lock, nobody else is at work here.
    else if (known === undefined) sweep(folder);
    folders.set(project, folder);
    return folder;
  } catch (thrown) {
    throw storeFault(thrown);
  }
}

/** Removes what a kill left, and what belongs to another replica. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(PART) || name.includes('.new-')) rmSync(join(folder, name), { force: true });
  const [all, own] = [dirname(folder), basename(folder)];
  for (const name of readdirSync(all)) if (name !== own) rmSync(join(all, name), { recursive: true, force: true });
}

/** The file that keeps what was found out about a stored archive. */
export const indexOf = (context: ArchiveContext, archive: Sha256): string => join(workplace(context), archive);

/** A name for a file that is needed for a moment; whoever asks removes it. */
export const partOf = (context: ArchiveContext): string =>
  join(workplace(context), `${PART}${randomBytes(8).toString('hex')}`);

/** Forgets what was found out about an archive that is not kept. */
export function dropIndex({ project }: Pick<ArchiveContext, 'project'>, archive: Sha256): void {
  const folder = folders.get(project);
  if (folder !== undefined) removeIndex(join(folder, archive));
}

/** An index with what its reader put beside it. */
function removeIndex(index: string): void {
  const folder = dirname(index);
  const name = basename(index);
  for (const one of existsSync(folder) ? readdirSync(folder) : [])
    if (one.startsWith(name)) rmSync(join(folder, one), { force: true });
}

/** What an archive that is in no project holds. Throws a Fault where it cannot be read. */
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

/** What a stored archive holds. Throws a Fault where it cannot be read. */
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

/** The page of a stored archive that a source is. Throws NOT_FOUND where the archive does not hold it. */
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
