/**
 * What a project file holds, as a BagIt 1.0 bag (RFC 8493) in a zip of one top folder:
 *
 *     NAME/bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt
 *     NAME/data/project.sqlite        the database, written afresh from the log
 *     NAME/data/originals/ab/<sha256> the sources' bytes as received
 *     NAME/data/layers/ab/<sha256>    text layers, frozen pages and their resources (`.zst`: compressed)
 *     NAME/data/annotations.jsonld    the passages as W3C Web Annotations, for readers without Sourcebook
 *     NAME/data/ro-crate-metadata.json  what the files are, as RO-Crate 1.2, for archives; from format 2 on
 */
export const FORMAT_VERSION = 2;
/** The first format with a description as RO-Crate. Programs that read up to format 1 say that the file is newer. */
export const CRATE_SINCE = 2;
export const FORMAT_FIELD = 'Sourcebook-Format';
/** What was missing when it was written: hashes, or ids of records whose hash cannot be read. Such a file is not damaged. */
export const MISSING_FIELD = 'Sourcebook-Missing';

/** The payload of a bag. */
export const DATA = 'data/';
export const DATABASE_PATH = 'data/project.sqlite';
export const ANNOTATIONS_PATH = 'data/annotations.jsonld';
export const CRATE_PATH = 'data/ro-crate-metadata.json';
export const originalPath = (sha256: string): string => `data/originals/${sha256.slice(0, 2)}/${sha256}`;

/** `bagit.txt`. */
export const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
export const TAG_FILES = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'] as const;

const STORED_BY_HASH = /^data\/(originals|layers)\/([0-9a-f]{2})\/([0-9a-f]{64})(\.zst)?$/;

/** The kind of a path inside the bag (below its top folder), or null for a name that is not ours. */
export function placeOf(
  path: string,
): { kind: 'tag' | 'database' | 'annotations' | 'crate' | 'original' | 'layer'; sha256: string | null } | null {
  if (path === DATABASE_PATH) return { kind: 'database', sha256: null };
  if (path === ANNOTATIONS_PATH) return { kind: 'annotations', sha256: null };
  if (path === CRATE_PATH) return { kind: 'crate', sha256: null };
  if (TAG_FILES.some((name) => name === path)) return { kind: 'tag', sha256: null };
  const stored = STORED_BY_HASH.exec(path);
  if (stored === null || stored[2] !== stored[3]?.slice(0, 2)) return null;
  if (stored[1] === 'originals')
    return stored[4] === undefined ? { kind: 'original', sha256: stored[3] ?? null } : null;
  return { kind: 'layer', sha256: stored[3] ?? null };
}

/**
 * Limits for reading a project file; one that exceeds them is rejected before anything is written. They are listed in
 * docs/limits.md. `ratio` is uncompressed over compressed, checked only from `ratioFrom` bytes on.
 */
export const LIMITS = {
  entries: 2_000_000,
  oneFile: 64 * 2 ** 30,
  total: 1024 * 2 ** 30,
  tagFile: 512 * 2 ** 20,
  ratio: 500,
  ratioFrom: 16 * 2 ** 20,
} as const;
export type Limits = { readonly [K in keyof typeof LIMITS]: number };
