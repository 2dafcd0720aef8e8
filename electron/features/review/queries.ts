import { PLACE, type PlaceRow } from '../../project/passages/places.ts';
import { query } from '../../db/types.ts';

export const peopleOfProject = query<Record<string, never>, { id: string; roles: string | null }>(
  'review.people',
  `SELECT id, roles FROM p_person WHERE deleted IS NOT 1 ORDER BY name, id`,
);

export const sourceOfPassage = query<{ id: string }, { source: string; layer: string | null }>(
  'review.source',
  `SELECT s.id AS source, s.layer FROM p_passage p CROSS JOIN p_source s ON s.id = p.source WHERE p.id = $id`,
);
/** Tags and settings of a passage, including removed ones, which a difference names. */
export const tagRecords = query<{ passage: string }, { id: string; category: string; person: string }>(
  'review.tagRecords',
  `SELECT id, category, person FROM p_tag WHERE passage = $passage AND category IS NOT NULL AND person IS NOT NULL`,
);
export const settingRecords = query<{ passage: string }, { id: string; value: string; person: string }>(
  'review.settingRecords',
  `SELECT id, value, person FROM p_setting WHERE passage = $passage AND value IS NOT NULL AND person IS NOT NULL`,
);
export const translationRecords = query<{ passage: string }, { id: string; language: string | null }>(
  'review.translationRecords',
  `SELECT id, language FROM p_translation WHERE passage = $passage`,
);
export const memoRecords = query<{ passage: string }, { id: string; person: string | null }>(
  'review.memoRecords',
  `SELECT id, person FROM p_memo WHERE target = $passage`,
);
export const decisionRecords = query<{ passage: string }, { id: string }>(
  'review.decisionRecords',
  `SELECT id FROM p_adjudication WHERE passage = $passage`,
);
export const valueWords = query<{ id: string }, { words: string | null }>(
  'review.valueWords',
  `SELECT coalesce(d.name, '') || ': ' || coalesce(v.label, v.code, '') AS words
   FROM p_value v LEFT JOIN p_dimension d ON d.id = v.dimension WHERE v.id = $id`,
);
export const documentTypeWords = query<{ code: string }, { words: string | null }>(
  'review.documentTypeWords',
  `SELECT v.label AS words FROM p_value v CROSS JOIN p_dimension d ON d.id = v.dimension AND d.code = 'doctype' WHERE v.code = $code`,
);
export const layerWords = query<{ id: string }, { words: string | null }>(
  'review.layerWords',
  `SELECT engine || ' ' || version AS words FROM p_layer WHERE id = $id`,
);

export interface CommentRow {
  readonly id: string;
  readonly passage: string;
  readonly parent: string | null;
  readonly text: string;
  readonly mentions: string | null;
  readonly person: string;
  readonly at: number;
  readonly resolved: number | null;
}
const COMMENT = 'id, passage, parent, text, mentions, person, createdAt AS at, resolved';
export const commentsOfPassage = query<{ passage: string }, CommentRow>(
  'review.comments',
  `SELECT ${COMMENT} FROM p_comment
   WHERE passage = $passage AND deleted IS NOT 1 AND text IS NOT NULL AND person IS NOT NULL ORDER BY createdAt, id`,
);
export const commentById = query<{ id: string }, CommentRow>(
  'review.comment',
  `SELECT ${COMMENT} FROM p_comment
   WHERE id = $id AND deleted IS NOT 1 AND passage IS NOT NULL AND text IS NOT NULL AND person IS NOT NULL`,
);

/** What a queue shows of a passage. Removed passages are in no queue. */
export interface QueueRow extends PlaceRow {
  readonly source: string;
  /** The first 201 characters, one more than is shown; null for an area. */
  readonly quote: string | null;
  readonly person: string;
  readonly createdAt: number;
}
const QUEUE_ROW = `p.id, p.source, p.person, p.createdAt, ${PLACE},
  iif(json_valid(p.anchor), substr(json_extract(p.anchor, '$.exact'), 1, 201), NULL) AS quote`;
const WAITS = `p.deleted IS NOT 1 AND p.source IS NOT NULL AND p.onLayer IS NOT NULL AND p.anchor IS NOT NULL AND p.person IS NOT NULL`;
/** Sources, in the trash or not. */
export const sourcesOfQueues = query<Record<string, never>, { id: string }>(
  'review.sourcesOfQueues',
  'SELECT id FROM p_source',
);
export const queueRowsIn = query<{ source: string }, QueueRow>(
  'review.queueRowsIn',
  `SELECT ${QUEUE_ROW} FROM p_passage p WHERE p.source = $source AND ${WAITS}`,
);
export const queueRowsOf = query<{ ids: string }, QueueRow>(
  'review.queueRowsOf',
  `SELECT ${QUEUE_ROW} FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value WHERE ${WAITS}`,
);
/** Mentions in unresolved threads on passages (a JSON list of ids). */
export const openMentions = query<{ ids: string }, { passage: string; mentions: string }>(
  'review.openMentions',
  `SELECT c.passage, c.mentions
   FROM json_each($ids) i CROSS JOIN p_comment c ON c.passage = i.value LEFT JOIN p_comment f ON f.id = c.parent
   WHERE c.deleted IS NOT 1 AND c.text IS NOT NULL AND c.mentions IS NOT NULL
     AND iif(c.parent IS NULL, c.resolved, f.resolved) IS NOT 1`,
);
