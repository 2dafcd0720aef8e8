import { query } from '../../db/types.ts';
import { COLUMNS, type PassageRow, WHOLE } from '../../project/passages/queries.ts';
import { LIVE_SOURCES } from '../../project/sources/live-sources.ts';

/** Lists are unordered here: reading order depends on the anchors, which are parsed only once, by inReadingOrder. */
export const passagesOfSource = query<{ source: string; deleted: number }, PassageRow>(
  'passages.ofSource',
  `SELECT ${COLUMNS} FROM p_passage p
   WHERE p.source = $source AND (p.deleted IS 1) = $deleted AND ${WHOLE}`,
);

/**
 * `categories` is a JSON list of ids. A passage tagged with two of them, or by two people, is returned twice. Passages of
 * removed sources are left out.
 */
export const passagesOfCategories = query<{ categories: string; deleted: number }, PassageRow>(
  'passages.ofCategories',
  `SELECT ${COLUMNS}
   FROM json_each($categories) c CROSS JOIN p_tag t ON t.category = c.value AND t.deleted IS NOT 1
   CROSS JOIN p_passage p ON p.id = t.passage
   WHERE (p.deleted IS 1) = $deleted AND ${WHOLE}
     AND p.source IN ${LIVE_SOURCES}`,
);

export const allPassages = query<{ deleted: number }, PassageRow>(
  'passages.all',
  `SELECT ${COLUMNS} FROM p_passage p
   WHERE (p.deleted IS 1) = $deleted AND ${WHOLE} AND +p.source IN ${LIVE_SOURCES}`,
);

/** One person's values of a dimension on a passage, including removed ones, as with their tags (electron/project/passages). */
export const memoExists = query<{ id: string }, { id: string }>(
  'passages.memo',
  `SELECT id FROM p_memo WHERE id = $id`,
);

export const queryOfPassage = query<{ id: string }, { query: string | null }>(
  'passages.query',
  `SELECT query FROM p_passage WHERE id = $id`,
);
