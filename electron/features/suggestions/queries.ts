import type { RowOf } from '../../../shared/changes/fields.ts';
import { columnsOf, query } from '../../db/types.ts';

/** A decision, with when it was made (epoch milliseconds). */
export type DecisionRow = RowOf<'suggestion'> & { readonly createdAt: number };

/** The newest first. */
export const decisionsInSource = query<{ source: string }, DecisionRow>(
  'suggestions.inSource',
  `SELECT ${columnsOf('suggestion', 'd')} FROM p_suggestion d
   WHERE d.source = $source AND d.deleted IS NOT 1 ORDER BY d.createdAt DESC, d.id DESC`,
);
/** By term as it was written and by decision: their number. */
export const decisionsOfCategory = query<
  { category: string },
  { term: string | null; verdict: string | null; count: number }
>(
  'suggestions.ofCategory',
  `SELECT term, verdict, count(*) AS count FROM p_suggestion
   WHERE category = $category AND deleted IS NOT 1 GROUP BY term, verdict ORDER BY term, verdict`,
);
/** Where passages of a source are, with each category they are tagged with; one without a tag has null. */
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
export const liveAssignments = query<Record<string, never>, { id: string }>(
  'suggestions.assignments',
  'SELECT id FROM p_assignment WHERE deleted IS NOT 1',
);
