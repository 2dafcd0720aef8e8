import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isWriteForbidden } from '../../../shared/file-faults.ts';

/**
 * Closes a project's folder to other accounts: projects of earlier versions, and unpacked copies, are often readable by all. Only
 * what is this account's own is changed. A folder that a group may write, and that was given to that group (another than the
 * account's own, or with the setgid bit), is shared on purpose and stays as it is. Below the first level nothing is changed:
 * nobody else comes there any more.
 */
export function makeFolderPrivate(folder: string): void {
  // Windows has no such modes: the folder's permissions are inherited.
  if (process.getuid === undefined || isShared(folder)) return;
  tighten(folder);
  for (const name of readdirSync(folder)) tighten(join(folder, name));
}

function isShared(folder: string): boolean {
  const { mode, gid } = lstatSync(folder);
  return (mode & 0o020) !== 0 && ((mode & 0o2000) !== 0 || gid !== process.getgid?.());
}

function tighten(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isSymbolicLink()) return;
  if (found.uid !== process.getuid?.() || (found.mode & 0o077) === 0) return;
  try {
    chmodSync(path, found.mode & 0o700);
  } catch (thrown) {
    // A disk without modes, or one that is read-only: the project opens all the same.
    if (!isWriteForbidden(thrown)) throw thrown;
  }
}
