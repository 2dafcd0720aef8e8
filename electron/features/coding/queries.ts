import { query } from '../../db/types.ts';
import { LIVE_CATEGORIES } from '../../project/codebook/categories.ts';
import { LIVE_SOURCES } from '../../project/sources/live-sources.ts';

export interface TaggedRow {
  readonly passage: string;
  readonly category: string;
  readonly person: string;
  readonly source: string;
  readonly layer: string;
  /** Null for an area, which has no words. */
  readonly start: number | null;
  readonly end: number | null;
}
/** Every live tag of the project with the place of its passage, unordered. */
export const taggedPlaces = query<Record<string, never>, TaggedRow & { readonly id: string }>(
  'coding.taggedPlaces',
  `SELECT t.id, t.passage, t.category, t.person, p.source, p.onLayer AS layer, p.start, p.end
   FROM p_tag t CROSS JOIN p_passage p ON p.id = t.passage
   WHERE t.deleted IS NOT 1 AND t.person IS NOT NULL AND p.deleted IS NOT 1 AND p.onLayer IS NOT NULL
     AND +t.category IN ${LIVE_CATEGORIES}
     AND p.source IN ${LIVE_SOURCES}`,
);

/** All tags on passages of sources, including removed ones. */
export const tagsOnSources = query<{ sources: string }, { id: string; passage: string; person: string }>(
  'coding.tagsOnSources',
  `SELECT t.id, t.passage, t.person
   FROM json_each($sources) s CROSS JOIN p_passage p ON p.source = s.value CROSS JOIN p_tag t ON t.passage = p.id
   WHERE t.person IS NOT NULL`,
);

/** Live passages that have a second-coding step. */
export const secondCodedPassages = query<Record<string, never>, { id: string; source: string }>(
  'coding.secondCoded',
  `SELECT DISTINCT p.id, p.source FROM p_review r CROSS JOIN p_passage p ON p.id = r.passage
   WHERE r.state = 'second-coded' AND r.deleted IS NOT 1 AND p.deleted IS NOT 1
     AND p.source IN ${LIVE_SOURCES}`,
);

export interface PlaceRow {
  readonly id: string;
  readonly source: string;
  readonly layer: string;
  readonly start: number;
  readonly end: number;
}
/** The live text passages. */
export const passagePlaces = query<Record<string, never>, PlaceRow>(
  'coding.passagePlaces',
  `SELECT id, source, onLayer AS layer, start, "end" FROM p_passage
   WHERE deleted IS NOT 1 AND onLayer IS NOT NULL AND start IS NOT NULL AND "end" > start AND person IS NOT NULL
     AND source IN ${LIVE_SOURCES}`,
);
export const passagePlace = query<
  { id: string },
  { id: string; source: string; layer: string; start: number | null; end: number | null }
>(
  'coding.passagePlace',
  `SELECT id, source, onLayer AS layer, start, "end" FROM p_passage
   WHERE id = $id AND deleted IS NOT 1 AND source IS NOT NULL AND onLayer IS NOT NULL`,
);

export const layersOfSources = query<{ sources: string }, { id: string }>(
  'coding.layers',
  `SELECT l.id FROM json_each($sources) s CROSS JOIN p_layer l ON l.source = s.value WHERE l.deleted IS NOT 1`,
);
export interface AssignmentRow {
  readonly id: string;
  readonly name: string | null;
  readonly coder: string | null;
  readonly coderName: string | null;
  readonly person: string | null;
  readonly unit: string | null;
  readonly sample: string | null;
  readonly seed: number | null;
  readonly codebook: string | null;
  readonly leadDone: number | null;
  readonly coderDone: number | null;
  readonly createdAt: number;
}
const ASSIGNMENT = 'id, name, coder, coderName, person, unit, sample, seed, codebook, leadDone, coderDone, createdAt';
export const assignments = query<Record<string, never>, AssignmentRow>(
  'coding.assignments',
  `SELECT ${ASSIGNMENT} FROM p_assignment WHERE deleted IS NOT 1 AND person IS NOT NULL ORDER BY createdAt, id`,
);
export const removedAssignments = query<Record<string, never>, AssignmentRow>(
  'coding.removedAssignments',
  `SELECT ${ASSIGNMENT} FROM p_assignment WHERE deleted = 1 AND person IS NOT NULL ORDER BY createdAt, id`,
);

export interface AdjudicationRow {
  readonly id: string;
  readonly passage: string | null;
  readonly categories: string | null;
  readonly compared: string | null;
  readonly reason: string | null;
  readonly person: string | null;
  readonly deleted: number | null;
  readonly createdAt: number;
}
/** Oldest first; the newest of a passage counts. */
export const adjudications = query<Record<string, never>, AdjudicationRow>(
  'coding.adjudications',
  `SELECT a.id, a.passage, a.categories, a.compared, a.reason, a.person, a.deleted, a.createdAt
   FROM p_adjudication a JOIN p_passage p ON p.id = a.passage AND p.deleted IS NOT 1
   WHERE a.deleted IS NOT 1 ORDER BY a.createdAt, a.id`,
);

export interface TagRow {
  readonly id: string;
  readonly passage: string;
  readonly category: string;
  readonly person: string;
  readonly confirmed: string | null;
  readonly source: string;
  readonly quote: string | null;
}
/** Live tags on live passages, with the quotation. */
export const liveTags = query<Record<string, never>, TagRow>(
  'coding.tags',
  `SELECT t.id, t.passage, t.category, t.person, t.confirmed, p.source, iif(json_valid(p.anchor), p.anchor ->> '$.exact', NULL) AS quote
   FROM p_tag t CROSS JOIN p_passage p ON p.id = t.passage
   WHERE t.deleted IS NOT 1 AND t.person IS NOT NULL AND t.category IS NOT NULL AND p.deleted IS NOT 1
     AND p.source IN ${LIVE_SOURCES}
   ORDER BY p.source, p.page, p.start, t.createdAt, t.id`,
);
/** One person's live tags of a category on a passage; can be two, made on two computers. */
export const ownTags = query<{ passage: string; category: string; person: string }, { id: string }>(
  'coding.ownTags',
  `SELECT id FROM p_tag WHERE passage = $passage AND category = $category AND person = $person AND deleted IS NOT 1`,
);
