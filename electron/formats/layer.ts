import { createHash } from 'node:crypto';
import { encodeLayerFile, openLayerFile, type LayerContent, type LayerFile } from '../../shared/text/layer-file.ts';
import type { Extracted, PrefilledRecord } from './extracted.ts';
import { hasReadableText } from './text-quality.ts';

/** The details of a source that its file gives, and where in the file each was found. */
export interface FileDetails {
  readonly record: PrefilledRecord;
  readonly prefilled: Readonly<Record<string, string>>;
}

/** Encodes and hashes a layer without a frozen page: the result of a format's reader. */
export const toExtracted = (content: LayerContent & { readonly frozen: null }, details: FileDetails): Extracted =>
  extractedFrom(encodeLayerFile(content), details);

/** As {@link toExtracted}, for a layer file that is encoded already. */
export function extractedFrom(layerFile: Uint8Array, details: FileDetails): Extracted {
  const layer = openLayerFile(layerFile);
  return {
    engine: layer.engine,
    version: layer.version,
    layerFile,
    textSha256: textSha256(layer),
    length: layer.length,
    hasText: layer.pages.some(({ page }) => hasReadableText(layer.pageText(page))),
    pages: layer.pages,
    notes: layer.notes,
    frozen: null,
    resources: [],
    record: details.record,
    prefilled: details.prefilled,
  };
}

/** SHA-256 of the whole text in UTF-8: the pages' bytes with a line feed between them. */
export function textSha256(layer: LayerFile): string {
  const hash = createHash('sha256');
  for (const { page } of layer.pages) {
    if (page > 1) hash.update('\n');
    hash.update(layer.textBytes(page));
  }
  return hash.digest('hex');
}
