import type { RowOf } from '../../../shared/changes/fields.ts';
import { columnsOf, query } from '../../db/types.ts';

/** A decision, with when it was made (epoch milliseconds). */
export type DecisionRow = RowOf<'suggestion'> & { readonly createdAt: number };

/** The decisions in a source, the newest first. */
export const decisionsInSource = query<{ source: string }, DecisionRow>(
  'suggestions.inSource',
  `SELECT ${columnsOf('suggestion', 'd')} FROM p_suggestion d
   WHERE d.source = $source AND d.deleted IS NOT 1 ORDER BY d.createdAt DESC, d.id DESC`,
);
/** The number of decisions by verdict and by term as written; `learned` counts those on learned suggestions. */
export const decisionsOfCategory = query<
  { category: string },
  { term: string | null; learned: 0 | 1; verdict: string | null; count: number }
>(
  'suggestions.ofCategory',
  `SELECT term, model IS NOT NULL AS learned, verdict, count(*) AS count FROM p_suggestion
   WHERE category = $category AND deleted IS NOT 1 GROUP BY term, learned, verdict ORDER BY term, learned, verdict`,
);
/** The places of a source's passages, one row for each tag; `category` is null for a passage without tags. */
export const placesTagged = query<
  { source: string; layer: string },
  { id: string; start: number; end: number; category: string | null }
>(
  'suggestions.tagged',
  `SELECT p.id, p.start, p."end", t.category FROM p_passage p
   LEFT JOIN p_tag t ON t.passage = p.id AND t.deleted IS NOT 1
   WHERE p.source = $source AND p.onLayer = $layer AND p.deleted IS NOT 1 AND p.start IS NOT NULL AND p."end" IS NOT NULL
   ORDER BY p.start, p."end", p.id`,
);
/** Every tag on words of a source’s present text, by source. */
export const taggedPlaces = query<
  Record<string, never>,
  { source: string; sha256: string | null; passage: string; start: number; end: number; category: string }
>(
  'suggestions.taggedPlaces',
  `SELECT s.id AS source, l.sha256, p.id AS passage, p.start, p."end", t.category FROM p_source s
   JOIN p_layer l ON l.id = s.layer JOIN p_passage p ON p.source = s.id AND p.onLayer = s.layer
   JOIN p_tag t ON t.passage = p.id
   WHERE s.deleted IS NOT 1 AND p.deleted IS NOT 1 AND t.deleted IS NOT 1 AND t.category IS NOT NULL
     AND p.start IS NOT NULL AND p."end" IS NOT NULL
   ORDER BY s.id, p.start, p."end", p.id, t.category`,
);
/** The text of each source that is not in the trash, by source. */
export const layersOfSources = query<Record<string, never>, { layer: string; hash: string | null }>(
  'suggestions.layers',
  `SELECT l.id AS layer, l.sha256 AS hash FROM p_source s JOIN p_layer l ON l.id = s.layer
   WHERE s.deleted IS NOT 1 ORDER BY s.id`,
);
/** The words of passages that are not in the trash. `ids`: a JSON list. */
export const quotesOf = query<{ ids: string }, { id: string; source: string; exact: string | null }>(
  'suggestions.quotes',
  `SELECT p.id, p.source, json_extract(p.anchor, '$.exact') AS exact FROM json_each($ids) i JOIN p_passage p ON p.id = i.value
   JOIN p_source s ON s.id = p.source WHERE p.deleted IS NOT 1 AND s.deleted IS NOT 1`,
);
