import type { RowOf } from '../../../shared/changes/fields.ts';
import { columnsOf, query } from '../../db/types.ts';
import { PLACE, type PlaceRow } from '../passages/places.ts';

export const sourcesOfReport = query<{ ids: string }, RowOf<'source'>>(
  'report.sources',
  `SELECT ${columnsOf('source', 's')} FROM json_each($ids) i CROSS JOIN p_source s ON s.id = i.value`,
);

export interface PassageRow {
  readonly id: string;
  readonly source: string;
  /** The layer it was made on; its anchor may name another. */
  readonly layer: string | null;
  readonly anchor: string;
  readonly person: string | null;
  readonly deleted: number | null;
}

/**
 * Of one source, those in the trash, too. Without the columns that SQLite would parse the anchor for, once for each: whoever reads an
 * anchor has them.
 */
export const passagesOfReport = query<{ source: string }, PassageRow>(
  'report.passages',
  `SELECT p.id, p.source, p.layer, p.anchor, p.person, p.deleted FROM p_passage p WHERE p.source = $source`,
);

/** Live sources with the number of their live passages; none without. */
export const countsOfPassages = query<Record<string, never>, { source: string; passages: number }>(
  'report.countsOfPassages',
  `SELECT s.id AS source, count(*) AS passages FROM p_passage p JOIN p_source s ON s.id = p.source
   WHERE p.deleted IS NOT 1 AND s.deleted IS NOT 1 GROUP BY p.source`,
);

/** So many people can have coded passages, at most: those of live tags, and those whose coding a decision compared. */
export const mostCoders = query<Record<string, never>, { most: number }>(
  'report.mostCoders',
  `SELECT count(*) AS most FROM (
     SELECT person FROM p_tag WHERE deleted IS NOT 1 AND person IS NOT NULL
     UNION SELECT iif(c.type = 'object', c.value ->> '$.person', NULL) FROM p_adjudication a
       JOIN json_each(iif(json_valid(a.compared), a.compared, '[]')) c WHERE a.deleted IS NOT 1)`,
);

/** Their places. */
export const placesOf = query<{ ids: string }, PlaceRow>(
  'report.places',
  `SELECT p.id, ${PLACE} FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value`,
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
    id: string;
    passage: string;
    categories: string | null;
    compared: string | null;
    reason: string | null;
    person: string | null;
    deleted: number | null;
    /** Epoch ms. */
    at: number | null;
  }
>(
  'report.decisions',
  `SELECT a.id, a.passage, a.categories, a.compared, a.reason, a.person, a.deleted, a.createdAt AS at FROM json_each($ids) i CROSS JOIN p_adjudication a ON a.passage = i.value
   WHERE a.deleted IS NOT 1 ORDER BY a.createdAt DESC, a.id DESC`,
);

/** Values that describe a source as a whole, by their code. */
export const sourceValues = query<Record<string, never>, { dimension: string; code: string; label: string | null }>(
  'report.sourceValues',
  `SELECT d.code AS dimension, v.code, v.label FROM p_value v JOIN p_dimension d ON d.id = v.dimension
   WHERE d.code IN ('doctype', 'srcrel') AND v.code IS NOT NULL`,
);
