import {
  layerId,
  sourceId,
  translationId,
  type LayerEngine,
  type LayerId,
  type PassageId,
  type Sha256,
  type SourceId,
  type TranslationId,
} from '../../shared/model/index.ts';
import { uuid8 } from '../db/ids.ts';

/**
 * A source's id, from the SHA-256 of its original, so that two people who add one file have added one source. It names the bytes,
 * whatever their origin. For a page of an archive it also includes its address and time.
 */
export const sourceIdOf = (original: Sha256, page?: { readonly url: string; readonly time: string | null }): SourceId =>
  sourceId.parse(
    page === undefined
      ? derivedId('sourcebook source', original)
      : derivedId('sourcebook archive page', original, page.url, page.time ?? ''),
  );

/**
 * A layer's id, from its source, the engine with its version, and the whole text in UTF-8: the same text, extracted by
 * the same rules, is the same layer on every machine.
 */
export const layerIdOf = (source: SourceId, engine: LayerEngine, version: string, textSha256: string): LayerId =>
  layerId.parse(derivedId('sourcebook layer', source, engine, version, textSha256));

/**
 * An id derived from what a record is, so that two people who create the same thing create one record: {@link uuid8} over `kind`
 * and the parts, each followed by a zero byte, so that no two lists of parts give the same bytes.
 */
export function derivedId(kind: string, ...parts: readonly string[]): string {
  return uuid8([kind, ...parts].map((part) => `${part}\0`).join(''));
}

/** A translation's id, from its passage and language, so that two people who translate one passage get a conflict in one record. */
export const translationIdOf = (passage: PassageId, language: string): TranslationId =>
  translationId.parse(derivedId('sourcebook translation', passage, language));

/**
 * A membership's id, from its collection and source: two people who add one source to one collection have made one record, and
 * adding it here while it is removed there is a conflict like any other.
 */
export const membershipIdOf = (collection: string, source: string): string =>
  derivedId('sourcebook membership', collection, source);
