import { statSync } from 'node:fs';
import type { Suggestion } from '../../../shared/contract/sources.ts';
import { sha256, type Sha256, type Source, type SourceId } from '../../../shared/model/index.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { oneLayer } from './queries.ts';
import type { LayerSuggestion } from '../../workers/jobs.ts';
import { suggestionsOf } from './layer-suggestions.ts';
import { getSource } from './source-rows.ts';

type OfLayer = readonly LayerSuggestion[];

/** What each layer suggests, by its hash: computed again after the project is reopened, never stored. */
const known = perProject(() => new Map<Sha256, Promise<OfLayer>>());
/** Bytes of a stored layer. A larger one is read in a worker: unpacking and parsing it would hold up every other call. */
const LARGE = 200_000;

/** What the text and the file suggest for details of sources, missing or not. Reads each layer once. */
export async function suggestionsFor(context: ReadContext, ids: readonly SourceId[]): Promise<Suggestion[]> {
  const found = await Promise.all(ids.map((id) => ofSource(context, getSource(context.db, id))));
  return found.flatMap((all, at) => {
    const source = ids[at];
    return source === undefined ? [] : all.map((one) => ({ ...one, source }));
  });
}

async function ofSource(context: ReadContext, source: Source): Promise<OfLayer> {
  const row = source.layer === null ? undefined : context.db.get(oneLayer, { id: source.layer });
  const hash = sha256.safeParse(row?.sha256).data;
  if (hash === undefined) return [];
  const kept = known(context);
  const before = kept.get(hash);
  if (before !== undefined) return before;
  const found = readLayer(context, hash, source.kind);
  kept.set(hash, found);
  // One that failed, because the project was closed, is read again.
  found.catch(() => kept.delete(hash));
  return found;
}

async function readLayer({ files, pool }: ReadContext, layer: Sha256, kind: Source['kind']): Promise<OfLayer> {
  const { size } = statSync(files.layerPath(layer), { throwIfNoEntry: false }) ?? { size: 0 };
  return size > LARGE ? pool.run('suggest', { folder: files.folder, layer, kind }) : suggestionsOf(files, layer, kind);
}
