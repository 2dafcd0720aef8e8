import { query } from '../../db/types.ts';

/** The words of passages, for a JSON list of ids; null for an area. */
export const quotesOf = query<{ ids: string }, { id: string; text: string | null }>(
  'evidence.quotesOf',
  `SELECT p.id, iif(json_valid(p.anchor), json_extract(p.anchor, '$.exact'), NULL) AS text
   FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value`,
);
