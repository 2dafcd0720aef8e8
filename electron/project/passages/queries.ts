import type { RowOf } from '../../../shared/changes/fields.ts';
import { columnsOf, query } from '../../db/types.ts';
import { LIVE_CATEGORIES } from '../codebook/categories.ts';

/** The fields of a passage that are not read here: its state comes from its moves. Lists hold thousands of rows. */
const UNREAD = ['state', 'query', 'tagsDecided'] as const;
/** A passage that has a whole place: see {@link WHOLE}. */
export type PassageRow = Omit<RowOf<'passage'>, (typeof UNREAD)[number]> & {
  readonly source: string;
  readonly anchor: string;
  readonly person: string;
};
export const COLUMNS = columnsOf('passage', 'p', UNREAD);
/**
 * Whole places only: a passage whose fields are still missing (withheld, or from a broken file) has no place to be shown at. SQLite
 * parses the anchor for `onLayer`, which takes longer than all the rest: only where the passage has no layer of its own.
 */
export const WHOLE =
  'p.source IS NOT NULL AND (p.layer IS NOT NULL OR p.onLayer IS NOT NULL) AND p.anchor IS NOT NULL AND p.person IS NOT NULL';

export const passageById = query<{ id: string }, PassageRow>(
  'passages.byId',
  `SELECT ${COLUMNS} FROM p_passage p WHERE p.id = $id AND ${WHOLE}`,
);

/**
 * Tags, settings and memos of passages, for a JSON list of their ids at once. A tag can occur twice if two copies of a project
 * were merged. The plus keeps SQLite from reading all tags of all categories.
 */
export interface TagRow {
  readonly id: string;
  readonly passage: string;
  readonly category: string;
  readonly person: string;
  readonly at: number;
}
const TAGS = `FROM json_each($ids) i CROSS JOIN p_tag t ON t.passage = i.value
   WHERE t.deleted IS NOT 1 AND t.person IS NOT NULL`;
export const tagsOfPassages = query<{ ids: string }, TagRow>(
  'passages.tags',
  `SELECT t.id, t.passage, t.category, t.person, t.createdAt AS at ${TAGS} AND +t.category IN ${LIVE_CATEGORIES}`,
);
/**
 * Tags with the passage's index in the list, `n`: that saves two ids for each of thousands of tags, and reads the index alone. Tags with
 * categories in the trash are included, and the caller leaves them out: checking each tag took a fifth of the statement.
 */
export const tagsInList = query<
  { ids: string },
  Pick<TagRow, 'person' | 'at'> & { readonly n: number; readonly category: string | null }
>('passages.tagsInList', `SELECT i.key AS n, t.category, t.person, t.createdAt AS at ${TAGS}`);
/** Oldest first. */
export const byAge = (a: TagRow, b: TagRow): number => a.at - b.at || (a.id < b.id ? -1 : 1);
export const settingsOfPassages = query<
  { ids: string },
  { passage: string; dimension: string; value: string; person: string }
>(
  'passages.settings',
  `SELECT DISTINCT t.passage, t.dimension, t.value, t.person
   FROM json_each($ids) i CROSS JOIN p_setting t ON t.passage = i.value
   WHERE t.deleted IS NOT 1 AND t.person IS NOT NULL AND t.dimension IS NOT NULL AND t.value IS NOT NULL
   ORDER BY t.passage, t.createdAt, t.value`,
);
export const memosOfTargets = query<
  { ids: string },
  { id: string; target: string; text: string; person: string; at: number }
>(
  'passages.memos',
  `SELECT m.id, m.target, m.text, m.person, m.createdAt AS at
   FROM json_each($ids) i CROSS JOIN p_memo m ON m.target = i.value
   WHERE m.deleted IS NOT 1 AND m.person IS NOT NULL AND m.text IS NOT NULL
   ORDER BY m.target, m.createdAt, m.id`,
);

/**
 * One person's tags on passages, a JSON list of ids, including removed ones: tagging again restores the old record instead of making a
 * second one.
 */
export const ownTags = query<
  { passages: string; person: string },
  { id: string; passage: string; category: string; deleted: number | null }
>(
  'passages.ownTags',
  `SELECT t.id, t.passage, t.category, t.deleted FROM json_each($passages) i CROSS JOIN p_tag t ON t.passage = i.value
   WHERE t.person = $person ORDER BY t.deleted IS 1, t.createdAt, t.id`,
);
export const ownMemo = query<{ target: string; person: string }, { id: string; deleted: number | null }>(
  'passages.ownMemo',
  `SELECT id, deleted FROM p_memo WHERE target = $target AND person = $person ORDER BY deleted IS 1, createdAt, id LIMIT 1`,
);
