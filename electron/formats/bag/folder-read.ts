import { createHash } from 'node:crypto';
import { lstatSync, opendirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { detailOf, Fault } from '../../../shared/errors.ts';
import { hashOfFile } from './folder-write.ts';

/** A problem with a bag that is a folder. `path` is below it. */
export interface FolderProblem {
  readonly kind: 'manifest' | 'missing' | 'altered' | 'unlisted' | 'link';
  readonly path: string;
  readonly message: string;
}

export interface BagRead {
  /** The folder's path with all links in it resolved. */
  readonly folder: string;
  /** Regular files by their path, with their bytes. Nothing else of the folder is to be read. */
  readonly files: ReadonlyMap<string, number>;
  /** Payload paths with the SHA-256 that the manifest gives. */
  readonly manifest: ReadonlyMap<string, string>;
  /** Problems found in its names and tag files. */
  readonly problems: readonly FolderProblem[];
}

const TAGS: ReadonlySet<string> = new Set([
  'bagit.txt',
  'bag-info.txt',
  'manifest-sha256.txt',
  'tagmanifest-sha256.txt',
]);
/** Limits for reading a dossier: it has 2,000 documents at most, each with a text, and saved pages with their files. */
const LIMITS = { entries: 100_000, depth: 6, tagFile: 32 * 2 ** 20 } as const;

/**
 * Opens a bag that is a folder, without reading its payload. Follows no link in it. Throws NOT_FOUND, NOT_ALLOWED and TOO_LARGE; whatever else is
 * wrong is among its problems.
 */
export function readBagFolder(given: string): BagRead {
  const folder = rootOf(given);
  const { files, problems } = listed(folder);
  const text = (path: string): string | null => smallText(folder, files, path);
  const declaration = text('bagit.txt');
  if (declaration !== null && !/^BagIt-Version: *1\.0\s*$/m.test(declaration))
    problems.push({
      kind: 'manifest',
      path: 'bagit.txt',
      message: '“bagit.txt” doesn’t say that this is a BagIt 1.0 bag.',
    });
  for (const path of TAGS)
    if (!files.has(path)) problems.push({ kind: 'missing', path, message: `“${path}” is missing.` });
  const manifest = linesOf(text('manifest-sha256.txt'), 'manifest-sha256.txt', problems);
  for (const [path, expected] of linesOf(text('tagmanifest-sha256.txt'), 'tagmanifest-sha256.txt', problems)) {
    const content = TAGS.has(path) ? text(path) : null;
    if (content === null)
      problems.push({ kind: 'manifest', path, message: `“${path}” is in the list of tag files, but isn’t there.` });
    else if (createHash('sha256').update(content).digest('hex') !== expected)
      problems.push({ kind: 'manifest', path, message: `“${path}” was altered after the dossier was written.` });
  }
  for (const path of manifest.keys())
    if (!files.has(path))
      problems.push({ kind: 'missing', path, message: `“${path}” is in the manifest, but not in the folder.` });
  for (const path of files.keys())
    if (!manifest.has(path) && !TAGS.has(path))
      problems.push({ kind: 'unlisted', path, message: `“${path}” is in the folder, but not in the manifest.` });
  return { folder, files, manifest, problems };
}

/** Compares a listed file with the manifest; null if it has the bytes that it should have. */
export async function compareWithManifest(
  { folder, manifest }: BagRead,
  path: string,
  signal?: AbortSignal,
): Promise<FolderProblem | null> {
  const altered = (message: string): FolderProblem => ({ kind: 'altered', path, message });
  try {
    const { sha256 } = await hashOfFile(join(folder, path), signal);
    return sha256 === manifest.get(path) ? null : altered(`“${path}” has other bytes than the manifest says.`);
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    return altered(`“${path}” can’t be read (${detailOf(thrown)}).`);
  }
}

function rootOf(given: string): string {
  try {
    return realpathSync(given);
  } catch {
    throw new Fault('NOT_FOUND', 'No such folder. It may have been moved or renamed.');
  }
}

/** Every file and link below the folder. */
function listed(folder: string): { files: Map<string, number>; problems: FolderProblem[] } {
  const files = new Map<string, number>();
  const problems: FolderProblem[] = [];
  let entries = 0;
  const walk = (under: string, depth: number): void => {
    const opened = opendirSync(join(folder, under));
    try {
      for (let entry = opened.readSync(); entry !== null; entry = opened.readSync()) {
        const path = `${under}${entry.name}`;
        if (++entries > LIMITS.entries)
          throw new Fault('TOO_LARGE', `This folder has more than ${LIMITS.entries} files, and no dossier has.`);
        const found = lstatSync(join(folder, path), { throwIfNoEntry: false });
        if (found?.isFile() === true) files.set(path, found.size);
        else if (found?.isDirectory() === true && depth < LIMITS.depth) walk(`${path}/`, depth + 1);
        else if (found?.isDirectory() === true)
          problems.push({ kind: 'unlisted', path, message: `“${path}” is a folder that no dossier has.` });
        else
          problems.push({ kind: 'link', path, message: `“${path}” is a link or a special file. It wasn’t followed.` });
      }
    } finally {
      opened.closeSync();
    }
  };
  try {
    walk('', 1);
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    throw new Fault(
      'NOT_ALLOWED',
      `This folder can’t be read (${detailOf(thrown)}). Change its permissions and try again.`,
    );
  }
  return { files, problems };
}

function smallText(folder: string, files: ReadonlyMap<string, number>, path: string): string | null {
  const bytes = files.get(path);
  if (bytes === undefined) return null;
  if (bytes > LIMITS.tagFile) throw new Fault('TOO_LARGE', `“${path}” is larger than any dossier’s.`, { path });
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch {
    return null;
  }
}

/** Whether a payload's path stays within the folder. */
const isSafe = (path: string): boolean =>
  TAGS.has(path) ||
  (/^data\/[^\\:\0]+$/.test(path) && path.split('/').every((name) => !['', '.', '..'].includes(name)));

function linesOf(text: string | null, name: string, problems: FolderProblem[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text?.split(/\r?\n/) ?? []) {
    if (line === '') continue;
    const [, hash, path] = /^([0-9a-fA-F]{64})\s+(.+)$/.exec(line) ?? [];
    if (hash === undefined || path === undefined || !isSafe(path) || found.has(path))
      problems.push({
        kind: 'manifest',
        path: name,
        message: `A line of “${name}” isn’t one that a dossier has: ${line.slice(0, 120)}`,
      });
    else found.set(path, hash.toLowerCase());
    if (problems.length > LIMITS.entries) throw new Fault('TOO_LARGE', `“${name}” isn’t a list of files.`);
  }
  return found;
}
