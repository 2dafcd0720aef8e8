import { createHash } from 'node:crypto';
import { encodeLayerFile, openLayerFile, type LayerContent, type LayerFile } from '../../shared/text/layer-file.ts';
import type { Extracted, PrefilledRecord } from './extracted.ts';
import { hasReadableText } from './text-quality.ts';

/** What a file said of itself, and from where each field was taken. */
export interface Said {
  readonly record: PrefilledRecord;
  readonly prefilled: Readonly<Record<string, string>>;
}

/** A layer without a frozen page, encoded and hashed, as a reader of a format gives it back. */
export const toExtracted = (content: LayerContent & { readonly frozen: null }, said: Said): Extracted =>
  extractedFrom(encodeLayerFile(content), said);

/** The same for a layer that is encoded already. */
export function extractedFrom(layerFile: Uint8Array, said: Said): Extracted {
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
    record: said.record,
    prefilled: said.prefilled,
  };
}

/** Over the whole text in UTF-8: the pages' bytes with a line feed between them. */
function textSha256(layer: LayerFile): string {
  const hash = createHash('sha256');
  for (const { page } of layer.pages) {
    if (page > 1) hash.update('\n');
    hash.update(layer.textBytes(page));
  }
  return hash.digest('hex');
}
