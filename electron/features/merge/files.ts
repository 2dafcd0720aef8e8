import { z } from 'zod';
import { parsed } from '../../../shared/changes/canonical.ts';
import { fieldOf } from '../../../shared/changes/fields.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import { originalPart, sha256, type Sha256 } from '../../../shared/model/index.ts';
import { type LayerFile, openLayerFile } from '../../../shared/text/layer-file.ts';
import { filesNamedIn, type NamedFile } from '../../db/index.ts';
import type { Edit, Json, Readable } from '../../db/types.ts';
import type { IsPlaced } from '../../project/files/incoming-files.ts';
import type { WriteContext } from '../../project/context.ts';
import { problemOfPage } from '../../project/sources/frozen-pages.ts';
import type { LeftOut } from './incoming.ts';
import type { Originals } from '../../project/files/originals.ts';
import type { Work } from './incoming.ts';
import { filesInLog, layerFiles } from './queries.ts';

/** The hashes of the files that a log names. */
export interface NamedFiles {
  readonly originals: ReadonlySet<Sha256>;
  readonly layers: ReadonlySet<Sha256>;
}

/**
 * The files that an incoming database names. Nothing in it is verified yet, so this only decides which files to copy to the
 * temporary folder. `of`: only those of these sources and layers.
 */
export const namedFiles = (database: string, of?: ReadonlySet<string>): NamedFiles =>
  hashesIn(filesNamedIn(database).filter((one) => of === undefined || of.has(one.id)));

/** The files that the verified log of the project names, and those that the edits `and` are about to name. */
export function namedIn(read: Readable, and: readonly Edit[] = []): NamedFiles {
  const logged = read.all(filesInLog, {}).map(({ value, ...row }) => ({ ...row, value: parsed(value) ?? null }));
  return hashesIn([...logged, ...and.filter(isNaming)]);
}
const isNaming = ({ entity, field }: Edit): boolean => fieldOf(entity, field)?.file !== undefined;

/** The files that both name. */
export const inBoth = (one: NamedFiles, other: NamedFiles): NamedFiles => ({
  originals: new Set([...one.originals].filter((hash) => other.originals.has(hash))),
  layers: new Set([...one.layers].filter((hash) => other.layers.has(hash))),
});

export function hashesIn(named: readonly NamingEdit[]): NamedFiles {
  const [originals, layers] = [new Set<Sha256>(), new Set<Sha256>()];
  for (const one of named) for (const hash of hashesOf(one)) (isOriginal(one) ? originals : layers).add(hash);
  return { originals, layers };
}
interface NamingEdit {
  readonly entity: string;
  readonly field: string;
  readonly value: Json;
}
const isOriginal = ({ entity, field }: NamingEdit): boolean => fieldOf(entity, field)?.file === 'original';

function hashesOf({ field, value }: NamingEdit): Sha256[] {
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

/** The files a merge would add, and those that neither side has. Frozen pages and resources are counted as layers. */
export function incomingFiles(files: Originals, { incoming }: Work, named: NamedFiles): MergePreview['files'] {
  const missing: Sha256[] = [];
  const added = { originals: 0, layers: 0, bytes: 0 };
  for (const hash of named.originals) {
    if (files.hasOriginal(hash)) continue;
    const bytes = incoming.sizeOf('original', hash);
    if (bytes === null) missing.push(hash);
    else Object.assign(added, { originals: added.originals + 1, bytes: added.bytes + bytes });
  }
  const layers = [...named.layers].filter((hash) => !files.hasLayer(hash));
  for (const hash of layers) if (incoming.sizeOf('layer', hash) === null) missing.push(hash);
  // Frozen pages and images belong to layers: without a new layer, none is added.
  for (const hash of layers.length === 0 ? [] : incoming.layers()) {
    if (files.hasLayer(hash)) continue;
    added.layers += 1;
    added.bytes += incoming.sizeOf('layer', hash) ?? 0;
  }
  return { ...added, missing };
}

const MISSING =
  'This file wasn’t included and isn’t here either; the related work was merged without it. Ask for a copy that has it, then merge that.';

/** The result of copying files to the temporary folder. */
export interface CopiedFiles {
  readonly left: readonly LeftOut[];
  /** Frozen pages and resources, by the layer they belong to. */
  readonly within: ReadonlyMap<Sha256, readonly Sha256[]>;
}

/**
 * Copies the named files that are missing here to the temporary folder, and checks each against its hash. One that is missing or
 * does not match is left out and listed. The log that names it is merged all the same, and verification reports it as missing.
 */
export async function takeFiles(context: WriteContext, work: Work, named: NamedFiles): Promise<CopiedFiles> {
  const { incoming, files, check } = work;
  const left: LeftOut[] = [];
  const within = new Map<Sha256, readonly Sha256[]>();
  const originals = [...named.originals].filter((hash) => !context.files.hasOriginal(hash));
  const layers = [...named.layers].filter((hash) => !context.files.hasLayer(hash));
  let done = 0;
  const take = async (kind: 'original' | 'layer', hash: Sha256): Promise<boolean> => {
    check();
    context.emit('merge.progress', { phase: 'files', done: done++, total: originals.length + layers.length });
    const problem = incoming.sizeOf(kind, hash) === null ? MISSING : await incoming.take(kind, hash, files.waiting);
    if (problem === null) files.add(kind, hash);
    else left.push({ id: hash, reason: problem });
    return problem === null;
  };
  for (const hash of originals) await take('original', hash);
  const seen = new Set(layers);
  for (const hash of layers) {
    if (!(await take('layer', hash))) continue;
    const inside = filesOfLayer(files.waiting, hash);
    within.set(hash, inside);
    for (const more of inside) {
      if (seen.has(more) || context.files.hasLayer(more)) continue;
      seen.add(more);
      layers.push(more);
    }
  }
  for (const layer of within.keys()) {
    check();
    const { page, problem } = await checkPage(context, files.waiting, layer);
    if (page === null || problem === null) continue;
    files.drop('layer', page);
    left.push({ id: page, reason: `The frozen page of a text layer ${problem}` });
  }
  return { left, within };
}

/** For a preview: copies the files that the incoming log names for layers that have another file here, so that their texts can be compared. */
export async function takeOtherLayers(
  { db, files }: WriteContext,
  { incoming, files: { waiting } }: Work,
  named: readonly NamedFile[],
): Promise<void> {
  const here = new Map(db.all(layerFiles, {}).map(({ id, sha256: hash }) => [id, hash]));
  for (const one of named) {
    const before = here.get(one.id);
    const hash = one.field === 'sha256' ? sha256.safeParse(one.value).data : undefined;
    if (before === undefined || hash === undefined || hash === before || files.hasLayer(hash)) continue;
    if (incoming.sizeOf('layer', hash) !== null) await incoming.take('layer', hash, waiting);
  }
}

/** A sender can replace a frozen page and make every hash agree, so it is checked like one that is imported. */
async function checkPage(
  { pool }: WriteContext,
  waiting: Originals,
  layer: Sha256,
): Promise<{ readonly page: Sha256 | null; readonly problem: string | null }> {
  const file = layerFileOf(waiting, layer);
  const page = file?.frozen ?? null;
  // A page that is here already is checked before it is shown.
  if (file === null || page === null || !waiting.hasLayer(page)) return { page, problem: null };
  return { page, problem: await problemOfPage(pool, waiting.readLayer(page), file.text()) };
}

/**
 * Which of the copied files belong in the project: those that its log names, now that every commit has been checked, and the
 * frozen pages and resources of such layers. A file that only a rejected commit named is removed again.
 */
export function placeable({ originals, layers }: NamedFiles, { within }: CopiedFiles): IsPlaced {
  const wanted = new Set(layers);
  // Iterating a set also visits what is added to it.
  for (const hash of wanted) for (const more of within.get(hash) ?? []) wanted.add(more);
  return (kind, hash) => (kind === 'original' ? originals : wanted).has(hash);
}

/** The frozen page and resources that a layer names; none if the bytes are not a layer, as those of a resource are not. */
function filesOfLayer(waiting: Originals, layer: Sha256): Sha256[] {
  const file = layerFileOf(waiting, layer);
  if (file === null) return [];
  return file.frozen === null ? [...file.resources] : [file.frozen, ...file.resources];
}

export function layerFileOf(waiting: Originals, layer: Sha256): LayerFile | null {
  try {
    return openLayerFile(waiting.readLayer(layer));
  } catch {
    // A frozen page, an image, or a damaged layer, which verification will report.
    return null;
  }
}
