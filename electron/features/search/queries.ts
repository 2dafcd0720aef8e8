import { query } from '../../db/types.ts';
import type { CategoryText } from './category-text.ts';

/** The current text layer of every source, including removed ones, so that restoring needs no indexing. */
export const layersToIndex = query<Record<string, never>, { source: string; layer: string; sha256: string }>(
  'search.layers',
  `SELECT s.id AS source, l.id AS layer, l.sha256 FROM p_source s JOIN p_layer l ON l.id = s.layer
   WHERE l.hasText = 1 AND l.sha256 IS NOT NULL ORDER BY s.createdAt, s.id`,
);

export interface NoteRow {
  readonly id: string;
  readonly source: string | null;
  readonly text: unknown;
  /** Where a passage is in its layer; null for what is not in a text. */
  readonly layer: string | null;
  readonly start: number | null;
  readonly end: number | null;
}
const EXACT = `iif(json_valid(p.anchor), json_extract(p.anchor, '$.exact'), NULL) AS text,
   p.onLayer AS layer, p.start, p."end"`;
const MEMO = `m.id, m.text, NULL AS layer, NULL AS start, NULL AS "end", iif(m.targetKind = 'source', m.target, p.source) AS source
   FROM p_memo m LEFT JOIN p_passage p ON m.targetKind = 'passage' AND p.id = m.target`;

/** In reading order, so that the index numbers them in reading order. */
export const quotesOfSource = query<{ source: string }, NoteRow>(
  'search.quotesOfSource',
  `SELECT p.id, p.source, ${EXACT} FROM p_passage p WHERE p.source = $source ORDER BY p.source, p.page, p.start`,
);
export const quotesByIds = query<{ ids: string }, NoteRow>(
  'search.quotes',
  `SELECT p.id, p.source, ${EXACT} FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value`,
);
export const memosAfter = query<{ after: string; limit: number }, NoteRow>(
  'search.memosAfter',
  `SELECT ${MEMO} WHERE m.id > $after ORDER BY m.id LIMIT $limit`,
);
export const memosByIds = query<{ ids: string }, NoteRow>(
  'search.memos',
  `SELECT ${MEMO} WHERE m.id IN (SELECT value FROM json_each($ids))`,
);
/** Memos on changed passages: a memo can be merged before its passage, which determines its source. */
export const memosOnPassages = query<{ ids: string }, NoteRow>(
  'search.memosOn',
  `SELECT ${MEMO} WHERE m.target IN (SELECT value FROM json_each($ids)) AND m.targetKind = 'passage'`,
);
const TRANSLATION = `t.id, iif(json_valid(t.draft), json_extract(t.draft, '$.text'), NULL) AS text, NULL AS layer, NULL AS start,
   NULL AS "end", p.source FROM p_translation t LEFT JOIN p_passage p ON p.id = t.passage`;
const COMMENT = `c.id, c.text, NULL AS layer, NULL AS start, NULL AS "end", p.source
   FROM p_comment c LEFT JOIN p_passage p ON p.id = c.passage`;
const NOTE_QUERIES = (name: string, columns: string, id: string, passage: string) => ({
  after: query<{ after: string; limit: number }, NoteRow>(
    `search.${name}After`,
    `SELECT ${columns} WHERE ${id} > $after ORDER BY ${id} LIMIT $limit`,
  ),
  byIds: query<{ ids: string }, NoteRow>(
    `search.${name}`,
    `SELECT ${columns} WHERE ${id} IN (SELECT value FROM json_each($ids))`,
  ),
  onPassages: query<{ ids: string }, NoteRow>(
    `search.${name}On`,
    `SELECT ${columns} WHERE ${passage} IN (SELECT value FROM json_each($ids))`,
  ),
});
export const translationNotes = NOTE_QUERIES('translations', TRANSLATION, 't.id', 't.passage');
export const commentNotes = NOTE_QUERIES('comments', COMMENT, 'c.id', 'c.passage');
/** Every category, also those in the trash: there are some hundred. */
export const categoryRows = query<Record<string, never>, CategoryText & { readonly id: string }>(
  'search.categories',
  `SELECT id, name, definition, include, exclude, termsZh, termsEn FROM p_category ORDER BY position, id`,
);
export const sourceIds = query<Record<string, never>, { id: string }>(
  'search.sources',
  `SELECT id FROM p_source ORDER BY createdAt, id`,
);
export const countNotes = query<Record<string, never>, { count: number }>(
  'search.countNotes',
  `SELECT (SELECT count(*) FROM p_passage) + (SELECT count(*) FROM p_memo) + (SELECT count(*) FROM p_translation)
     + (SELECT count(*) FROM p_comment) AS count`,
);

export interface PassageRow {
  readonly id: string;
  readonly source: string;
  readonly layer: string;
  readonly anchor: string;
  readonly person: string | null;
}
/** A live passage on a live source. */
export const livePassage = query<{ id: string }, PassageRow>(
  'search.passage',
  `SELECT p.id, p.source, p.onLayer AS layer, p.anchor, p.person FROM p_passage p JOIN p_source s ON s.id = p.source
   WHERE p.id = $id AND p.deleted IS NOT 1 AND s.deleted IS NOT 1 AND p.onLayer IS NOT NULL AND p.anchor IS NOT NULL`,
);
/** Passages that {@link livePassage} leaves out whatever their source, and that can have a quotation. Reads indexes alone. */
export const absentPassages = query<Record<string, never>, { id: string }>(
  'search.absent',
  `SELECT id FROM p_passage WHERE deleted = 1 UNION ALL SELECT id FROM p_passage WHERE onLayer IS NULL`,
);
/** All sources that are not in the trash, with their current layers. */
export const allLiveSources = query<Record<string, never>, { id: string; layer: string | null; sha256: string | null }>(
  'search.liveSources',
  `SELECT s.id, s.layer, l.sha256 FROM p_source s LEFT JOIN p_layer l ON l.id = s.layer WHERE s.deleted IS NOT 1`,
);
/** Whether a passage is there, and who made it: the anchor, which is long, is not read. */
export const isLivePassage = query<{ id: string }, { person: string | null }>(
  'search.isLive',
  `SELECT p.person FROM p_passage p JOIN p_source s ON s.id = p.source
   WHERE p.id = $id AND p.deleted IS NOT 1 AND s.deleted IS NOT 1 AND p.onLayer IS NOT NULL AND p.anchor IS NOT NULL`,
);
/** The places of these live passages (a JSON list). */
export const placesByIds = query<{ ids: string }, { source: string; layer: string; start: number; end: number }>(
  'search.placesByIds',
  `SELECT p.source, p.onLayer AS layer, p.start, p."end" FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value
   WHERE p.deleted IS NOT 1 AND p.onLayer IS NOT NULL AND p.start IS NOT NULL AND p."end" IS NOT NULL`,
);
/** The places of a source's live passages, for finding matches inside some of them. */
export const placesOfSource = query<
  { source: string; layer: string },
  { id: string; person: string | null; start: number; end: number }
>(
  'search.places',
  `SELECT p.id, p.person, p.start, p."end" FROM p_passage p
   WHERE p.source = $source AND p.onLayer = $layer AND p.deleted IS NOT 1 AND p.start IS NOT NULL AND p."end" IS NOT NULL`,
);

export interface MemoRow {
  readonly text: string;
  readonly targetKind: string;
  readonly target: string;
  readonly person: string | null;
}
export const liveMemo = query<{ id: string }, MemoRow>(
  'search.memo',
  `SELECT text, targetKind, target, person FROM p_memo
   WHERE id = $id AND deleted IS NOT 1 AND text IS NOT NULL AND target IS NOT NULL`,
);

export interface WrittenRow {
  readonly text: string;
  readonly passage: string;
  readonly person: string | null;
  readonly language: string | null;
}
export const liveTranslation = query<{ id: string }, WrittenRow>(
  'search.translation',
  `SELECT json_extract(draft, '$.text') AS text, passage, json_extract(draft, '$.person') AS person, language
   FROM p_translation WHERE id = $id AND deleted IS NOT 1 AND json_valid(draft) AND passage IS NOT NULL
     AND json_type(draft, '$.text') = 'text'`,
);
export const liveComment = query<{ id: string }, WrittenRow>(
  'search.comment',
  `SELECT text, passage, person, NULL AS language FROM p_comment
   WHERE id = $id AND deleted IS NOT 1 AND text IS NOT NULL AND passage IS NOT NULL`,
);
export const liveCategory = query<{ id: string }, CategoryText>(
  'search.category',
  `SELECT name, definition, include, exclude, termsZh, termsEn FROM p_category WHERE id = $id AND deleted IS NOT 1`,
);

/** Passages tagged with one of the categories (a JSON list); one with two of them twice. Reads the index alone. */
export const passagesTagged = query<{ categories: string }, { passage: string }>(
  'search.tagged',
  `SELECT t.passage FROM json_each($categories) c CROSS JOIN p_tag t ON t.category = c.value
   WHERE t.deleted IS NOT 1 AND t.passage IS NOT NULL`,
);
/** The same for tags by one of the people (a JSON list). */
export const passagesTaggedBy = query<{ categories: string; people: string }, { passage: string }>(
  'search.taggedBy',
  `SELECT t.passage FROM json_each($categories) c CROSS JOIN p_tag t ON t.category = c.value
   WHERE t.deleted IS NOT 1 AND t.passage IS NOT NULL AND t.person IN (SELECT value FROM json_each($people))`,
);
