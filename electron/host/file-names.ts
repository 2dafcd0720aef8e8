import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const PROJECT_SUFFIX = '.sourcebook';
export const PROJECT_FILE_SUFFIX = '.sbk';

/** A path in `folder` where no file is yet: `NAME.suffix`, else `NAME 2.suffix` … */
export function freePath(folder: string, name: string, suffix: string): string {
  const first = join(folder, name + suffix);
  if (!existsSync(first)) return first;
  for (let count = 2; ; count += 1) {
    const path = join(folder, `${name} ${count}${suffix}`);
    if (!existsSync(path)) return path;
  }
}

/** A project that was closed and encrypted: all of its folder in one file. */
const ENCRYPTED_PROJECT = /\.sourcebook\.age$/i;
export const isEncryptedProject = (path: string): boolean => ENCRYPTED_PROJECT.test(path);
/** The folder that the file is made into: `county.sourcebook` for `county.sourcebook.age`. */
export const folderOfEncrypted = (file: string): string => file.replace(/\.age$/i, '');

/** A project file, encrypted or not. */
const PROJECT_FILE = /\.sbk(?:\.age)?$/i;
export const isProjectFile = (path: string): boolean => PROJECT_FILE.test(path);
/** A project file's name without its suffixes: `county` for `county.sbk.age`. */
export const projectFileStem = (name: string): string => name.replace(PROJECT_FILE, '');
