import { Fault } from '../../../shared/errors.ts';
import { sha256 } from '../../../shared/model/index.ts';
import type { Folded } from '../../../shared/text/search-fold.ts';
import type { Chunk } from '../../db/search/search-index.ts';
import type { Originals } from '../../project/files/originals.ts';
import { fileOf } from '../../project/sources/layers.ts';
import { TAIL, windowOf } from './chunks.ts';

/** A piece of a text with what follows it, and its foldings once they are needed. */
export interface Window {
  readonly text: string;
  /** As it is indexed. */
  folded: Folded | null;
  readings: readonly Folded[] | null;
}

/** A piece with enough after it for a match of this length. Null if the layer's file is damaged, which verification reports. */
export function windowAt(files: Originals, hash: string, chunk: Chunk, longest: number): Window | null {
  const tail = Math.max(TAIL, longest * 3);
  const key = `${hash} ${chunk.start} ${tail}`;
  const kept = windows.get(key);
  if (kept !== undefined) return kept;
  try {
    const text = windowOf(fileOf(files, sha256.parse(hash)), chunk, tail);
    return keep(key, { text, folded: null, readings: null });
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.data.code === 'DAMAGED') return null;
    throw thrown;
  }
}

/** Recently folded pieces, some 20 MB: the next page, or a query with one more letter, needs the same ones. */
const KEPT_UNITS = 1_500_000;
const windows = new Map<string, Window>();
let keptUnits = 0;

function keep(key: string, window: Window): Window {
  windows.set(key, window);
  keptUnits += window.text.length;
  for (const [oldest, { text }] of windows) {
    if (keptUnits <= KEPT_UNITS) break;
    windows.delete(oldest);
    keptUnits -= text.length;
  }
  return window;
}
