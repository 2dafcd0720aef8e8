import type { ShownState } from '../../../shared/model/index.ts';
import type { Signers } from '../people/signers.ts';
import type { ReviewReader } from '../review/moves.ts';
import { reviewedOf } from '../review/state.ts';
import { type PlacedRow, someNoted, someSettings, someTagIds, someTags, someTranslated } from './queries.ts';
import type { EvidenceSet } from './set.ts';

/**
 * Puts passages into the set, with their tags, settings and states as they are now. `moved`: the passages that were ever moved in review.
 * `signers`: who signed the passages and tags of people who never signed them.
 */
export function putPassages(
  reader: ReviewReader,
  set: EvidenceSet,
  rows: readonly PlacedRow[],
  moved: ReadonlySet<string>,
  signers: Signers,
): void {
  const { db } = reader;
  const list = { ids: JSON.stringify(rows.map(({ id }) => id)) };
  const tags = paired(db.all(someTags, list), ({ category, person }) => [category, person]);
  const ofSigners = tagsOfSigners(reader, rows, signers);
  const settings = paired(db.all(someSettings, list), ({ dimension, value }) => [dimension, value]);
  const noted = new Set(db.all(someNoted, list).map(({ passage }) => passage));
  const translated = new Set(db.all(someTranslated, list).map(({ passage }) => passage));
  const states = statesOf(
    reader,
    rows.filter(({ id }) => moved.has(id)).map(({ id }) => ({ id, tagged: tags.has(id) })),
  );
  for (const row of rows) {
    const own = ofSigners.get(row.id) ?? tags.get(row.id) ?? NONE;
    set.put({
      ...row,
      person: signers.of.get(row.id) ?? row.person,
      state: states.get(row.id) ?? (own.length > 0 ? 'coded' : 'draft'),
      tags: own,
      settings: settings.get(row.id) ?? NONE,
      memo: noted.has(row.id),
      translated: translated.has(row.id),
    });
  }
}
const NONE: readonly string[] = [];

/**
 * Category and person of the tags of passages where the passage or a tag names a person who never signed it: the person is then the one who
 * did sign.
 */
function tagsOfSigners({ db }: ReviewReader, rows: readonly PlacedRow[], { of, on }: Signers) {
  const ids = on.size === 0 ? [] : rows.flatMap(({ id }) => (on.has(id) ? [id] : []));
  const tags = ids.length === 0 ? [] : db.all(someTagIds, { ids: JSON.stringify(ids) });
  return paired(tags, ({ id, category, person }) => [category, of.get(id) ?? person]);
}

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

/** The states of passages, as the review shows them. */
function statesOf(
  reader: ReviewReader,
  passages: readonly { readonly id: string; readonly tagged: boolean }[],
): ReadonlyMap<string, ShownState> {
  if (passages.length === 0) return new Map();
  return new Map(Array.from(reviewedOf(reader, passages), ([id, { state }]) => [id, state]));
}
