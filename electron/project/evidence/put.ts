import type { ShownState } from '../../../shared/model/index.ts';
import type { ReviewReader } from '../review/moves.ts';
import { reviewedOf } from '../review/state.ts';
import { type PlacedRow, someNoted, someSettings, someTags, someTranslated } from './queries.ts';
import type { EvidenceSet } from './set.ts';

/** Puts passages into the set, with their tags, settings and states as they are now. `moved`: those that were ever moved in review. */
export function putPassages(
  reader: ReviewReader,
  set: EvidenceSet,
  rows: readonly PlacedRow[],
  moved: ReadonlySet<string>,
): void {
  const { db } = reader;
  const list = { ids: JSON.stringify(rows.map(({ id }) => id)) };
  const tags = paired(db.all(someTags, list), ({ category, person }) => [category, person]);
  const settings = paired(db.all(someSettings, list), ({ dimension, value }) => [dimension, value]);
  const noted = new Set(db.all(someNoted, list).map(({ passage }) => passage));
  const translated = new Set(db.all(someTranslated, list).map(({ passage }) => passage));
  const states = statesOf(
    reader,
    rows.filter(({ id }) => moved.has(id)).map(({ id }) => ({ id, tagged: tags.has(id) })),
  );
  for (const row of rows) {
    const own = tags.get(row.id) ?? NONE;
    set.put({
      ...row,
      state: states.get(row.id) ?? (own.length > 0 ? 'coded' : 'draft'),
      tags: own,
      settings: settings.get(row.id) ?? NONE,
      memo: noted.has(row.id),
      translated: translated.has(row.id),
    });
  }
}
const NONE: readonly string[] = [];

function paired<T extends { readonly passage: string }>(
  rows: readonly T[],
  pair: (row: T) => readonly [string, string],
): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const row of rows) {
    const there = lists.get(row.passage);
    if (there === undefined) lists.set(row.passage, [...pair(row)]);
    else there.push(...pair(row));
  }
  return lists;
}

/** The states that the review shows. */
function statesOf(
  reader: ReviewReader,
  passages: readonly { readonly id: string; readonly tagged: boolean }[],
): ReadonlyMap<string, ShownState> {
  if (passages.length === 0) return new Map();
  return new Map(Array.from(reviewedOf(reader, passages), ([id, { state }]) => [id, state]));
}
