import { query } from '../../db/types.ts';

export const totals = query<Record<string, never>, { sources: number; passages: number; bytes: number }>(
  'project.totals',
  `SELECT (SELECT count(*) FROM p_source WHERE deleted IS NOT 1) AS sources,
     (SELECT count(*) FROM p_passage p JOIN p_source s ON s.id = p.source WHERE p.deleted IS NOT 1 AND s.deleted IS NOT 1) AS passages,
     (SELECT coalesce(sum(bytes), 0) FROM (SELECT max(bytes) AS bytes FROM p_source WHERE deleted IS NOT 1 GROUP BY sha256)) AS bytes`,
);

/** Each run of edits of one key in one folder: its first commit and its newest. */
export const chainsOfLog = query<Record<string, never>, { first: string; tip: string; edits: number; key: string }>(
  'project.chains',
  `SELECT lower(hex(f.hash)) AS first, lower(hex(t.hash)) AS tip, t.seq AS edits, lower(hex(r."key")) AS "key"
   FROM chain_ n CROSS JOIN commit_ t ON t.c = n.tip CROSS JOIN commit_ f ON f.chain = n.chain AND f.seq = 1
   CROSS JOIN replica_ r ON r.replica = n.replica`,
);

/**
 * The edits that are here without all of their content. The headers of blind copies (kind 2) are always without, since the log has what
 * they repeat.
 */
export const withheldEdits = query<Record<string, never>, { edits: number; newest: string | null }>(
  'project.withheldEdits',
  `WITH withheld AS (SELECT c, hash FROM commit_ WHERE seed IS NULL AND kind = 1)
   SELECT count(*) AS edits, (SELECT lower(hex(hash)) FROM withheld ORDER BY c DESC LIMIT 1) AS newest FROM withheld`,
);

/** Sources to verify, including removed ones, since their files are still in the project. */
export interface OriginalRow {
  readonly id: string;
  readonly sha256: string;
  readonly title: string | null;
  readonly fileName: string | null;
  readonly parts: string | null;
  readonly content: string | null;
  readonly archive: string | null;
}
export const originalsToVerify = query<Record<string, never>, OriginalRow>(
  'project.originals',
  `SELECT id, sha256, title, fileName, parts, content, archive FROM p_source WHERE sha256 IS NOT NULL ORDER BY id`,
);
export interface LayerRow {
  readonly id: string;
  readonly sha256: string;
  readonly frozen: string | null;
  readonly source: string | null;
  readonly options: string | null;
  /** The original of its source if that is a text file, not a page of an archive. */
  readonly textFile: string | null;
}
export const layersToVerify = query<Record<string, never>, LayerRow>(
  'project.layers',
  `SELECT l.id, l.sha256, l.frozen, l.source, l.options, iif(s.kind = 'text' AND s.archive IS NULL, s.sha256, NULL) AS textFile
   FROM p_layer l LEFT JOIN p_source s ON s.id = l.source WHERE l.sha256 IS NOT NULL ORDER BY l.id`,
);

/** `removed`: 1 in the trash, 0 otherwise. `isElsewhere`: 1 if the layer is another source’s than the one that the record names. */
export interface AnchorRow {
  readonly id: string;
  readonly anchor: string;
  readonly removed: 0 | 1;
  readonly isElsewhere: 0 | 1;
}

/**
 * The passages on a layer, one layer after the other. Read all at once, 100,000 took 100 MB more of memory, and were sorted with
 * their text.
 */
export const passagesToVerify = query<{ layer: string }, AnchorRow>(
  'project.passagesOnLayer',
  `SELECT id, anchor, deleted IS 1 AS removed,
     ifnull(source <> (SELECT source FROM p_layer WHERE id = $layer), 0) AS isElsewhere
   FROM p_passage WHERE onLayer = $layer AND anchor IS NOT NULL`,
);
export const layersOfPassages = query<Record<string, never>, { layer: string }>(
  'project.layersOfPassages',
  'SELECT DISTINCT onLayer AS layer FROM p_passage WHERE onLayer IS NOT NULL',
);

export const figuresToVerify = query<Record<string, never>, AnchorRow & { layer: string }>(
  'project.figuresOnLayers',
  `SELECT id, layer, anchor, deleted IS 1 AS removed,
     EXISTS (SELECT 1 FROM p_layer l WHERE l.id = r.layer AND l.source <> r.source) AS isElsewhere
   FROM p_figure r WHERE anchor IS NOT NULL AND layer IS NOT NULL`,
);

/** The files of all versions of drafts, also those in the trash. */
export interface DraftFiles {
  readonly id: string;
  readonly title: string | null;
  readonly fileName: string | null;
  readonly sha256: string | null;
  readonly text: string | null;
  /** 1 in the trash, 0 otherwise. */
  readonly removed: 0 | 1;
}
export const draftsToVerify = query<Record<string, never>, DraftFiles>(
  'project.drafts',
  'SELECT id, title, fileName, sha256, text, deleted IS 1 AS removed FROM p_draft ORDER BY id',
);
