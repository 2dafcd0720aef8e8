import type { RowOf } from '../../../shared/changes/fields.ts';
import { columnsOf, query } from '../../db/types.ts';

export const sourcesOfReport = query<{ ids: string }, RowOf<'source'>>(
  'report.sources',
  `SELECT ${columnsOf('source', 's')} FROM json_each($ids) i CROSS JOIN p_source s ON s.id = i.value`,
);

export interface PassageRow {
  readonly id: string;
  readonly source: string;
  readonly anchor: string;
  readonly person: string | null;
  /** Its words, by their place; null for an area. */
  readonly span: string | null;
}
/** Passages with the same one are on the same words. */
const span = (p: string): string => `${p}.onLayer || ' ' || ${p}.start || ' ' || ${p}."end"`;

/** In reading order. */
export const passagesOfReport = query<{ ids: string }, PassageRow>(
  'report.passages',
  `SELECT p.id, p.source, p.anchor, p.person, ${span('p')} AS span FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value
   ORDER BY p.source, p.page, p.start, p.id`,
);

export const exhibitsOf = query<{ ids: string }, { count: number }>(
  'report.exhibits',
  `SELECT count(DISTINCT coalesce(${span('p')}, p.id)) AS count FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value`,
);

/** The other live passages on the same words as one of these; one can come several times. By an index on source, page and start. */
export const passagesBeside = query<{ ids: string }, PassageRow>(
  'report.beside',
  `SELECT o.id, o.source, o.anchor, o.person, ${span('o')} AS span FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value
     CROSS JOIN p_passage o ON o.source = p.source AND o.page = p.page AND o.start = p.start
   WHERE o."end" = p."end" AND o.onLayer = p.onLayer AND o.id <> p.id AND o.deleted IS NOT 1 AND o.anchor IS NOT NULL`,
);

export const settingsOfReport = query<{ ids: string }, { passage: string; dimension: string; value: string }>(
  'report.settings',
  `SELECT t.passage, coalesce(d.name, d.code) AS dimension, coalesce(v.label, v.code) AS value
   FROM json_each($ids) i CROSS JOIN p_setting t ON t.passage = i.value
   JOIN p_dimension d ON d.id = t.dimension JOIN p_value v ON v.id = t.value
   WHERE t.deleted IS NOT 1 AND d.deleted IS NOT 1 AND v.deleted IS NOT 1 ORDER BY d.position, v.position, t.id`,
);

/** The newest first. */
export const decisionsOfReport = query<
  { ids: string },
  {
    passage: string;
    categories: string | null;
    compared: string | null;
    reason: string | null;
    person: string | null;
    /** Epoch ms. */
    at: number | null;
  }
>(
  'report.decisions',
  `SELECT a.passage, a.categories, a.compared, a.reason, a.person, a.createdAt AS at FROM json_each($ids) i CROSS JOIN p_adjudication a ON a.passage = i.value
   WHERE a.deleted IS NOT 1 ORDER BY a.createdAt DESC, a.id DESC`,
);

/** Values that describe a source as a whole, by their code. */
export const sourceValues = query<Record<string, never>, { dimension: string; code: string; label: string | null }>(
  'report.sourceValues',
  `SELECT d.code AS dimension, v.code, v.label FROM p_value v JOIN p_dimension d ON d.id = v.dimension
   WHERE d.code IN ('doctype', 'srcrel') AND v.code IS NOT NULL`,
);
