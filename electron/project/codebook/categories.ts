import { query } from '../../db/types.ts';

export interface CategoryRow {
  readonly id: string;
  readonly code: string | null;
  readonly name: string | null;
  readonly parent: string | null;
  readonly archived: number | null;
  readonly deleted: number | null;
}
/** Categories in the trash too: a submitted tag can have one, and a category can have one as its parent. */
export const everyCategory = query<Record<string, never>, CategoryRow>(
  'categories.every',
  `SELECT id, code, name, parent, archived, deleted FROM p_category ORDER BY code, id`,
);
export const categoryName = query<{ id: string }, { name: string | null }>(
  'categories.name',
  `SELECT name FROM p_category WHERE id = $id`,
);
export const codebookTitle = query<{ project: string }, { title: string | null; version: string | null }>(
  'codebook.title',
  `SELECT codebookTitle AS title, codebookVersion AS version FROM p_project WHERE id = $project`,
);

/** For use in a statement: the ids of the categories that are not in the trash. */
export const LIVE_CATEGORIES = '(SELECT id FROM p_category WHERE deleted IS NOT 1)';

/** These categories with all their subcategories in `rows`. */
export function withSubcategories(
  rows: readonly Pick<CategoryRow, 'id' | 'parent'>[],
  ids: readonly string[],
): Set<string> {
  const children = Map.groupBy(rows, (row) => row.parent);
  const found = new Set(ids);
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child.id);
  return found;
}
