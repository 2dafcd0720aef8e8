import { setImmediate as turn } from 'node:timers/promises';
import { layerId } from '../../../shared/model/index.ts';
import { lineEndsOf, paragraphsOf } from '../../../shared/text/blocks.ts';
import type { ReadContext } from '../context.ts';
import { openLayer } from '../sources/layers.ts';
import { layersOf } from './queries.ts';
import type { Evidence } from './read-set.ts';
import type { EvidenceSet } from './set.ts';

type Texts = Pick<ReadContext, 'db' | 'files'>;

interface Kept {
  readonly texts: Texts;
  /** The layer of each row. */
  readonly layers: (string | null)[];
  /** The stamp of the set up to which `layers` is complete. */
  newest: number;
  /** Where the paragraphs of each layer begin; null if its text cannot be read. Never outdated, since a layer never changes. */
  readonly starts: Map<string, Uint32Array | null>;
  /** The numbers of paragraphs, by layer and start. */
  readonly numbers: Map<string, number>;
}
const kept = new WeakMap<EvidenceSet, Kept>();
/** Milliseconds for which texts are read before other calls run. */
const AT_MOST_MS = 12;

/** Reads where the paragraphs of texts with tagged passages begin, while other calls run: {@link paragraphsOfRows} needs it. */
export async function readParagraphs(context: Texts, { set }: Evidence): Promise<void> {
  const state = stateOf(context, set);
  let since = performance.now();
  for (let row = 0; row < set.length; row++) {
    const layer = layerOf(state, set, row);
    if (layer === null || state.starts.has(layer)) continue;
    startsOf(state, layer);
    if (performance.now() - since < AT_MOST_MS) continue;
    await turn();
    since = performance.now();
  }
}

/**
 * Returns the function from a row to the number of the paragraph in which it begins. An area, and a passage whose text cannot be read, have a
 * number of their own.
 */
export function paragraphsOfRows({ set }: Evidence): (row: number) => number {
  const state = kept.get(set);
  if (state === undefined) return alone;
  putLayers(state, set);
  return (row) => {
    const layer = layerOf(state, set, row);
    const starts = layer === null ? null : startsOf(state, layer);
    if (layer === null || starts === null) return alone(row);
    const key = `${layer} ${String(lastUpTo(starts, set.startAt(row)))}`;
    const known = state.numbers.get(key) ?? state.numbers.size;
    state.numbers.set(key, known);
    return known;
  };
}
const alone = (row: number): number => -1 - row;

function stateOf(texts: Texts, set: EvidenceSet): Kept {
  const state = kept.get(set) ?? { texts, layers: [], newest: 0, starts: new Map(), numbers: new Map() };
  kept.set(set, state);
  putLayers(state, set);
  return state;
}

function putLayers(state: Kept, set: EvidenceSet): void {
  if (state.newest === set.newest) return;
  const rows = set.putSince(state.newest);
  for (const row of rows) state.layers[row] = null;
  for (const { id, layer } of state.texts.db.all(layersOf, { ids: JSON.stringify(rows.map((row) => set.idOf(row))) })) {
    const row = set.rowOf(id);
    if (row !== undefined) state.layers[row] = layer;
  }
  state.newest = set.newest;
}

/** The layer of a row whose paragraph is needed; null for an area and for a passage without a tag. */
const layerOf = ({ layers }: Kept, set: EvidenceSet, row: number): string | null =>
  set.hasRow(row) && set.startAt(row) >= 0 && set.tags.count(row) > 0 ? (layers[row] ?? null) : null;

function startsOf({ texts, starts }: Kept, layer: string): Uint32Array | null {
  const known = starts.get(layer);
  if (known !== undefined) return known;
  const read = readStarts(texts, layer);
  starts.set(layer, read);
  return read;
}

/** Null if the layer is missing or damaged, which verification reports. */
function readStarts(texts: Texts, id: string): Uint32Array | null {
  const known = layerId.safeParse(id).data;
  if (known === undefined) return null;
  try {
    const { file } = openLayer(texts, known);
    const text = file.text();
    return Uint32Array.from(paragraphsOf(text, lineEndsOf(file.engine, text)), ({ start }) => start);
  } catch {
    return null;
  }
}

/** The index of the last number that is not greater. */
function lastUpTo(sorted: Uint32Array, wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
