import { z } from 'zod';
import { parsed } from '../../../shared/changes/canonical.ts';
import { fieldOf } from '../../../shared/changes/fields.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import { originalPart, sha256, type Sha256 } from '../../../shared/model/index.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { filesNamedIn } from '../../db/index.ts';
import type { Edit, Json, Readable } from '../../db/types.ts';
import type { IsPlaced } from '../../project/files/incoming-files.ts';
import type { WriteContext } from '../../project/context.ts';
import type { LeftOut } from './incoming-project.ts';
import type { Originals } from '../../project/files/originals.ts';
import type { Work } from './incoming.ts';
import { filesInLog } from './queries.ts';

/** The files that a log names, each once. */
export interface Named {
  readonly originals: ReadonlySet<Sha256>;
  readonly layers: ReadonlySet<Sha256>;
}

/**
 * What the incoming tables say, of which nothing was checked yet: what is worth taking to where it waits. `of`: only of these
 * sources (and their layers).
 */
export const namedFiles = (database: string, of?: ReadonlySet<string>): Named =>
  hashesIn(filesNamedIn(database).filter((one) => of === undefined || of.has(one.id)));

/** What a verified log says. `and`: what else is about to be said. */
export function namedIn(read: Readable, and: readonly Edit[] = []): Named {
  const said = read.all(filesInLog, {}).map(({ value, ...row }) => ({ ...row, value: parsed(value) ?? null }));
  return hashesIn([...said, ...and.filter(isNaming)]);
}
const isNaming = ({ entity, field }: Edit): boolean => fieldOf(entity, field)?.file !== undefined;

/** What both name. */
export const inBoth = (one: Named, other: Named): Named => ({
  originals: new Set([...one.originals].filter((hash) => other.originals.has(hash))),
  layers: new Set([...one.layers].filter((hash) => other.layers.has(hash))),
});

function hashesIn(named: readonly Naming[]): Named {
  const [originals, layers] = [new Set<Sha256>(), new Set<Sha256>()];
  for (const one of named) for (const hash of hashesOf(one)) (isOriginal(one) ? originals : layers).add(hash);
  return { originals, layers };
}
interface Naming {
  readonly entity: string;
  readonly field: string;
  readonly value: Json;
}
const isOriginal = ({ entity, field }: Naming): boolean => fieldOf(entity, field)?.file === 'original';

function hashesOf({ field, value }: Naming): Sha256[] {
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
  const layers = [...named.layers].filter((hash) => !files.hasLayer(hash));
  for (const hash of layers) if (incoming.sizeOf('layer', hash) === null) missing.push(hash);
  // Pages and pictures hang on a layer: without one, none comes.
  for (const hash of layers.length === 0 ? [] : incoming.layers()) {
    if (files.hasLayer(hash)) continue;
    coming.layers += 1;
    coming.bytes += incoming.sizeOf('layer', hash) ?? 0;
  }
  return { ...coming, missing };
}

const MISSING =
  'This file wasn’t included and isn’t here either; the related work was merged without it. Ask for a copy that has it, then merge that.';

/** What waits, and what does not. */
export interface Taken {
  readonly left: readonly LeftOut[];
  /** Frozen pages and resources by the layer they hang on. */
  readonly within: ReadonlyMap<Sha256, readonly Sha256[]>;
}

/**
 * Takes what is named and missing here out of what comes, each checked against its hash. One that is not there, or has not
 * the bytes it promises, is left out and named: the log that speaks of it is evidence all the same, and verification says what is missing.
 */
export async function takeFiles(context: WriteContext, work: Work, named: Named): Promise<Taken> {
  const { incoming, arrivals, check } = work;
  const left: LeftOut[] = [];
  const within = new Map<Sha256, readonly Sha256[]>();
  const originals = [...named.originals].filter((hash) => !context.files.hasOriginal(hash));
  const layers = [...named.layers].filter((hash) => !context.files.hasLayer(hash));
  let done = 0;
  const take = async (kind: 'original' | 'layer', hash: Sha256): Promise<boolean> => {
    check();
    context.emit('merge.progress', { phase: 'files', done: done++, total: originals.length + layers.length });
    const problem = incoming.sizeOf(kind, hash) === null ? MISSING : await incoming.take(kind, hash, arrivals.waiting);
    if (problem === null) arrivals.add(kind, hash);
    else left.push({ id: hash, reason: problem });
    return problem === null;
  };
  for (const hash of originals) await take('original', hash);
  const seen = new Set(layers);
  for (const hash of layers) {
    if (!(await take('layer', hash))) continue;
    const inside = filesOfLayer(arrivals.waiting, hash);
    within.set(hash, inside);
    for (const more of inside) {
      if (seen.has(more) || context.files.hasLayer(more)) continue;
      seen.add(more);
      layers.push(more);
    }
  }
  return { left, within };
}

/**
 * Of the files that wait, those that may come into the project: what its log names now that every commit was checked, with
 * what hangs on it. What only a refused commit spoke of goes again.
 */
export function placeable({ originals, layers }: Named, { within }: Taken): IsPlaced {
  const wanted = new Set(layers);
  // A set goes on to what is added to it meanwhile.
  for (const hash of wanted) for (const more of within.get(hash) ?? []) wanted.add(more);
  return (kind, hash) => (kind === 'original' ? originals : wanted).has(hash);
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
