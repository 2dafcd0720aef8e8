import type { z } from 'zod';
import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  type Anchor,
  categoryId,
  layerId,
  type LayerId,
  memo,
  type Memo,
  type Passage,
  type PassageId,
  passageId,
  personId,
  type PersonId,
  setting,
  sourceId,
  type SourceId,
  type Tag,
} from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import { liveCategories } from '../codebook/categories.ts';
import { memosOfTargets, passageById, type PassageRow, settingsOfPassages, tagsInList } from './queries.ts';
import type { ReviewReader } from '../review/moves.ts';
import { reviewedOf } from '../review/state.ts';

/** A passage with its parsed anchor. */
export interface Placed {
  readonly id: string;
  readonly source: SourceId;
  /** The layer that the anchor is on: the one it names, else the one the passage was made on. */
  readonly layer: LayerId;
  readonly anchor: Anchor;
  readonly origin: string | null;
  readonly person: PersonId;
  readonly createdAt: number;
  readonly deleted: number | null;
}

/**
 * Passages with their anchors, in reading order. A row with an unreadable anchor is left out; verification lists it. Rows that come in
 * pieces live no longer than their piece: of 2,700 rows at once, the garbage collector copied each several times, which took as
 * long as reading them.
 */
export function inReadingOrder(pieces: Iterable<readonly PassageRow[]>): Placed[] {
  const bySource = new Map<string, Placed[]>();
  const sourceOf = memoised(sourceId);
  const layerOf = memoised(layerId);
  const personOf = memoised(personId);
  for (const rows of pieces)
    for (const { id, source, layer, anchor: json, origin, person, createdAt, deleted } of rows) {
      const anchor = readAnchor(json);
      const on = anchor?.layer ?? layer;
      if (anchor === null || on === null) continue;
      const of = sourceOf(source);
      const one = { id, source: of, layer: layerOf(on), anchor, origin, person: personOf(person), createdAt, deleted };
      const there = bySource.get(of);
      if (there === undefined) bySource.set(of, [one]);
      else there.push(one);
    }
  return [...bySource.keys()].sort(compare).flatMap((source) => inText(bySource.get(source) ?? []));
}

/** Passages of one source in reading order, each once. */
function inText(passages: Placed[]): Placed[] {
  passages.sort(
    (a, b) => a.anchor.page - b.anchor.page || startOf(a.anchor) - startOf(b.anchor) || compare(a.id, b.id),
  );
  return passages.filter((one, at) => one.id !== passages[at - 1]?.id);
}
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
/** Areas come before the text of their page. */
const startOf = (anchor: Anchor): number => (anchor.kind === 'text' ? anchor.start : -1);

/** Passages with their tags, settings, memos, translations and review: few statements for any number of them. */
export function complete(reader: ReviewReader, passages: readonly Placed[]): Passage[] {
  const { db } = reader;
  const ids = JSON.stringify(passages.map(({ id }) => id));
  const tags = tagsOf(db, passages);
  const settings = Map.groupBy(db.all(settingsOfPassages, { ids }), (one) => one.passage);
  const memos = Map.groupBy(db.all(memosOfTargets, { ids }), (one) => one.target);
  const reviewed = reviewedOf(
    reader,
    passages.map(({ id }, n) => ({ id, tagged: tags[n]?.length !== 0 })),
  );
  return passages.map(({ id, source, layer, anchor, origin, person, createdAt, deleted }, n) => {
    const review = reviewed.get(id);
    return {
      id: passageId.parse(id),
      source,
      layer,
      anchor,
      origin: origin === null ? null : (passageId.safeParse(origin).data ?? null),
      person,
      createdAt,
      deleted: deleted === 1,
      tags: tags[n] ?? [],
      settings: (settings.get(id) ?? []).map((one) => setting.parse(one)),
      memos: (memos.get(id) ?? []).map((one) => memo.parse(one)),
      state: review?.state ?? 'draft',
      translations: [...(review?.translations ?? [])],
      comments: review?.comments ?? 0,
    };
  });
}

/** Caches parsed ids: thousands of passages name few people, categories and sources. */
function memoised<S extends z.ZodType<string>>(schema: S): (id: string) => z.output<S> {
  const known = new Map<string, z.output<S>>();
  return (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const parsed = schema.parse(id);
    known.set(id, parsed);
    return parsed;
  };
}

/** Passages whose rows of tags are in memory together. */
const AT_ONCE = 500;

/** The tags of each passage, in the order they were added, without duplicates. */
function tagsOf(db: Readable, passages: readonly Placed[]): Tag[][] {
  const categoryOf = memoised(categoryId);
  const personOf = memoised(personId);
  const live = new Set(db.all(liveCategories, {}).map(({ id }) => id));
  const all: Tag[][] = [];
  for (let from = 0; from < passages.length; from += AT_ONCE) {
    const some = passages.slice(from, from + AT_ONCE);
    const ids = JSON.stringify(some.map(({ id }) => id));
    const tags = some.map((): Tag[] => []);
    for (const { n, category, person, at } of db.all(tagsInList, { ids }))
      if (category !== null && live.has(category))
        tags[n]?.push({ category: categoryOf(category), person: personOf(person), at });
    for (const one of tags) all.push(distinct(one));
  }
  return all;
}

function distinct(tags: Tag[]): Tag[] {
  if (tags.length < 2) return tags;
  tags.sort((a, b) => a.at - b.at || compare(a.category, b.category));
  return tags.filter(
    (tag, at) => tags.findIndex((one) => one.category === tag.category && one.person === tag.person) === at,
  );
}

/** One passage, in the trash or not. NOT_FOUND. */
export function passageOf(reader: ReviewReader, id: PassageId): Passage {
  const row = reader.db.get(passageById, { id });
  const [found] = row === undefined ? [] : complete(reader, inReadingOrder([[row]]));
  if (found === undefined)
    throw new Fault('NOT_FOUND', 'No such passage in this project. Choose one from the list.', { id });
  return found;
}

export const memosOn = (db: Readable, target: string): Memo[] =>
  db.all(memosOfTargets, { ids: JSON.stringify([target]) }).map((row) => memo.parse(row));
