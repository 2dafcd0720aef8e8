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

/** Freezes a saved page, with the files of its folder if there is one. Throws the system's error if a file cannot be read. */
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
  // A page without its folder can have the same text but looks different: one id must never name two layers.
  return frozen.ok ? ok({ ...frozen.value, textSha256: hashOf(frozen.value.layerFile) }) : frozen;
}
