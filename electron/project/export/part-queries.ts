import { query } from '../../db/types.ts';

type None = Record<string, never>;

export const livePassages = query<None, { id: string; source: string; layer: string; person: string | null }>(
  'projectFile.livePassages',
  `SELECT p.id, p.source, p.onLayer AS layer, p.person FROM p_passage p JOIN p_source s ON s.id = p.source
   WHERE p.deleted IS NOT 1 AND s.deleted IS NOT 1`,
);

/** Live passages without their layer, for which SQLite would parse every anchor. */
export const selectablePassages = query<None, { id: string; source: string; person: string | null }>(
  'projectFile.selectablePassages',
  `SELECT p.id, p.source, p.person FROM p_passage p JOIN p_source s ON s.id = p.source
   WHERE p.deleted IS NOT 1 AND s.deleted IS NOT 1`,
);

export const sourceCount = query<None, { sources: number }>(
  'projectFile.sourceCount',
  `SELECT count(*) AS sources FROM p_source WHERE deleted IS NOT 1`,
);

export const liveTags = query<None, { id: string; passage: string; category: string; person: string | null }>(
  'projectFile.liveTags',
  `SELECT t.id, t.passage, t.category, t.person FROM p_tag t JOIN p_category c ON c.id = t.category
   WHERE t.deleted IS NOT 1 AND c.deleted IS NOT 1 AND t.passage IS NOT NULL`,
);

/** The records on passages and sources other than tags, each with its person. A translation's person is its author. */
export const liveBelongings = query<
  None,
  {
    entity: 'setting' | 'memo' | 'review' | 'translation' | 'comment' | 'adjudication' | 'placechoice' | 'notprivate';
    id: string;
    on: string;
    person: string | null;
  }
>(
  'projectFile.liveBelongings',
  `SELECT 'setting' AS entity, id, passage AS "on", person FROM p_setting WHERE deleted IS NOT 1
   UNION ALL SELECT 'memo', id, target, person FROM p_memo WHERE deleted IS NOT 1 AND targetKind IN ('passage', 'source')
   UNION ALL SELECT 'review', id, passage, person FROM p_review WHERE deleted IS NOT 1
   UNION ALL SELECT 'translation', id, passage, draft ->> '$.person' FROM p_translation WHERE deleted IS NOT 1
   UNION ALL SELECT 'comment', id, passage, person FROM p_comment WHERE deleted IS NOT 1
   UNION ALL SELECT 'adjudication', id, passage, person FROM p_adjudication WHERE deleted IS NOT 1
   UNION ALL SELECT 'placechoice', id, source, person FROM p_placechoice WHERE deleted IS NOT 1
   UNION ALL SELECT 'notprivate', id, passage, person FROM p_notprivate WHERE deleted IS NOT 1`,
);

export const layersOfSources = query<None, { id: string; source: string }>(
  'projectFile.layersOfSources',
  `SELECT id, source FROM p_layer WHERE source IS NOT NULL`,
);

/**
 * The sources that are not in the trash. `masked`: whether a file of the source shows something that is masked, in the source itself or in
 * another source that shares its original (pages of one web archive, files of a saved page).
 */
export const showingMasked = query<None, { id: string; masked: number }>(
  'projectFile.showingMasked',
  `WITH m AS (SELECT id, sha256, content FROM p_source WHERE id IN (SELECT source FROM p_mask WHERE deleted IS NOT 1))
   SELECT s.id, s.id IN (SELECT id FROM m) OR s.sha256 IN (SELECT sha256 FROM m WHERE sha256 IS NOT NULL)
     OR (s.content IS NOT NULL AND s.content IN (SELECT content FROM m WHERE content IS NOT NULL))
     OR EXISTS (SELECT 1 FROM json_each(coalesce(s.parts, '[]')) j WHERE j.value ->> '$.sha256' IN (SELECT sha256 FROM m WHERE sha256 IS NOT NULL)) AS masked
   FROM p_source s WHERE s.deleted IS NOT 1`,
);

/** Masks of all people. */
export const masksOfSources = query<None, { id: string; source: string; person: string | null }>(
  'projectFile.masksOfSources',
  `SELECT id, source, person FROM p_mask WHERE source IS NOT NULL AND deleted IS NOT 1`,
);

export const figuresOfSources = query<None, { id: string; source: string }>(
  'projectFile.figuresOfSources',
  `SELECT id, source FROM p_figure WHERE source IS NOT NULL AND deleted IS NOT 1`,
);

/** The statements that people made about figures, each with the source. */
export const figureChecks = query<None, { id: string; figure: string; source: string; person: string | null }>(
  'projectFile.figureChecks',
  `SELECT c.id, c.figure, f.source, c.person FROM p_figurecheck c JOIN p_figure f ON f.id = c.figure AND f.deleted IS NOT 1
   WHERE c.deleted IS NOT 1 AND f.source IS NOT NULL`,
);

/** Each relation with its figures, one a row. */
export const figuresOfRelations = query<None, { id: string; figure: string }>(
  'projectFile.figuresOfRelations',
  `SELECT r.id, j.value AS figure FROM p_relation r
     JOIN json_each(json_insert(coalesce(r.figures -> '$.inputs', '[]'), '$[#]', r.figures ->> '$.printed')) j
   WHERE r.deleted IS NOT 1 AND j.value IS NOT NULL`,
);
export const relationChecks = query<None, { id: string; relation: string; person: string | null }>(
  'projectFile.relationChecks',
  `SELECT id, relation, person FROM p_relationcheck WHERE deleted IS NOT 1 AND relation IS NOT NULL`,
);

/** In the order in which they joined. */
export const allPeople = query<None, { id: string }>(
  'projectFile.people',
  `SELECT id FROM p_person ORDER BY createdAt, id`,
);

/** All removed records, and those that depend on them. */
export const removedRecords = query<None, { id: string }>(
  'projectFile.removed',
  `WITH s AS (SELECT id FROM p_source WHERE deleted = 1),
     p AS (SELECT id FROM p_passage WHERE deleted = 1 OR source IN s),
     c AS (SELECT id FROM p_category WHERE deleted = 1),
     d AS (SELECT id FROM p_dimension WHERE deleted = 1),
     v AS (SELECT id FROM p_value WHERE deleted = 1 OR dimension IN d),
     k AS (SELECT id FROM p_claim WHERE deleted = 1),
     f AS (SELECT id FROM p_figure WHERE deleted = 1 OR source IN s),
     r AS (SELECT id FROM p_relation WHERE deleted = 1)
   SELECT id FROM s UNION ALL SELECT id FROM p UNION ALL SELECT id FROM c
   UNION ALL SELECT id FROM p_layer WHERE source IN s
   UNION ALL SELECT id FROM p_mask WHERE deleted = 1 OR source IN s
   UNION ALL SELECT id FROM p_notprivate WHERE deleted = 1 OR passage IN p
   UNION ALL SELECT id FROM p_tag WHERE deleted = 1 OR passage IN p OR category IN c
   UNION ALL SELECT id FROM p_setting WHERE deleted = 1 OR passage IN p OR dimension IN d OR value IN v
   UNION ALL SELECT id FROM p_memo WHERE deleted = 1 OR target IN s OR target IN p OR target IN c
   UNION ALL SELECT id FROM p_review WHERE deleted = 1 OR passage IN p
   UNION ALL SELECT id FROM p_translation WHERE deleted = 1 OR passage IN p
   UNION ALL SELECT id FROM p_comment WHERE deleted = 1 OR passage IN p
   UNION ALL SELECT id FROM p_adjudication WHERE deleted = 1 OR passage IN p
   UNION ALL SELECT id FROM p_claimlink WHERE deleted = 1 OR passage IN p OR claim IN k
   UNION ALL SELECT id FROM f UNION ALL SELECT id FROM p_figurecheck WHERE deleted = 1 OR figure IN f
   UNION ALL SELECT id FROM r UNION ALL SELECT id FROM p_relationcheck WHERE deleted = 1 OR relation IN r
   UNION ALL SELECT id FROM d UNION ALL SELECT id FROM v UNION ALL SELECT id FROM k`,
);
