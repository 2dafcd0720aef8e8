import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { systemCode } from '../../shared/file-faults.ts';
import { syncFolder } from '../project/files/originals.ts';

/** Readable and writable by this account only. */
const PRIVATE = 0o600;

/**
 * From now on everything this process and its children create (projects, backups, exports, reports) belongs to this account
 * alone: folders 0700, files 0600. Called first by every entry. Windows has no such mask: there the folder's permissions are
 * inherited, which for a person's own folders means that person (and administrators).
 */
export function keepFilesPrivate(): void {
  process.umask(0o077);
}

/**
 * Writes `content` to a temporary file and renames it to `path`: a reader, or a crash, finds either the old file or the new one.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const beside = writeBeside(path, content);
  renameSync(beside, path);
  syncFolder(dirname(path));
}

/**
 * As {@link writeWhole}, but only if `path` doesn't exist. False if another process made it first; its file stays.
 */
export function writeNew(path: string, text: string): boolean {
  const beside = writeBeside(path, text);
  try {
    linkSync(beside, path);
    syncFolder(dirname(path));
    return true;
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false;
    // FAT and some network folders have no hard links.
    return createExclusively(path, text);
  } finally {
    rmSync(beside, { force: true });
  }
}

export type ReadBack<T> =
  | { readonly state: 'read'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'damaged'; readonly keptAs: string };

/**
 * Reads a JSON file of ours. A file that doesn't fit the schema is never overwritten: it is renamed to
 * `<name>.damaged-<time>`, so that its content can still be recovered; `keptAs` is its new path.
 */
export function readJson<S extends z.ZodType>(path: string, schema: S): ReadBack<z.output<S>> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return { state: 'absent' };
    throw thrown;
  }
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return { state: 'read', value: parsed.data };
  const keptAs = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  renameSync(path, keptAs);
  return { state: 'damaged', keptAs };
}

function writeBeside(path: string, content: string | Uint8Array): string {
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(beside, content, { mode: PRIVATE, flag: 'wx', flush: true });
  return beside;
}

function createExclusively(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { mode: PRIVATE, flag: 'wx', flush: true });
    return true;
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

/** `undefined` if the text isn't JSON; no schema of ours accepts that. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
