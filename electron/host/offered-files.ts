import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Offer } from '../../shared/contract/app.ts';
import { Fault } from '../../shared/errors.ts';
import type { Shell, WindowId } from './shell.ts';

interface OfferedFile {
  readonly window: WindowId;
  readonly path: string;
  /** A temporary copy of ours. Copies that are imported together may be moved into one folder. */
  readonly isCopy: boolean;
  /** Called when the file is no longer needed: deletes the temporary copy of an upload. */
  readonly release: () => void;
}

/** Files that a page may import. The page has tokens, the host has the paths; a token is valid only in its own window. */
export interface OfferedFiles {
  add(
    window: WindowId,
    path: string,
    options?: { readonly name?: string; readonly isCopy?: boolean; readonly release?: () => void },
  ): Offer;
  /**
   * The paths behind tokens, each of which is used up by this. Files that were uploaded from one folder are put back into
   * one folder. Call `release` when the files have been read. NOT_FOUND if any token is unknown or of another window;
   * then none is used up.
   */
  take(window: WindowId, tokens: readonly string[]): { readonly paths: string[]; readonly release: () => void };
  /** The path behind a token, which stays valid: a merge is previewed before it is made. NOT_FOUND as {@link take}. */
  pathOf(window: WindowId, token: string): string;
  /** Discards a file. Does nothing if the token is unknown or of another window. */
  discard(window: WindowId, token: string): void;
  /** Discards all files of a window. */
  discardAll(window: WindowId): void;
}

export function createOfferedFiles(): OfferedFiles {
  const files = new Map<string, OfferedFile>();
  const find = (window: WindowId, token: string): OfferedFile | null => {
    const file = files.get(token);
    return file?.window === window ? file : null;
  };
  return {
    add(window, path, { name = basename(path), isCopy = false, release = () => undefined } = {}) {
      const token = randomBytes(16).toString('hex');
      files.set(token, { window, path, isCopy, release });
      return { token, name };
    },
    take(window, tokens) {
      const found = [...new Set(tokens)].map((token) => {
        const file = find(window, token);
        if (file === null)
          throw new Fault('NOT_FOUND', 'These files are no longer available. Choose or drop them again.');
        return { token, file };
      });
      for (const { token } of found) files.delete(token);
      const own = found.filter(({ file }) => !file.isCopy).map(({ file }) => file.path);
      const copies = found.filter(({ file }) => file.isCopy).map(({ file }) => file.path);
      return {
        paths: [...own, ...joinIntoOneFolder(copies)],
        release: () => found.forEach(({ file }) => file.release()),
      };
    },
    pathOf(window, token) {
      const file = find(window, token);
      if (file === null) throw new Fault('NOT_FOUND', 'This file is no longer available. Choose or drop it again.');
      return file.path;
    },
    discard(window, token) {
      const file = find(window, token);
      if (file === null) return;
      files.delete(token);
      file.release();
    },
    discardAll(window) {
      for (const [token, file] of files) {
        if (file.window !== window) continue;
        files.delete(token);
        file.release();
      }
    },
  };
}

/**
 * Moves uploads that came together into one folder, keeping their relative paths. A browser sends a dropped folder file by
 * file, and a saved page is only imported with its resources if they lie beside it. Each path is the topmost name of one
 * upload, in a folder of its own. Returns the topmost names of all, in the order they came. A file whose new place is
 * taken stays where it is.
 */
function joinIntoOneFolder(paths: readonly string[]): string[] {
  const [first, ...others] = paths;
  if (first === undefined) return [];
  const folder = dirname(first);
  const joined = new Set([first]);
  for (const path of others) joined.add(moveInto(folder, path) ? join(folder, basename(path)) : path);
  return [...joined];
}

/** Moves the one file at or below `path` to the same relative path below `folder`; false if something is there already. */
function moveInto(folder: string, path: string): boolean {
  let [from, to] = [path, join(folder, basename(path))];
  for (;;) {
    const entries = existsSync(to) ? entriesOf(from) : null;
    if (entries === null) break;
    const [only] = entries;
    if (only === undefined || entriesOf(to) === null) return false;
    [from, to] = [join(from, only), join(to, only)];
  }
  if (existsSync(to)) return false;
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  renameSync(from, to);
  return true;
}

/** The names in a folder; null for a file. */
function entriesOf(path: string): string[] | null {
  try {
    return readdirSync(path);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOTDIR') return null;
    throw thrown;
  }
}

/** Encrypted project files opened from outside a page (command line, menu, system), one a window, until it has the passphrase. */
export interface FilesAwaitingPassphrase {
  /** Tells the window's page that it should ask for the passphrase. Replaces a file that was waiting in that window. */
  add(window: WindowId, path: string): void;
  /** The file waiting in the window. Stays until opened or discarded, so that a reloaded page asks again. */
  fileAwaitingPassphrase(window: WindowId): Offer | null;
  /** Discards a file offered to this window, waiting or not. */
  discardFile(window: WindowId, token: string): void;
  /** The window has closed. */
  forget(window: WindowId): void;
}

export function createFilesAwaitingPassphrase(
  shell: Pick<Shell, 'tell'>,
  offeredFiles: OfferedFiles,
): FilesAwaitingPassphrase {
  const waiting = new Map<WindowId, Offer>();
  const discardFile = (window: WindowId, token: string): void => {
    if (waiting.get(window)?.token === token) waiting.delete(window);
    offeredFiles.discard(window, token);
  };
  return {
    add(window, path) {
      const before = waiting.get(window);
      if (before !== undefined) discardFile(window, before.token);
      waiting.set(window, offeredFiles.add(window, path));
      shell.tell(window, 'app.fileWaits', {});
    },
    fileAwaitingPassphrase: (window) => waiting.get(window) ?? null,
    discardFile,
    forget: (window) => void waiting.delete(window),
  };
}
