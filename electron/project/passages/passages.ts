import type { z } from 'zod';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  type Anchor,
  categoryId,
  layerId,
  memo,
  type Memo,
  type Passage,
  type PassageId,
  passageId,
  personId,
  setting,
  sourceId,
  type Tag,
} from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import { memosOfTargets, passageById, type PassageRow, settingsOfPassages, tagsOfPassages } from './queries.ts';
import type { ReviewReader } from '../review/moves.ts';
import { reviewedOf } from '../review/state.ts';

/** A passage's row with its parsed anchor. */
export interface Placed {
  readonly row: PassageRow;
  readonly anchor: Anchor;
  /** The layer that the anchor is on: the one it names, else the one the passage was made on. */
  readonly layer: string;
}

/** Rows with their anchors, in reading order. A row with an unreadable anchor is left out; verification lists it. */
export function inReadingOrder(rows: readonly PassageRow[]): Placed[] {
  const placed = new Map<string, Placed>();
  for (const row of rows) {
    const anchor = placed.has(row.id) ? null : readAnchor(row.anchor);
    const layer = anchor?.layer ?? row.layer;
    if (anchor !== null && layer !== null) placed.set(row.id, { row, anchor, layer });
  }
  return [...placed.values()].sort(
    (a, b) =>
      compare(a.row.source, b.row.source) ||
      a.anchor.page - b.anchor.page ||
      startOf(a.anchor) - startOf(b.anchor) ||
      compare(a.row.id, b.row.id),
  );
}
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
/** Areas come before the text of their page. */
const startOf = (anchor: Anchor): number => (anchor.kind === 'text' ? anchor.start : -1);

/** Passages with their tags, settings, memos, translations and review: a fixed number of statements for any number of them. */
export function complete(reader: ReviewReader, passages: readonly Placed[]): Passage[] {
  const { db } = reader;
  const ids = JSON.stringify(passages.map(({ row }) => row.id));
  const tags = Map.groupBy(db.all(tagsOfPassages, { ids }), (tag) => tag.passage);
  const settings = Map.groupBy(db.all(settingsOfPassages, { ids }), (one) => one.passage);
  const memos = Map.groupBy(db.all(memosOfTargets, { ids }), (one) => one.target);
  const reviewed = reviewedOf(
    reader,
    passages.map(({ row }) => ({ id: row.id, tagged: tags.has(row.id) })),
  );
  const sourceOf = memoised(sourceId);
  const layerOf = memoised(layerId);
  const personOf = memoised(personId);
  const categoryOf = memoised(categoryId);
  const toTag = (one: TagRow): Tag => ({
    category: categoryOf(one.category),
    person: personOf(one.person),
    at: one.at,
  });
  return passages.map(({ row, anchor, layer }) => ({
    id: passageId.parse(row.id),
    source: sourceOf(row.source),
    layer: layerOf(layer),
    anchor,
    origin: row.origin === null ? null : (passageId.safeParse(row.origin).data ?? null),
    person: personOf(row.person),
    createdAt: row.createdAt,
    deleted: row.deleted === 1,
    tags: distinct(tags.get(row.id) ?? []).map(toTag),
    settings: (settings.get(row.id) ?? []).map((one) => setting.parse(one)),
    memos: (memos.get(row.id) ?? []).map((one) => memo.parse(one)),
    state: reviewed.get(row.id)?.state ?? 'draft',
    translations: [...(reviewed.get(row.id)?.translations ?? [])],
    comments: reviewed.get(row.id)?.comments ?? 0,
  }));
}

/** Thousands of passages name few people, categories and sources: each id is parsed once a list. */
function memoised<S extends z.ZodType>(schema: S): (id: string) => z.output<S> {
  const known = new Map<string, z.output<S>>();
  return (id) => {
    const parsed = known.get(id) ?? schema.parse(id);
    known.set(id, parsed);
    return parsed;
  };
}

interface TagRow {
  readonly category: string;
  readonly person: string;
  readonly at: number;
}
/** In the order they were added, without duplicates. */
function distinct(rows: readonly TagRow[]): readonly TagRow[] {
  if (rows.length < 2) return rows;
  const ordered = rows.toSorted((a, b) => a.at - b.at || compare(a.category, b.category));
  return ordered.filter(
    (row, at) => ordered.findIndex((one) => one.category === row.category && one.person === row.person) === at,
  );
}

/** One passage, in the trash or not. NOT_FOUND. */
export function passageOf(reader: ReviewReader, id: PassageId): Passage {
  const row = reader.db.get(passageById, { id });
  const [found] = row === undefined ? [] : complete(reader, inReadingOrder([row]));
  if (found === undefined)
    throw new Fault('NOT_FOUND', 'No such passage in this project. Choose one from the list.', { id });
  return found;
}

export const memosOn = (db: Readable, target: string): Memo[] =>
  db.all(memosOfTargets, { ids: JSON.stringify([target]) }).map((row) => memo.parse(row));
