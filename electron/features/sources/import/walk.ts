import { lstat, readdir } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { readFault } from '../../../../shared/file-faults.ts';
import { toErrorData, type ErrorData } from '../../../../shared/errors.ts';
import { companionOf, companionsIn, isPageName } from './companions.ts';

/** A file that was found, or a path that leads to none. */
export interface Found {
  /** Its path on disk. */
  readonly file: string;
  /** Its name in the report. */
  readonly path: string;
  /** The folder that was saved with a page. */
  readonly companion: string | null;
  /** Why it cannot be imported, if that is known already. */
  readonly error: ErrorData | null;
}

const PROJECT_FOLDER = '.sourcebook';

/**
 * The files at `paths` and in folders among them, in the order given and by name within a folder. Symbolic links, hidden files
 * and project folders inside folders are skipped. A folder that was saved with a page belongs to that page and is not walked.
 * With `short`, the report uses a file's name, or its path starting with the chosen folder; else the path as given.
 */
export async function* walk(paths: readonly string[], short: boolean): AsyncGenerator<Found> {
  const names = new Set<string>();
  const companions = new Map<string, string>();
  for (const path of paths.filter(isPageName)) {
    const own = await companionOf(path);
    if (own !== null) companions.set(path, own);
  }
  const owned = new Set([...companions.values()].map((folder) => resolve(folder)));
  for (const path of paths) {
    const nameOf = (file: string): string => (short ? unique(relative(dirname(path), file), names) : file);
    const stat = await lstat(path).catch((thrown: unknown) => toErrorData(readFault(thrown)));
    const isUnreadable = 'code' in stat && path.includes(REPLACED);
    const found = (error: ErrorData | null, companion: string | null = null): Found => ({
      file: path,
      path: nameOf(path),
      companion,
      error,
    });
    if ('code' in stat) yield found(isUnreadable ? badName : stat);
    else if (stat.isDirectory()) {
      if (!owned.has(resolve(path))) yield* walkFolder(path, nameOf);
    } else if (stat.isFile()) yield found(null, companions.get(path) ?? null);
    else yield found(notAFile);
  }
}

const notAFile: ErrorData = {
  code: 'BAD_INPUT',
  message: 'Skipped: not a regular file (it may be a link or device). Add the file itself.',
};

/** What Node reads in place of bytes that are no UTF-8; a file of that name is then not found. */
const REPLACED = '\ufffd';
const badName: ErrorData = {
  code: 'BAD_INPUT',
  message: 'The name of this file or folder isn’t valid UTF-8, so it can’t be opened. Rename it, then add it again.',
};

/** Whether a name in a folder is not the name that it has on disk. */
const isMisread = async (path: string): Promise<boolean> =>
  path.includes(REPLACED) &&
  (await lstat(path).then(
    () => false,
    () => true,
  ));

async function* walkFolder(folder: string, nameOf: (file: string) => string): AsyncGenerator<Found> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (thrown) {
    yield { file: folder, path: nameOf(folder), companion: null, error: toErrorData(readFault(thrown)) };
    return;
  }
  // By code units: the same order on every machine, whatever its language.
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const named = (which: (entry: Dirent) => boolean): string[] => entries.filter(which).map((entry) => entry.name);
  const pages = named((entry) => entry.isFile() && isPageName(entry.name));
  const companions = await companionsIn(
    folder,
    pages,
    named((entry) => entry.isDirectory()),
  );
  const owned = new Set(companions.values());
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (await isMisread(path)) yield { file: path, path: nameOf(path), companion: null, error: badName };
    else if (entry.isDirectory()) {
      if (!entry.name.endsWith(PROJECT_FOLDER) && !owned.has(entry.name)) yield* walkFolder(path, nameOf);
    } else if (entry.isFile()) {
      const own = companions.get(entry.name);
      yield { file: path, path: nameOf(path), companion: own === undefined ? null : join(folder, own), error: null };
    }
  }
}

/** Two files with one name, from two folders, must be told apart in the report. */
function unique(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate); number++) candidate = `${name} (${number})`;
  taken.add(candidate);
  return candidate;
}
