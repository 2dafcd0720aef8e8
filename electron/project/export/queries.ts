import { query } from '../../db/types.ts';

/** Every source, including those in the trash: their bytes are evidence of what was once there. */
export const originalsOfSources = query<
  Record<string, never>,
  {
    id: string;
    sha256: string | null;
    mediaType: string | null;
    title: string | null;
    fileName: string | null;
    deleted: number | null;
  }
>(
  'projectFile.originals',
  `SELECT id, sha256, mediaType, title, fileName, deleted FROM p_source WHERE sha256 IS NOT NULL OR fileName IS NOT NULL ORDER BY sha256, deleted IS 1, mediaType IS NULL, mediaType`,
);

/** Other files of sources: those of a saved page's folder (JSON), and the content taken out of an archive to be shown. */
export const belongings = query<Record<string, never>, { id: string; parts: string | null; content: string | null }>(
  'projectFile.belongings',
  `SELECT id, parts, content FROM p_source WHERE parts IS NOT NULL OR content IS NOT NULL ORDER BY id`,
);

export const allLayers = query<Record<string, never>, { id: string; source: string; sha256: string | null }>(
  'projectFile.layers',
  `SELECT id, source, sha256 FROM p_layer WHERE sha256 IS NOT NULL OR source IS NOT NULL ORDER BY id`,
);

export interface PassageRow {
  readonly id: string;
  readonly createdAt: number;
  readonly anchor: string;
  readonly person: string;
  readonly personName: string | null;
  readonly layer: string;
  readonly layerSha256: string | null;
  readonly source: string;
  readonly title: string | null;
  readonly fileName: string | null;
  readonly sha256: string | null;
  readonly mediaType: string | null;
  readonly captureUrl: string | null;
  readonly language: string | null;
  readonly content: string | null;
}
/** Ordered by layer, so that each layer's text is read once. */
export const livePassages = query<Record<string, never>, PassageRow>(
  'projectFile.passages',
  `SELECT p.id, p.createdAt, p.anchor, p.person, w.name AS personName, p.onLayer AS layer, l.sha256 AS layerSha256,
     s.id AS source, s.title, s.fileName, s.sha256, s.mediaType, s.captureUrl, s.language, s.content
   FROM p_passage p JOIN p_source s ON s.id = p.source JOIN p_layer l ON l.id = p.onLayer LEFT JOIN p_person w ON w.id = p.person
   WHERE p.deleted IS NOT 1 AND s.deleted IS NOT 1
   ORDER BY p.onLayer, p.page, p.start, p.id`,
);

export const tagsOf = query<{ passage: string }, { id: string; code: string; name: string; person: string | null }>(
  'projectFile.tags',
  `SELECT t.id, c.code, c.name, w.name AS person FROM p_tag t JOIN p_category c ON c.id = t.category LEFT JOIN p_person w ON w.id = t.person
   WHERE t.passage = $passage AND t.deleted IS NOT 1 ORDER BY c.code, t.id`,
);

export const settingsOf = query<{ passage: string }, { id: string; dimension: string; value: string }>(
  'projectFile.settings',
  `SELECT t.id, d.code AS dimension, v.code AS value FROM p_setting t JOIN p_dimension d ON d.id = t.dimension JOIN p_value v ON v.id = t.value
   WHERE t.passage = $passage AND t.deleted IS NOT 1 ORDER BY d.position, v.position, t.id`,
);

export const memosOf = query<{ passage: string }, { id: string; text: string; person: string | null }>(
  'projectFile.memos',
  `SELECT m.id, m.text, w.name AS person FROM p_memo m LEFT JOIN p_person w ON w.id = m.person
   WHERE m.target = $passage AND m.deleted IS NOT 1 ORDER BY m.createdAt, m.id`,
);

/** Also those in the trash: the log names their files. */
export const filesOfDrafts = query<
  Record<string, never>,
  { id: string; title: string | null; sha256: string | null; text: string | null }
>('projectFile.drafts', 'SELECT id, title, sha256, text FROM p_draft ORDER BY createdAt, id');
