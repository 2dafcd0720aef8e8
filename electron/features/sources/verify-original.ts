import { stat } from 'node:fs/promises';
import type { Sha256, Source, SourceId } from '../../../shared/model/index.ts';
import type { ProjectDb } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';

interface Check {
  /** What the file was like: one that was changed since is another. */
  readonly file: string;
  readonly found: Promise<Sha256 | null>;
  /** Sources that have had this answer. Who asks again wants it read again. */
  readonly told: Set<SourceId>;
}

const checks = new WeakMap<ProjectDb, Map<Sha256, Check>>();

/**
 * The hash of a source's original as it lies there; null where it is missing. An archive is read once a session for all
 * its pages, since a gigabyte takes seconds and each page that is opened asks; asked again for one source, it is read again.
 */
export async function hashOfOriginal(
  { project, files }: Pick<ReadContext, 'project' | 'files'>,
  { id, sha256, archive }: Source,
): Promise<Sha256 | null> {
  if (archive === null) return files.hashOriginal(sha256);
  const known = checks.get(project) ?? new Map<Sha256, Check>();
  checks.set(project, known);
  const file = await stateOf(files.originalPath(sha256));
  const before = known.get(sha256);
  const check =
    before?.file === file && !before.told.has(id)
      ? before
      : { file, found: files.hashOriginal(sha256), told: new Set<SourceId>() };
  known.set(sha256, check);
  check.told.add(id);
  return check.found;
}

/** Size and times of a file, in one text; the same text for one that is not there. */
async function stateOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found === null ? 'missing' : [found.ino, found.size, found.mtimeMs, found.ctimeMs].join(' ');
}
