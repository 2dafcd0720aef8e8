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
  readonly archived: number | null;
  readonly deleted: number | null;
}
export const allCategories = query<Record<string, never>, CategoryRow>(
  'codebook.categories',
  `SELECT id, code, parent, name, definition, "include", "exclude", termsZh, termsEn, colour, position, archived, deleted
   FROM p_category ORDER BY position, code, id`,
);

/** Passages a category, each counted once however many people tagged it. */
export const countsByCategory = query<Record<string, never>, { category: string; passages: number }>(
  'codebook.counts',
  `SELECT t.category, count(DISTINCT t.passage) AS passages
   FROM p_tag t JOIN p_passage p ON p.id = t.passage JOIN p_source s ON s.id = p.source
   WHERE t.deleted IS NOT 1 AND p.deleted IS NOT 1 AND s.deleted IS NOT 1
   GROUP BY t.category`,
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
