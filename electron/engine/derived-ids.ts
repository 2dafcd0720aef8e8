import { createHash } from 'node:crypto';
import {
  layerId,
  sourceId,
  type LayerEngine,
  type LayerId,
  type Sha256,
  type SourceId,
} from '../../shared/model/index.ts';

/**
 * A source's id: UUID version 8 (RFC 9562) over the SHA-256 of its original, so that two people who add one file have
 * added one source. An id names the bytes; it says nothing about where they came from.
 */
export const sourceIdOf = (original: Sha256): SourceId => sourceId.parse(uuid8(['sourcebook source', original]));

/**
 * A layer's id, from its source, the engine with its version, and the whole text in UTF-8: the same text, extracted by
 * the same rules, is the same layer on every machine.
 */
export const layerIdOf = (source: SourceId, engine: LayerEngine, version: string, textSha256: string): LayerId =>
  layerId.parse(uuid8(['sourcebook layer', source, engine, version, textSha256]));

/** The parts, each ended by a zero byte, so that no two lists of parts are the same bytes. */
function uuid8(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part, 'utf8').update('\0');
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
