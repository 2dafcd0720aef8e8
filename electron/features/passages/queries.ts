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
export const ownSettings = query<
  { passage: string; dimension: string; person: string },
  { id: string; value: string; deleted: number | null }
>(
  'passages.ownSettings',
  `SELECT id, value, deleted FROM p_setting WHERE passage = $passage AND dimension = $dimension AND person = $person ORDER BY deleted IS 1, createdAt, id`,
);
export const dimensionById = query<
  { id: string },
  { id: string; name: string | null; single: number | null; on: string | null }
>('passages.dimension', `SELECT id, name, single, "on" FROM p_dimension WHERE id = $id AND deleted IS NOT 1`);
export const valuesOfDimension = query<{ dimension: string }, { id: string; label: string | null }>(
  'passages.values',
  `SELECT id, label FROM p_value WHERE dimension = $dimension AND deleted IS NOT 1`,
);
export const memoExists = query<{ id: string }, { id: string }>(
  'passages.memo',
  `SELECT id FROM p_memo WHERE id = $id`,
);
