import { segmented } from '../../../shared/agreement/units.ts';
import { toErrorData } from '../../../shared/errors.ts';
import { layerId, type LayerId, type Unit } from '../../../shared/model/index.ts';
import { lineEndsOf, type Stretch } from '../../../shared/text/blocks.ts';
import type { Readable } from '../../db/types.ts';
import { openLayer, type StoredLayer } from '../../project/sources/layers.ts';
import type { Originals } from '../../project/files/originals.ts';
import { type PlaceRow, passagePlaces } from './queries.ts';

export interface Texts {
  readonly db: Readable;
  readonly files: Originals;
}

/** A text layer, opened, with its text. */
export interface LayerText {
  readonly layer: StoredLayer;
  readonly text: string;
}
export function layerText(context: Texts, id: string): LayerText {
  const layer = openLayer(context, layerId.parse(id));
  return { layer, text: layer.file.text() };
}

/** The same; null if the layer is missing or damaged, as can happen after a merge. */
export function textOrNull(context: Texts, id: string): LayerText | null {
  if (!layerId.safeParse(id).success) return null;
  try {
    return layerText(context, id);
  } catch (thrown) {
    const { code } = toErrorData(thrown);
    if (code === 'NOT_FOUND' || code === 'DAMAGED') return null;
    throw thrown;
  }
}

/** A unit of text. `passage` is its passage if passages are the units, else null. */
export interface Place extends Stretch {
  readonly passage: string | null;
}

/** The live passages by text layer. */
export const placesByLayer = (db: Readable): Map<string, PlaceRow[]> =>
  Map.groupBy(db.all(passagePlaces, {}), ({ layer }) => layer);

/** The units of a layer, sorted by start. Passages with the same start and end are one unit. */
export function unitsOf({ layer, text }: LayerText, unit: Unit, passages: readonly PlaceRow[]): Place[] {
  if (unit !== 'passage')
    return segmented(text, unit, lineEndsOf(layer.file.engine, text)).map((one) => ({ ...one, passage: null }));
  const distinct = new Map<string, Place>();
  for (const { id, start, end } of passages.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    if (end <= text.length && !distinct.has(`${start} ${end}`))
      distinct.set(`${start} ${end}`, { start, end, passage: id });
  return [...distinct.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A source's text layer; null if it has none. */
export const layerOf = (row: { readonly layer: string | null }): LayerId | null =>
  layerId.safeParse(row.layer).data ?? null;
