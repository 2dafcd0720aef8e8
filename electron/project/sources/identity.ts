import { parsed } from '../../../shared/changes/canonical.ts';
import { archivePage, type Sha256, sourceId } from '../../../shared/model/index.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import { textSha256 } from '../../formats/layer.ts';
import { layerIdOf, sourceIdOf } from '../ids.ts';

/** Whether a layer’s id derives from its text; or from its file, if it has no text (a screenshot) or was read from a page. */
export function isLayerId(id: string, source: string | null, file: LayerFile, hash: string): boolean {
  const of = sourceId.safeParse(source).data;
  if (of === undefined) return true;
  return [textSha256(file), hash].some((what) => id === layerIdOf(of, file.engine, file.version, what));
}

/** Whether a source’s id derives from its original; for a page of an archive, also from its address and time. */
export function isSourceId(
  { id, archive }: { readonly id: string; readonly archive: string | null },
  original: Sha256,
): boolean {
  if (archive === null) return id === sourceIdOf(original);
  const page = archivePage.safeParse(parsed(archive)).data;
  return page === undefined || id === sourceIdOf(original, page);
}
