import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from './process-alive.ts';

/**
 * Part of the name of a staging folder. In a shared folder another installation's may be in use, and its processes are not
 * visible here.
 */
const ownerOf = (installation = ''): string => (installation === '' ? 'none' : installation.slice(0, 8));

/** The name under which a folder or file is made or removed. No other process changes it while this one runs. */
export const stagingOf = (folder: string, installation?: string): string =>
  `${folder}.part-${ownerOf(installation)}-${process.pid}-${randomBytes(4).toString('hex')}`;

/**
 * Removes what {@link stagingOf} of this installation named and a killed process left: half a project that was being made, an
 * unfinished encrypted file, and a folder that was being removed after its encrypted file was complete.
 */
export function sweepStaging(folders: readonly string[], installation?: string): void {
  for (const folder of new Set(folders))
    for (const name of namesIn(folder)) if (isLeftOver(name, installation)) removeTree(join(folder, name));
}

/** Whether this installation gave a file or folder this name, in a process that no longer runs. */
export function isLeftOver(name: string, installation?: string): boolean {
  const [, owner, pid] = /\.part-([0-9a-z]+)-(\d+)-[0-9a-f]{8}$/.exec(name) ?? [];
  return owner === ownerOf(installation) && !isRunning(Number(pid));
}

/** None if the folder can’t be listed: a recent project may be on a disk that isn’t there. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Removes a folder with its read-only files; Windows removes those only once they are writable. */
export function removeTree(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isDirectory()) for (const name of readdirSync(path)) removeTree(join(path, name));
  else if (!found.isSymbolicLink()) chmodSync(path, 0o600);
  rmSync(path, { recursive: true, force: true });
}
