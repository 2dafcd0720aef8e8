import { query } from '../../db/types.ts';
import { COLUMNS, type PassageRow, WHOLE } from '../passages/queries.ts';

type None = Record<string, never>;

export interface ClaimRow {
  readonly id: string;
  readonly text: string | null;
  readonly person: string | null;
  readonly createdAt: number;
}
export const allClaims = query<None, ClaimRow>(
  'claims.all',
  'SELECT id, text, person, createdAt FROM p_claim WHERE deleted IS NOT 1 ORDER BY createdAt, id',
);

export interface LinkRow {
  readonly id: string;
  readonly claim: string;
  readonly passage: string;
  readonly relation: string | null;
  readonly answer: string | null;
}
/** Links in the order they were made, whether or not their passage is in the trash. */
export const allLinks = query<None, LinkRow>(
  'claims.links',
  `SELECT id, claim, passage, relation, answer FROM p_claimlink
   WHERE deleted IS NOT 1 AND claim IS NOT NULL AND passage IS NOT NULL ORDER BY createdAt, id`,
);

/** The passages of a JSON list of ids that are not in the trash, nor their sources. */
export const linkedPassages = query<{ ids: string }, PassageRow>(
  'claims.passages',
  `SELECT ${COLUMNS} FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value
   JOIN p_source s ON s.id = p.source AND s.deleted IS NOT 1
   WHERE p.deleted IS NOT 1 AND ${WHOLE}`,
);
