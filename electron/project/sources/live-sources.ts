import { query } from '../../db/types.ts';

/** In the order in which they were added; the same on every replica. */
export const liveSources = query<
  Record<string, never>,
  { id: string; title: string | null; fileName: string | null; language: string | null; layer: string | null }
>(
  'sources.live',
  `SELECT id, title, fileName, language, layer FROM p_source WHERE deleted IS NOT 1 ORDER BY createdAt, id`,
);

/** For use in a statement: the ids of the sources that are not in the trash. */
export const LIVE_SOURCES = '(SELECT id FROM p_source WHERE deleted IS NOT 1)';
