import type { Entity } from '../../../shared/changes/kinds.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import { CITED_FIELDS, type CitedField } from '../../../shared/review/basis.ts';
import { idTextSql } from '../../db/ids.ts';
import { query } from '../../db/types.ts';
import { type Definition, DEFINITION_FIELDS } from '../codebook/digest.ts';
import type { ContributionKind } from '../../../shared/review/move.ts';

/** Reads the review of passages from the log and its projections, for a JSON list of ids at once. */

export interface MoveRow {
  readonly id: string;
  readonly passage: string;
  readonly state: string | null;
  readonly comment: string | null;
  readonly basis: string | null;
  readonly confirmed: string | null;
  readonly person: string | null;
  /** 1 if it was removed. */
  readonly deleted: number | null;
}
export const movesOfPassages = query<{ ids: string }, MoveRow>(
  'review.moves',
  `SELECT r.id, r.passage, r.state, r.comment, r.basis, r.confirmed, r.person, r.deleted
   FROM json_each($ids) i CROSS JOIN p_review r ON r.passage = i.value`,
);
export const movesByIds = query<{ ids: string }, MoveRow>(
  'review.movesByIds',
  `SELECT r.id, r.passage, r.state, r.comment, r.basis, r.confirmed, r.person, r.deleted
   FROM json_each($ids) i CROSS JOIN p_review r ON r.id = i.value`,
);
/** From the index alone. */
export const passagesWithMoves = query<Record<string, never>, { passage: string }>(
  'review.passagesWithMoves',
  `SELECT DISTINCT passage FROM p_review WHERE passage IS NOT NULL`,
);

const PASSAGE_OF_MOVE = `(SELECT field FROM field_ WHERE entity = 'review' AND name = 'passage')`;
const isWrittenTwice = (ent: string): string =>
  `(SELECT count(*) FROM change_ h WHERE h.ent = ${ent} AND h.field = ${PASSAGE_OF_MOVE}) > 1`;
/** Moves whose passage was written more than once. Reads every move, but no other change. */
export const movesOfSeveralPassages = query<Record<string, never>, { id: string }>(
  'review.movesOfSeveralPassages',
  `SELECT r.id FROM p_review r
   CROSS JOIN entity_ e ON e.id = unhex(replace(r.id, '-', '')) AND e.kind = 'review'
   WHERE ${isWrittenTwice('e.ent')}`,
);
/**
 * The same, at least once after commit `c`. The commits come first: else SQLite scans an index of all changes, which
 * takes 23 ms for a million.
 */
export const movesOfSeveralPassagesSince = query<{ c: number }, { id: string }>(
  'review.movesOfSeveralPassagesSince',
  `SELECT r.id FROM (SELECT DISTINCT h.ent FROM commit_ m CROSS JOIN change_ h ON h.c = m.c AND h.field = ${PASSAGE_OF_MOVE}
     WHERE m.c > $c) a
   CROSS JOIN entity_ e ON e.ent = a.ent
   CROSS JOIN p_review r ON r.id = ${idTextSql('e.id')}
   WHERE ${isWrittenTwice('a.ent')}`,
);

export interface Signature {
  readonly id: string;
  /** Hex, as the key is. */
  readonly commit: CommitHash;
  readonly key: string;
  readonly at: number;
  readonly clock: number;
  /** 0 if a later commit changed the record, too. */
  readonly alone: number;
}
/**
 * The first commit that wrote a move, whatever its kind: anyone could make a commit that restates what others wrote, so the key
 * that signed it counts. Measured: 20 ms for 9,000 moves.
 */
export const signaturesOfMoves = query<{ ids: string }, Signature>(
  'review.signatures',
  `SELECT h.id, lower(hex(m.hash)) AS "commit", lower(hex(k.key)) AS "key", m.wall AS at, m.clock, h.first = h.last AS alone
   FROM (SELECT i.value AS id, min(h.c) AS first, max(h.c) AS last
         FROM json_each($ids) i
         CROSS JOIN entity_ e ON e.id = unhex(replace(i.value, '-', '')) AND e.kind = 'review'
         CROSS JOIN change_ h ON h.ent = e.ent
         GROUP BY i.key) h
   CROSS JOIN commit_ m ON m.c = h.first CROSS JOIN replica_ k ON k.replica = m.replica`,
);

export interface TranslationRow {
  readonly id: string;
  readonly passage: string;
  readonly language: string;
  readonly draft: string;
}
export const translationsOfPassages = query<{ ids: string }, TranslationRow>(
  'review.translations',
  `SELECT t.id, t.passage, t.language, t.draft
   FROM json_each($ids) i CROSS JOIN p_translation t ON t.passage = i.value
   WHERE t.deleted IS NOT 1 AND t.language IS NOT NULL AND t.draft IS NOT NULL
   ORDER BY t.language, t.id`,
);
/** When each text of a translation was written; the last one of each translation counts. */
export const timesOfDrafts = query<{ ids: string }, Pick<Signature, 'id' | 'at'>>(
  'review.draftTimes',
  `SELECT i.value AS id, m.wall AS at
   FROM json_each($ids) i
   CROSS JOIN entity_ e ON e.id = unhex(replace(i.value, '-', '')) AND e.kind = 'translation'
   CROSS JOIN change_ h ON h.ent = e.ent
     AND h.field = (SELECT field FROM field_ WHERE entity = 'translation' AND name = 'draft')
   CROSS JOIN commit_ m ON m.c = h.c
   ORDER BY m.clock, m.hash`,
);

export interface ContributionRow extends Pick<Signature, 'commit' | 'key'> {
  readonly passage: string;
  /** The record that was written. */
  readonly id: string;
  readonly kind: ContributionKind;
  readonly field: string;
  /** Null for the place of a passage. */
  readonly value: string | null;
}
/** Changes of these fields of records of one kind; `records` selects the passage and id of each. */
const contributionsIn = (entity: Entity, kind: ContributionKind, records: string, fields: string): string =>
  `SELECT r.passage, r.id, '${kind}' AS kind, f.name AS field, h.value, h.c
   FROM json_each($ids) i CROSS JOIN ${records}
   CROSS JOIN entity_ e ON e.id = unhex(replace(r.id, '-', '')) AND e.kind = '${entity}'
   CROSS JOIN change_ h ON h.ent = e.ent
   CROSS JOIN field_ f ON f.field = h.field AND f.name IN (${fields})`;
const child = (table: string, which = 'r.deleted IS NOT 1'): string => `${table} r ON r.passage = i.value AND ${which}`;
/**
 * Signed changes of passages’ places, live tags and attributes, all decisions, and live translations, oldest first.
 * Measured: 0.4 s for 20,000 passages with two tags each.
 */
export const contributionsOnPassages = query<{ ids: string }, ContributionRow>(
  'review.contributions',
  `SELECT a.passage, a.id, a.kind, a.field, a.value, lower(hex(m.hash)) AS "commit", lower(hex(k.key)) AS "key"
   FROM (
     SELECT i.value AS passage, i.value AS id, 'place' AS kind, 'anchor' AS field, NULL AS value, h.c
     FROM json_each($ids) i
     CROSS JOIN entity_ e ON e.id = unhex(replace(i.value, '-', '')) AND e.kind = 'passage'
     CROSS JOIN change_ h ON h.ent = e.ent
       AND h.field = (SELECT field FROM field_ WHERE entity = 'passage' AND name = 'anchor')
     UNION ALL ${contributionsIn('tag', 'tags', child('p_tag'), `'category', 'person', 'passage', 'deleted'`)}
     UNION ALL ${contributionsIn('setting', 'settings', child('p_setting'), `'value', 'person', 'passage', 'deleted'`)}
     UNION ALL ${contributionsIn('adjudication', 'decision', child('p_adjudication', 'true'), `'categories', 'person'`)}
     UNION ALL ${contributionsIn('translation', 'translation', child('p_translation'), `'draft'`)}) a
   CROSS JOIN commit_ m ON m.c = a.c CROSS JOIN replica_ k ON k.replica = m.replica
   ORDER BY m.clock, m.hash`,
);

export const commentCounts = query<{ ids: string }, { passage: string; comments: number }>(
  'review.commentCounts',
  `SELECT c.passage, count(*) AS comments
   FROM json_each($ids) i CROSS JOIN p_comment c ON c.passage = i.value
   WHERE c.deleted IS NOT 1 AND c.text IS NOT NULL AND c.person IS NOT NULL
   GROUP BY c.passage`,
);

/** A basis without its translations. */
export interface BasisRow {
  readonly id: string;
  readonly state: string | null;
  readonly anchor: string;
  readonly layer: string;
  readonly source: string;
  readonly current: string | null;
  readonly person: string;
}
export const basisRowsOfPassages = query<{ ids: string }, BasisRow>(
  'review.basisRows',
  `SELECT p.id, p.state, p.anchor, p.onLayer AS layer, p.source, s.layer AS current, p.person
   FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value LEFT JOIN p_source s ON s.id = p.source
   WHERE p.anchor IS NOT NULL AND p.onLayer IS NOT NULL AND p.person IS NOT NULL AND p.source IS NOT NULL`,
);
/** The fields of sources that a citation prints. */
export const citedRecords = query<
  { ids: string },
  Readonly<Record<CitedField, string | null>> & { readonly id: string }
>(
  'review.citedRecords',
  `SELECT s.id, ${CITED_FIELDS.map((field) => `s.${field}`).join(', ')}
   FROM json_each($ids) i CROSS JOIN p_source s ON s.id = i.value`,
);
/** The definitions of these categories. */
export const definitionsOfCategories = query<
  { ids: string },
  Partial<Record<keyof Definition, string | null>> & { id: string; archived: number | null }
>(
  'review.definitions',
  `SELECT c.id, c.name, c.definition, c.include, c.exclude, c.archived
   FROM json_each($ids) i CROSS JOIN p_category c ON c.id = i.value`,
);
export interface DecisionRow {
  readonly id: string;
  readonly passage: string;
  readonly categories: string;
  readonly person: string;
  readonly deleted: number | null;
}
/** Decisions where coders differed; the newest counts, of those that {@link asSigned} gives. */
export const decisionsOfPassages = query<{ ids: string }, DecisionRow>(
  'review.decisions',
  `SELECT a.id, a.passage, a.categories, a.person, a.deleted
   FROM json_each($ids) i CROSS JOIN p_adjudication a ON a.passage = i.value
   WHERE a.deleted IS NOT 1 AND a.person IS NOT NULL AND a.categories IS NOT NULL
   ORDER BY a.createdAt, a.id`,
);

/** Passages that commits after `c` changed, directly or through their tags, comments, source or categories. */
export const passagesSince = query<{ c: number }, { passage: string | null }>(
  'review.passagesSince',
  `WITH changed AS MATERIALIZED (
     SELECT DISTINCT e.kind, e.id AS bytes FROM change_ h CROSS JOIN entity_ e ON e.ent = h.ent WHERE h.c > $c),
   named AS MATERIALIZED (
     SELECT kind, ${idTextSql('bytes')} AS id FROM changed)
   SELECT id AS passage FROM named WHERE kind = 'passage'
   UNION SELECT t.passage FROM named n CROSS JOIN p_tag t ON t.id = n.id WHERE n.kind = 'tag'
   UNION SELECT t.passage FROM named n CROSS JOIN p_setting t ON t.id = n.id WHERE n.kind = 'setting'
   UNION SELECT t.target FROM named n CROSS JOIN p_memo t ON t.id = n.id WHERE n.kind = 'memo'
   UNION SELECT t.passage FROM named n CROSS JOIN p_review t ON t.id = n.id WHERE n.kind = 'review'
   UNION SELECT t.passage FROM named n CROSS JOIN p_translation t ON t.id = n.id WHERE n.kind = 'translation'
   UNION SELECT t.passage FROM named n CROSS JOIN p_comment t ON t.id = n.id WHERE n.kind = 'comment'
   UNION SELECT t.passage FROM named n CROSS JOIN p_adjudication t ON t.id = n.id WHERE n.kind = 'adjudication'
   UNION SELECT p.id FROM named n CROSS JOIN p_passage p ON p.source = n.id WHERE n.kind = 'source'
   UNION SELECT t.passage FROM change_ h CROSS JOIN entity_ e ON e.ent = h.ent AND e.kind = 'category'
     CROSS JOIN field_ f ON f.field = h.field AND f.name IN (${['deleted', 'archived', ...DEFINITION_FIELDS].map((name) => `'${name}'`).join(', ')})
     CROSS JOIN named n ON n.kind = 'category' AND replace(n.id, '-', '') = lower(hex(e.id))
     CROSS JOIN p_tag t ON t.category = n.id WHERE h.c > $c`,
);
