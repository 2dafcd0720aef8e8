import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsed } from '../../../shared/changes/canonical.ts';
import { Fault } from '../../../shared/errors.ts';
import type { BagRead } from '../bag/folder-read.ts';
import { jsonExcess } from '../json-size.ts';
import { EXHIBITS_PATH, type ExhibitsFile, exhibitsFile, FOLDER_FIELD, FOLDER_VERSION } from './folder.ts';

const LARGEST = { exhibits: 256 * 2 ** 20, text: 256 * 2 ** 20 } as const;

/** What a dossier’s folder says of its exhibits. Faults: DAMAGED, TOO_LARGE, PROJECT_NEWER; their sentences name the file. */
export function readExhibits(bag: BagRead): ExhibitsFile {
  const text = textIn(bag, EXHIBITS_PATH, LARGEST.exhibits);
  if (jsonExcess(text) !== null)
    throw new Fault('TOO_LARGE', `“${EXHIBITS_PATH}” has more values or levels than can be read.`, {
      path: EXHIBITS_PATH,
    });
  const value = parsed(text);
  const version = typeof value === 'object' && value !== null && FOLDER_FIELD in value ? value[FOLDER_FIELD] : null;
  if (typeof version === 'number' && version > FOLDER_VERSION)
    throw new Fault(
      'PROJECT_NEWER',
      `This dossier has format ${version}; this version of Sourcebook reads up to ${FOLDER_VERSION}. Update Sourcebook to check it.`,
      { version },
    );
  const read = exhibitsFile.safeParse(value);
  if (read.success) return read.data;
  const where = read.error.issues[0]?.path.join('.') ?? '';
  throw new Fault('DAMAGED', `“${EXHIBITS_PATH}” can’t be read${where === '' ? '' : ` (at ${where})`}.`, { where });
}

/** A text of a document, as it was read. Faults: DAMAGED, TOO_LARGE. */
export const readText = (bag: BagRead, path: string): string => textIn(bag, path, LARGEST.text);

function textIn({ folder, files, manifest }: BagRead, path: string, most: number): string {
  const bytes = files.get(path);
  if (bytes === undefined || !manifest.has(path))
    throw new Fault('DAMAGED', `“${path}” isn’t in the folder.`, { path });
  if (bytes > most) throw new Fault('TOO_LARGE', `“${path}” is too large to be read.`, { path });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(join(folder, path)));
  } catch {
    throw new Fault('DAMAGED', `“${path}” can’t be read as UTF-8.`, { path });
  }
}
