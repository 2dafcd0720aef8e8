import { createHash } from 'node:crypto';
import { encodeLayerFile, openLayerFile, type LayerContent } from '../../shared/text/layer-file.ts';
import type { Extracted, PrefilledRecord } from './extracted.ts';
import { hasReadableText } from './text-quality.ts';

/** What a file said of itself, and from where each field was taken. */
export interface Said {
  readonly record: PrefilledRecord;
  readonly prefilled: Readonly<Record<string, string>>;
}

/** A layer without a frozen page, encoded and hashed, as every reader of a format gives it back. */
export function toExtracted(content: LayerContent & { readonly frozen: null }, said: Said): Extracted {
  const layerFile = encodeLayerFile(content);
  const layer = openLayerFile(layerFile);
  return {
    engine: content.engine,
    version: content.version,
    layerFile,
    textSha256: createHash('sha256').update(layer.text(), 'utf8').digest('hex'),
    length: layer.length,
    hasText: content.pages.some((page) => hasReadableText(page.text)),
    pages: layer.pages,
    notes: content.notes,
    frozen: null,
    resources: [],
    record: said.record,
    prefilled: said.prefilled,
  };
}
