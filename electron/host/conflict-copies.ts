import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CallOutput } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';

type ConflictCopy = CallOutput<'app.conflictCopies'>['copies'][number];

/**
 * How syncing programs name the second of two databases that were written to at once: they put words between the name
 * and its suffix. Syncthing `project.sync-conflict-20260114-093012-ABCDEFG.sqlite`; Dropbox, Nextcloud `project (Lin's
 * conflicted copy 2026-01-14).sqlite`; OneDrive `project-DESKTOP-7.sqlite`; iCloud `project 2.sqlite`; Google Drive `project (1).sqlite`.
 */
const COPY = /^project(?:[ .-].+|\(.+\))\.sqlite$/i;

/** The conflict copies in a project's folder, newest first. Symbolic links are left out: they could lead anywhere. */
export function conflictCopies(folder: string): ConflictCopy[] {
  return found(folder).map(({ key, name, at }) => ({ key, name, at }));
}

/** The path of the copy with this key; NOT_FOUND if it is gone. */
export function conflictCopyAt(folder: string, key: string): string {
  const copy = found(folder).find((one) => one.key === key);
  if (copy === undefined) throw new Fault('NOT_FOUND', 'That conflict copy is no longer in the project’s folder.');
  return copy.path;
}

function found(folder: string): (ConflictCopy & { readonly path: string })[] {
  return readdirSync(folder)
    .filter((name) => COPY.test(name))
    .flatMap((name) => {
      const path = join(folder, name);
      const file = lstatSync(path, { throwIfNoEntry: false });
      return file?.isFile() === true ? [{ key: keyOf(name), name, at: file.mtimeMs, path }] : [];
    })
    .sort((a, b) => b.at - a.at);
}

const keyOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 24);
