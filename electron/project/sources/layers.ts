import { parsed } from '../../../shared/changes/canonical.ts';
import { Fault } from '../../../shared/errors.ts';
import { type LayerId, layerId, type Sha256, sha256, type SourceId, sourceId } from '../../../shared/model/index.ts';
import { type LayerFile, openLayerFile } from '../../../shared/text/layer-file.ts';
import { query, type Readable } from '../../db/types.ts';
import type { Originals } from '../files/originals.ts';

const layerById = query<{ id: string }, { id: string; source: string | null; sha256: string | null }>(
  'layers.byId',
  `SELECT id, source, sha256 FROM p_layer WHERE id = $id`,
);

/** The files of all text layers. */
export const layerShas = query<Record<string, never>, { id: string; sha256: string | null }>(
  'layers.files',
  'SELECT id, sha256 FROM p_layer',
);

/** A text layer with its file opened. */
export interface StoredLayer {
  readonly id: LayerId;
  readonly source: SourceId;
  readonly sha256: Sha256;
  readonly file: LayerFile;
}

/** The last opened layers are kept, so that tagging does not decompress the text at every key. */
const KEPT = 8;
const opened = new WeakMap<Originals, Map<Sha256, LayerFile>>();

/** Opens a layer of the project. Faults: NOT_FOUND, DAMAGED if its file is not intact. */
export function openLayer(context: { readonly db: Readable; readonly files: Originals }, id: LayerId): StoredLayer {
  const row = context.db.get(layerById, { id });
  if (row === undefined || row.source === null || row.sha256 === null)
    throw new Fault('NOT_FOUND', 'No such text layer in this project. Open its source again.', { id });
  const hash = sha256.safeParse(row.sha256).data;
  if (hash === undefined) throw new Fault('DAMAGED', 'Can’t read this text layer’s hash. Verify the project.', { id });
  return {
    id: layerId.parse(row.id),
    source: sourceId.parse(row.source),
    sha256: hash,
    file: fileOf(context.files, hash),
  };
}

/** The encoding a person set for a text layer; null if it was detected. */
export function charsetOf(options: string | null): string | null {
  const value = parsed(options ?? 'null');
  return typeof value === 'object' && value !== null && 'charset' in value && typeof value.charset === 'string'
    ? value.charset
    : null;
}

/** The opened layer file with that hash. */
export function fileOf(files: Originals, hash: Sha256): LayerFile {
  const kept = opened.get(files) ?? new Map<Sha256, LayerFile>();
  opened.set(files, kept);
  const file = kept.get(hash) ?? openLayerFile(files.readLayer(hash));
  kept.delete(hash);
  kept.set(hash, file);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return file;
}
