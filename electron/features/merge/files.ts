import { z } from 'zod';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import { originalPart, sha256, type Sha256 } from '../../../shared/model/index.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { filesNamedIn, type NamedFile } from '../../db/index.ts';
import type { WriteContext } from '../../engine/feature.ts';
import type { LeftOut } from '../../engine/incoming.ts';
import type { Originals } from '../../engine/originals.ts';
import type { Work } from './incoming.ts';

/** The files that the incoming log names, each once. */
export interface Named {
  readonly originals: ReadonlySet<Sha256>;
  readonly layers: ReadonlySet<Sha256>;
}

/** `of`: only those of these sources (and their layers). */
export function namedFiles(database: string, of?: ReadonlySet<string>): Named {
  const named = filesNamedIn(database).filter((one) => of === undefined || of.has(one.id));
  const [originals, layers] = [new Set<Sha256>(), new Set<Sha256>()];
  for (const one of named) for (const hash of hashesOf(one)) (isOriginal(one) ? originals : layers).add(hash);
  return { originals, layers };
}

const isOriginal = ({ entity, field }: NamedFile): boolean => entity === 'source' && field !== 'content';

function hashesOf({ field, value }: NamedFile): Sha256[] {
  if (field === 'parts')
    return (
      z
        .array(originalPart)
        .safeParse(value)
        .data?.map((part) => part.sha256) ?? []
    );
  const hash = sha256.safeParse(value).data;
  return hash === undefined ? [] : [hash];
}

/** What comes along, by what both sides have; resources of layers are counted with them. */
export function comingFiles(files: Originals, { incoming }: Work, named: Named): MergePreview['files'] {
  const missing: Sha256[] = [];
  const coming = { originals: 0, layers: 0, bytes: 0 };
  for (const hash of named.originals) {
    if (files.hasOriginal(hash)) continue;
    const bytes = incoming.sizeOf('original', hash);
    if (bytes === null) missing.push(hash);
    else Object.assign(coming, { originals: coming.originals + 1, bytes: coming.bytes + bytes });
  }
  for (const hash of named.layers)
    if (!files.hasLayer(hash) && incoming.sizeOf('layer', hash) === null) missing.push(hash);
  for (const hash of incoming.layers()) {
    if (files.hasLayer(hash)) continue;
    coming.layers += 1;
    coming.bytes += incoming.sizeOf('layer', hash) ?? 0;
  }
  return { ...coming, missing };
}

/**
 * Takes what is named and missing here out of what comes, each checked against its hash. One that has not the bytes it
 * promises is left out and named: the log that speaks of it is evidence all the same, and verification says what is missing.
 */
export async function takeFiles(context: WriteContext, work: Work, named: Named): Promise<LeftOut[]> {
  const { incoming, arrivals, check } = work;
  const left: LeftOut[] = [];
  const originals = [...named.originals].filter((hash) => !context.files.hasOriginal(hash));
  const layers = [...named.layers].filter((hash) => !context.files.hasLayer(hash));
  let done = 0;
  const take = async (kind: 'original' | 'layer', hash: Sha256): Promise<boolean> => {
    check();
    context.emit('merge.progress', { phase: 'files', done: done++, total: originals.length + layers.length });
    if (incoming.sizeOf(kind, hash) === null) return false;
    const problem = await incoming.take(kind, hash, arrivals.waiting);
    if (problem === null) arrivals.add(kind, hash);
    else left.push({ id: hash, reason: problem });
    return problem === null;
  };
  for (const hash of originals) await take('original', hash);
  const seen = new Set(layers);
  for (const hash of layers) {
    if (!(await take('layer', hash))) continue;
    for (const more of filesOfLayer(arrivals.waiting, hash)) {
      if (seen.has(more) || context.files.hasLayer(more)) continue;
      seen.add(more);
      layers.push(more);
    }
  }
  return left;
}

/** The frozen page and the resources a layer names; none where the bytes are no layer, as resources are not. */
function filesOfLayer(waiting: Originals, layer: Sha256): Sha256[] {
  try {
    const { frozen, resources } = openLayerFile(waiting.readLayer(layer));
    return frozen === null ? [...resources] : [frozen, ...resources];
  } catch {
    // A frozen page, a picture, or what verification will name: nothing hangs on it.
    return [];
  }
}
