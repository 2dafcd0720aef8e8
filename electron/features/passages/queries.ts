import { query } from '../../db/types.ts';
import { COLUMNS, type PassageRow, WHOLE } from '../../project/passages/queries.ts';

/** Lists are unordered here: reading order depends on the anchors, which are parsed only once, by inReadingOrder. */
export const passagesOfSource = query<{ source: string; deleted: number }, PassageRow>(
  'passages.ofSource',
  `SELECT ${COLUMNS} FROM p_passage p
   WHERE p.source = $source AND (p.deleted IS 1) = $deleted AND ${WHOLE}`,
);

/** Passages by a JSON list of their ids, also those of removed sources. */
export const passagesByIds = query<{ ids: string; deleted: number }, PassageRow>(
  'passages.byIds',
  `SELECT ${COLUMNS} FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value
   WHERE (p.deleted IS 1) = $deleted AND ${WHOLE}`,
);

/**
 * Those of a JSON list of sources that are in the project and not removed. Thousands of passages have few sources: joined to each passage,
 * they took a sixth of reading the passages.
 */
export const liveSources = query<{ ids: string }, { id: string }>(
  'passages.liveSources',
  `SELECT s.id FROM json_each($ids) i CROSS JOIN p_source s ON s.id = i.value AND s.deleted IS NOT 1`,
);

/** `categories` is a JSON list of ids. A passage tagged with two of them, or by two people, is returned twice. From the index alone. */
export const taggedWith = query<{ categories: string }, { passage: string }>(
  'passages.taggedWith',
  `SELECT t.passage FROM json_each($categories) c CROSS JOIN p_tag t ON t.category = c.value AND t.deleted IS NOT 1
   WHERE t.passage IS NOT NULL`,
);

/** Some of all passages, after the one numbered `after`, also those of removed sources; `n` is the number of each. */
export const somePassages = query<
  { after: number; deleted: number; most: number },
  PassageRow & { readonly n: number }
>(
  'passages.some',
  `SELECT p.rowid AS n, ${COLUMNS} FROM p_passage p
   WHERE p.rowid > $after AND (p.deleted IS 1) = $deleted AND ${WHOLE} ORDER BY p.rowid LIMIT $most`,
);

/** One person's values of a dimension on a passage, including removed ones, as with their tags (electron/project/passages). */
export const memoExists = query<{ id: string }, { id: string }>(
  'passages.memo',
  `SELECT id FROM p_memo WHERE id = $id`,
);

/** The suggestions that became this passage or a tag of it, the oldest first. */
export const acceptedForPassage = query<
  { id: string },
  { term: string | null; sure: number | null; category: string | null; person: string | null }
>(
  'passages.accepted',
  `SELECT term, sure, category, person FROM p_suggestion
   WHERE passage = $id AND verdict = 'accepted' AND deleted IS NOT 1 ORDER BY createdAt, id`,
);

export const queryOfPassage = query<{ id: string }, { query: string | null }>(
  'passages.query',
  `SELECT query FROM p_passage WHERE id = $id`,
);
