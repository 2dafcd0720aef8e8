import { query } from '../../db/types.ts';

export const codebookTitle = query<{ project: string }, { title: string | null; version: string | null }>(
  'codebook.title',
  `SELECT codebookTitle AS title, codebookVersion AS version FROM p_project WHERE id = $project`,
);

export interface CategoryRow {
  readonly id: string;
  readonly code: string | null;
  readonly parent: string | null;
  readonly name: string | null;
  readonly definition: string | null;
  readonly include: string | null;
  readonly exclude: string | null;
  readonly termsZh: string | null;
  readonly termsEn: string | null;
  readonly colour: string | null;
  readonly position: number | null;
  readonly shortcut: string | null;
  readonly mergedInto: string | null;
  readonly archived: number | null;
  readonly deleted: number | null;
}
export const allCategories = query<Record<string, never>, CategoryRow>(
  'codebook.categories',
  `SELECT id, code, parent, name, definition, "include", "exclude", termsZh, termsEn, colour, position, shortcut, mergedInto, archived, deleted
   FROM p_category ORDER BY position, code, id`,
);

/**
 * Passages a category, each counted once however many people tagged it; those that were removed, or whose source was,
 * are left out. Reads the index alone: 20 ms for 200,000 tags, where a join with their passages took 500.
 */
export const countsByCategory = query<Record<string, never>, { category: string; passages: number }>(
  'codebook.counts',
  `SELECT category, count(DISTINCT passage) AS passages
   FROM p_tag
   WHERE deleted IS NOT 1 AND category IS NOT NULL AND passage NOT IN (
     SELECT id FROM p_passage WHERE deleted = 1
     UNION ALL SELECT p.id FROM p_source s CROSS JOIN p_passage p ON p.source = s.id WHERE s.deleted = 1)
   GROUP BY category`,
);

/**
 * Passages of each category that has others below it, its own and theirs: one that carries two of them counts once.
 * What is archived or removed is not in the tree, nor is what hangs on it. Three times the work of the counts above.
 */
export const deepCounts = query<Record<string, never>, { category: string; passages: number }>(
  'codebook.deepCounts',
  `WITH RECURSIVE
   living AS (SELECT id, parent FROM p_category WHERE deleted IS NOT 1 AND archived IS NOT 1),
   below(category, top) AS (
     SELECT id, id FROM living
     UNION SELECT b.category, c.parent FROM below b JOIN living c ON c.id = b.top JOIN living p ON p.id = c.parent)
   SELECT b.top AS category, count(DISTINCT t.passage) AS passages
   FROM below b JOIN p_tag t ON t.category = b.category
   WHERE b.top IN (SELECT parent FROM living) AND t.deleted IS NOT 1 AND t.passage NOT IN (
     SELECT id FROM p_passage WHERE deleted = 1
     UNION ALL SELECT p.id FROM p_source s CROSS JOIN p_passage p ON p.source = s.id WHERE s.deleted = 1)
   GROUP BY b.top`,
);

export const allDimensions = query<
  Record<string, never>,
  {
    id: string;
    code: string | null;
    name: string | null;
    single: number | null;
    on: string | null;
    note: string | null;
  }
>(
  'codebook.dimensions',
  `SELECT id, code, name, single, "on", note FROM p_dimension WHERE deleted IS NOT 1 ORDER BY position, code, id`,
);

export const allValues = query<
  Record<string, never>,
  {
    id: string;
    dimension: string | null;
    code: string | null;
    label: string | null;
    note: string | null;
    names: string | null;
    parent: string | null;
  }
>(
  'codebook.values',
  `SELECT id, dimension, code, label, note, names, parent FROM p_value WHERE deleted IS NOT 1 ORDER BY position, code, id`,
);
