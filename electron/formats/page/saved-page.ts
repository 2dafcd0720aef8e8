import { readFile } from 'node:fs/promises';
import { ok } from '../../../shared/errors.ts';
import type { Extraction } from '../extracted.ts';
import { freezePage, freezeWithFolder, type FreezeOptions } from './index.ts';
import { LIMITS } from './limits.ts';
import { hashOf } from './resources.ts';

export interface SavedPage extends FreezeOptions {
  readonly path: string;
  readonly parts: readonly { readonly path: string; readonly file: string }[];
}

/**
 * Freezes a page as it lies on the disk, with the files of its folder where it has one. Throws what the system says of a
 * file that cannot be read.
 */
export async function readSavedPage({ path, parts, ...options }: SavedPage): Promise<Extraction> {
  const html = new Uint8Array(await readFile(path));
  if (parts.length === 0) return freezePage(html, options);
  const files = new Map<string, Uint8Array>();
  let taken = 0;
  for (const part of parts.slice(0, LIMITS.resources)) {
    const bytes = await readFile(part.file);
    taken += bytes.length;
    if (taken > LIMITS.allResources) break;
    files.set(part.path, bytes);
  }
  const frozen = freezeWithFolder(html, files, options);
  // The page without its folder may have the same text and shows something else: one id must never name two layers.
  return frozen.ok ? ok({ ...frozen.value, textSha256: hashOf(frozen.value.layerFile) }) : frozen;
}
