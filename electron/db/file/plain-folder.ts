import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../../shared/errors.ts';

/** The names that Sourcebook writes in a project’s folder; anything else is left alone. */
const OURS = /^(?:(?:project|lock)\.sqlite(?:-\w+)?|holder\.json|(?:originals|layers|backups|cache)(?:\/.*)?)$/s;
const FILES = /^(?:(?:project|lock)\.sqlite(?:-\w+)?|holder\.json)$/;
/**
 * The names that must be folders. `backups` is not among them: a file in its place keeps no one from working, and the backup that fails is
 * reported.
 */
const FOLDERS = /^(?:originals|layers|cache)$/;
/** How many levels below the project’s folder are checked. */
const DEEP = 3;
/** Folders whose files are not checked here: there may be a hundred thousand originals and layers, and each is checked when it is read. */
const STORED = /^(?:originals|layers)\//;

/**
 * Throws DAMAGED if the project’s folder contains something of ours that is neither a file nor a folder, or a file in place of a folder or the
 * reverse. Through a link, the project would be written to a file of somebody else’s choice, and clearing the cache would remove their files;
 * a pipe or device never ends.
 */
export function assertPlainFolder(folder: string): void {
  const found = strangeEntry(folder, '', DEEP);
  if (found === null) return;
  throw new Fault(
    'DAMAGED',
    `This project wasn’t opened: “${found.path}” in its folder is ${found.is}. Nothing was changed. Remove it, or ask the sender for a project file (.sbk).`,
  );
}

interface Strange {
  readonly path: string;
  /** What is there instead, as the end of a sentence: “a link”. */
  readonly is: string;
}

function strangeEntry(folder: string, below: string, deep: number): Strange | null {
  for (const entry of entriesOf(join(folder, below))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (!OURS.test(path)) continue;
    if (entry.isFile()) {
      if (FOLDERS.test(path)) return { path, is: 'a file, not a folder' };
      continue;
    }
    if (!entry.isDirectory()) return { path, is: 'a link, pipe or device, not a file or folder of its own' };
    if (FILES.test(path)) return { path, is: 'a folder, not a file' };
    const found = deep === 0 || STORED.test(path) ? null : strangeEntry(folder, path, deep - 1);
    if (found !== null) return found;
  }
  return null;
}

/** Entries of a folder; none where it is missing or can’t be listed, which opening reports itself. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
