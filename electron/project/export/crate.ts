import { query } from '../../db/types.ts';
import { roCrate } from '../../formats/bag/crate.ts';
import { originalPath } from '../../formats/bag/layout.ts';
import type { AboutExport } from './annotations.ts';

/** Every source with a file, also those in the trash: their originals are in a project file. */
const describedSources = query<
  Record<string, never>,
  {
    id: string;
    title: string | null;
    fileName: string | null;
    mediaType: string | null;
    sha256: string;
    url: string | null;
    language: string | null;
  }
>(
  'crate.sources',
  `SELECT id, title, fileName, mediaType, sha256, captureUrl AS url, language FROM p_source
   WHERE sha256 IS NOT NULL ORDER BY sha256, deleted IS 1, id`,
);
const timeOf = query<{ head: string }, { at: number }>(
  'crate.timeOf',
  'SELECT wall AS at FROM commit_ WHERE hash = unhex($head)',
);

/**
 * The RO-Crate of a project file: what archives and other programs read of it. `goes`: whether a source’s files are in it; `bytesOf`: the
 * bytes of a file in it, null for one that is not.
 */
export const crateOf = (
  { read, id, title, head }: AboutExport,
  goes: (source: string) => boolean,
  bytesOf: (path: string) => number | null,
): string =>
  roCrate(
    { id, title, at: head === null ? null : (read.get(timeOf, { head })?.at ?? null) },
    read
      .all(describedSources, {})
      .filter((row) => goes(row.id))
      .map((row) => ({ ...row, path: originalPath(row.sha256) })),
    bytesOf,
  );
