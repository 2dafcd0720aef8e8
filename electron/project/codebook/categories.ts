import type { RowOf } from '../../../shared/changes/fields.ts';
import { columnsOf, query } from '../../db/types.ts';

/** A category's place in the codebook and its name. */
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
export type WholeCategory = RowOf<'category'>;
/** Every category with all its fields, also those in the trash, in the codebook's order. */
export const wholeCategories = query<Record<string, never>, WholeCategory>(
  'categories.whole',
  `SELECT ${columnsOf('category', 'c')} FROM p_category c ORDER BY c.position, c.code, c.id`,
);
/** The category of a tag, in the trash or not. */
export const categoryOfTag = query<{ tag: string }, { category: string | null }>(
  'categories.ofTag',
  `SELECT category FROM p_tag WHERE id = $tag`,
);
export const categoryName = query<{ id: string }, { name: string | null }>(
  'categories.name',
  `SELECT name FROM p_category WHERE id = $id`,
);

/** For use in a statement: the ids of the categories that are not in the trash. */
export const LIVE_CATEGORIES = '(SELECT id FROM p_category WHERE deleted IS NOT 1)';
export const liveCategories = query<Record<string, never>, { id: string }>(
  'categories.live',
  'SELECT id FROM p_category WHERE deleted IS NOT 1',
);

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
