import type { RowOf } from '../../../shared/changes/fields.ts';
import { columnsOf, query } from '../../db/types.ts';

/** A source with facts about its text layer and passages. */
export type SourceRow = RowOf<'source'> & {
  readonly pageCount: number | null;
  readonly hasText: number | null;
  /** The screenshot. If there are several (people with different fonts imported one page), the oldest. */
  readonly picture: string | null;
  readonly passages: number;
};

const SOURCE_COLUMNS = `
  ${columnsOf('source', 's')}, l.pageCount, l.hasText,
  (SELECT y.id FROM p_layer y WHERE y.source = s.id AND y.engine = 'picture' AND y.deleted IS NOT 1
   ORDER BY y.createdAt, y.id LIMIT 1) AS picture,
  (SELECT count(*) FROM p_passage p WHERE p.source = s.id AND p.deleted IS NOT 1) AS passages`;

/** All sources in the order they were added; with `deleted` 1, including removed ones. */
export const listSources = query<{ deleted: number }, SourceRow>(
  'sources.list',
  `SELECT ${SOURCE_COLUMNS} FROM p_source s LEFT JOIN p_layer l ON l.id = s.layer
   WHERE s.deleted IS NOT 1 OR :deleted = 1 ORDER BY s.createdAt, s.id`,
);

export const oneSource = query<{ id: string }, SourceRow>(
  'sources.one',
  `SELECT ${SOURCE_COLUMNS} FROM p_source s LEFT JOIN p_layer l ON l.id = s.layer WHERE s.id = :id`,
);

export interface LayerRow {
  readonly id: string;
  readonly source: string | null;
  readonly engine: string | null;
  readonly version: string | null;
  readonly sha256: string | null;
  readonly frozen: string | null;
  readonly hasText: number | null;
  readonly notes: string | null;
  readonly options: string | null;
}
export const oneLayer = query<{ id: string }, LayerRow>(
  'layers.one',
  'SELECT id, source, engine, version, sha256, frozen, hasText, notes, options FROM p_layer WHERE id = :id',
);

/** A source's layers, newest first, each with the number of passages on it. */
export const layersOf = query<
  { source: string },
  LayerRow & { readonly length: number | null; readonly createdAt: number; readonly passages: number }
>(
  'layers.ofSource',
  `SELECT l.id, l.source, l.engine, l.version, l.sha256, l.frozen, l.hasText, l.notes, l.options, l.length, l.createdAt,
     (SELECT count(*) FROM p_passage p WHERE p.onLayer = l.id AND p.deleted IS NOT 1) AS passages
   FROM p_layer l WHERE l.source = :source AND l.deleted IS NOT 1 ORDER BY l.createdAt DESC, l.id`,
);

/** Screenshots that were removed with the source by undoing its import; none if it has a screenshot now. */
export const removedPictures = query<{ source: string }, { id: string }>(
  'layers.removedPictures',
  `SELECT id FROM p_layer WHERE source = :source AND engine = 'picture' AND deleted = 1
     AND NOT EXISTS (SELECT 1 FROM p_layer y WHERE y.source = :source AND y.engine = 'picture' AND y.deleted IS NOT 1)
   ORDER BY id`,
);

/** Whether a dimension of this code has such a value, and whether the project has the dimension at all. */
export const dimensionValue = query<{ dimension: string; value: string }, { known: number; dimensions: number }>(
  'sources.dimensionValue',
  `SELECT count(v.id) AS known, count(DISTINCT d.id) AS dimensions
   FROM p_dimension d LEFT JOIN p_value v ON v.dimension = d.id AND v.code = :value AND v.deleted IS NOT 1
   WHERE d.code = :dimension AND d.deleted IS NOT 1`,
);
