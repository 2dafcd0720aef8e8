import { query } from '../../db/types.ts';

/** In the order in which they were added; the same on every replica. */
export const liveSources = query<
  Record<string, never>,
  { id: string; title: string | null; fileName: string | null; language: string | null; layer: string | null }
>(
  'sources.live',
  `SELECT id, title, fileName, language, layer FROM p_source WHERE deleted IS NOT 1 ORDER BY createdAt, id`,
);

/** A source that is not in the trash, with its current text layer. `sha256` is null if the layer has no file here. */
export const liveSource = query<{ id: string }, { layer: string | null; sha256: string | null }>(
  'sources.liveById',
  `SELECT s.layer, l.sha256 FROM p_source s LEFT JOIN p_layer l ON l.id = s.layer
   WHERE s.id = $id AND s.deleted IS NOT 1`,
);

/** For use in a statement: the ids of the sources that are not in the trash. */
export const LIVE_SOURCES = '(SELECT id FROM p_source WHERE deleted IS NOT 1)';
