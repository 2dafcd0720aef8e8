import { createHash } from 'node:crypto';
import { sha256 } from '../../../shared/model/index.ts';
import type { TextContext } from '../../../shared/places/decide.ts';
import type { FoundPlace, PlaceFinder } from '../../../shared/places/find-places.ts';
import type { Added } from '../../../shared/places/gazetteer.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import { foldForSearch } from '../../../shared/text/search-fold.ts';
import { foldedOffsets } from '../../db/search/offset-map.ts';
import type { NamedSpan } from '../../db/search/place-rows.ts';
import type { ChunkRow, SearchIndex } from '../../db/search/search-index.ts';
import { query, type Readable } from '../../db/types.ts';
import type { decidedBySource } from '../../project/places/choices.ts';
import { contextOf } from '../../project/places/context.ts';
import { builtInGazetteer } from '../../project/places/gazetteer.ts';
import { fileOf } from '../../project/sources/layers.ts';
import { unitAt, windowOf } from './chunks.ts';
import type { Opened } from './thread.ts';

/** The current layer of a source, with what its record says that names are told apart by. */
export interface LayerToRead {
  readonly source: string;
  readonly layer: string;
  readonly sha256: string;
  readonly title: string | null;
  readonly publisher: string | null;
}
interface LayerRow extends LayerToRead {
  readonly dates: string;
}
const layersToRead = query<Record<string, never>, LayerRow>(
  'search.placesToRead',
  `SELECT s.id AS source, l.id AS layer, l.sha256, s.title, s.publisher,
     json_array(s.dateOfDocument, s.dateOfPublication, s.dateOfAct) AS dates
   FROM p_source s JOIN p_layer l ON l.id = s.layer
   WHERE l.hasText = 1 AND l.sha256 IS NOT NULL ORDER BY s.createdAt, s.id`,
);

/** What readings are made with: the gazetteer, and what the team added to it. */
export const stampOf = (added: Added): string => JSON.stringify([builtInGazetteer().version, added]);
export type Decided = ReturnType<typeof decidedBySource>;

/** Every layer whose names of places are read, with what the reading depends on beside its text and the stamp. */
export function keyedLayers(db: Readable, decided: Decided): (LayerToRead & { readonly key: string })[] {
  return db.all(layersToRead, {}).map((row) => {
    const choices = [...(decided.get(row.source) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const known = JSON.stringify([row.title, row.publisher, row.dates, choices]);
    return { ...row, key: createHash('sha256').update(known).digest('base64url').slice(0, KEY) };
  });
}
/** 132 bits of a hash in base64url, so that a changed record is practically never missed. */
const KEY = 22;

/** Reads a whole layer: the names in each of its pieces. Throws DAMAGED if its file is. */
export function readLayer(
  { files }: Pick<Opened, 'files'>,
  index: SearchIndex,
  finder: PlaceFinder,
  context: TextContext,
  { layer, hash }: { readonly layer: string; readonly hash: string },
): Map<number, NamedSpan[]> {
  const file = fileOf(files, sha256.parse(hash));
  const found = finder.find(file.text(), context);
  const pieces = new Map<number, NamedSpan[]>();
  let at = 0;
  for (const chunk of index.chunksOf(layer)) {
    const own: FoundPlace[] = [];
    for (; at < found.length; at++) {
      const name = found[at];
      if (name === undefined || name.start >= chunk.end) break;
      if (name.start >= chunk.start) own.push(name);
    }
    if (own.length > 0) pieces.set(chunk.doc, inPiece(file, chunk, own));
  }
  return pieces;
}

/** Names as spans of the folded text of their piece. The last one can run on into the next piece, which the map does not cover. */
function inPiece(file: LayerFile, chunk: ChunkRow, names: readonly FoundPlace[]): NamedSpan[] {
  const edges = names.flatMap(({ start, end }) => [start - chunk.start, end - chunk.start]);
  const offsets = foldedOffsets(chunk.map, edges);
  const last = names.at(-1);
  if (last !== undefined && last.end > chunk.end)
    offsets[offsets.length - 1] = unitAt(
      foldForSearch(windowOf(file, chunk), 'ignored').starts,
      last.end - chunk.start,
    );
  return names.map(({ place, asks }, n) => ({
    start: offsets[2 * n] ?? 0,
    end: offsets[2 * n + 1] ?? 0,
    places: place === null ? asks : [place],
  }));
}

interface Fresh {
  readonly index: SearchIndex;
  readonly versions: string;
  readonly layers: ReadonlySet<string>;
  readonly isAll: boolean;
}
/** Kept while neither the project nor the index changes: the next page of a search needs the same. */
let kept: Fresh | null = null;

/** What a search needs of the reading of places. */
export interface ReadWith {
  readonly finder: PlaceFinder;
  readonly added: Added;
  readonly decided: Decided;
}

/** The names of places in texts, from the index where they were read, else read now. */
export class PlaceReadings {
  private readonly opened: Opened;
  private readonly index: SearchIndex;
  private readonly how: ReadWith;
  private readonly fresh: Fresh;
  private last: { readonly layer: string; readonly pieces: ReadonlyMap<number, readonly NamedSpan[]> } | null = null;

  constructor(opened: Opened, index: SearchIndex, how: ReadWith) {
    this.opened = opened;
    this.index = index;
    this.how = how;
    this.fresh = freshIn(opened, index, how);
  }

  /** Whether the texts of all sources were read, so that the index knows every name. */
  get isComplete(): boolean {
    return this.fresh.isAll;
  }

  /** The names in a piece of a source’s current layer, in its folded text. A layer that was not read yet is read as a whole. */
  in(doc: number, layer: { readonly id: string; readonly layer: string; readonly hash: string }): readonly NamedSpan[] {
    if (this.fresh.layers.has(layer.layer)) return this.index.places.in(doc);
    if (this.last?.layer !== layer.layer) {
      const { finder, decided } = this.how;
      const context = contextOf(this.opened.project.read, finder, layer.id, decided.get(layer.id));
      this.last = { layer: layer.layer, pieces: readLayer(this.opened, this.index, finder, context, layer) };
    }
    return this.last.pieces.get(doc) ?? [];
  }
}

function freshIn({ project }: Opened, index: SearchIndex, { added, decided }: ReadWith): Fresh {
  const versions = `${project.version()} ${index.version()}`;
  if (kept?.index === index && kept.versions === versions) return kept;
  const keys = index.places.stamp() === stampOf(added) ? index.places.keys() : new Map<string, string>();
  const here = new Set(index.layers());
  const all = keyedLayers(project.read, decided).filter(({ layer }) => here.has(layer));
  const layers = new Set(all.flatMap(({ layer, key }) => (keys.get(layer) === key ? [layer] : [])));
  kept = { index, versions, layers, isAll: layers.size === new Set(all.map(({ layer }) => layer)).size };
  return kept;
}
