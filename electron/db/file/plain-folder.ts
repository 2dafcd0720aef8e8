import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../../shared/errors.ts';

/** What Sourcebook writes there; anything else is left alone. */
const OURS = /^(?:(?:project|lock)\.sqlite(?:-\w+)?|holder\.json|(?:originals|layers|backups|cache)(?:\/.*)?)$/s;
const FILES = /^(?:(?:project|lock)\.sqlite(?:-\w+)?|holder\.json)$/;
/** Not `backups`: a file in its place keeps no one from working, and the backup that fails is reported. */
const FOLDERS = /^(?:originals|layers|cache)$/;
/** How far below the project’s folder names are looked at. */
const DEEP = 3;
/** There may be a hundred thousand originals and layers; each is looked at when it is read. */
const STORED = /^(?:originals|layers)\//;

/**
 * Throws DAMAGED if something in a project’s folder is neither a file nor a folder of its own, or one in place of the other. Through a link, what is written to the
 * project would go to a file of somebody’s choice, and what is cleared from its cache would be theirs; a pipe or device never ends.
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
  /** What it is, and is not. */
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

/** None where the folder is missing or can’t be listed: opening says so itself. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
