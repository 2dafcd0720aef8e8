import type { LayerId, SourceId } from '../../../shared/model/index.ts';
import type { FieldOf } from '../../../shared/changes/fields.ts';
import type { Edit, Json } from '../../db/types.ts';
import { layerIdOf } from '../../project/ids.ts';
import type { Originals } from '../../project/files/originals.ts';
import type { Extracted } from '../../formats/extracted.ts';

/** The entries of an object literal of ours, which has no keys but those of its type. */
export const entriesOf = <F extends string>(values: Partial<Record<F, Json>>): [F, Json][] =>
  Object.entries(values) as [F, Json][];

/**
 * Stores a layer's files and answers its id with what a commit must say of it: a kill before that leaves files, never
 * half a layer. `options` is what a person set for it. Throws DISK_FULL, PROJECT_READ_ONLY.
 */
export function storeLayer(
  files: Originals,
  source: SourceId,
  extracted: Extracted,
  options: Json = null,
): { readonly id: LayerId; readonly edits: Edit[] } {
  for (const resource of extracted.resources) files.putLayer(resource);
  const frozen = extracted.frozen === null ? null : files.putLayer(extracted.frozen);
  const hash = files.putLayer(extracted.layerFile);
  // Pictures have no text that could tell two of them apart.
  const what = extracted.engine === 'picture' ? hash : extracted.textSha256;
  const id = layerIdOf(source, extracted.engine, extracted.version, what);
  const fields: Partial<Record<FieldOf<'layer'>, Json>> = {
    source,
    engine: extracted.engine,
    version: extracted.version,
    sha256: hash,
    frozen,
    length: extracted.length,
    pageCount: extracted.pages.length,
    hasText: extracted.hasText,
    notes: extracted.notes,
    ...(options === null ? {} : { options }),
    deleted: false,
  };
  return { id, edits: entriesOf(fields).map(([field, value]): Edit => ({ entity: 'layer', id, field, value })) };
}
