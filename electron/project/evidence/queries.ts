import { query } from '../../db/types.ts';
import { LIVE_CATEGORIES } from '../codebook/categories.ts';
import { WHOLE } from '../passages/queries.ts';

/** Reads what the evidence set holds: of all passages, or of a JSON list of them. */

type All = Record<string, never>;
interface Some extends Record<string, string> {
  readonly ids: string;
}
const SOME = 'json_each($ids) i CROSS JOIN';

export interface PlacedRow {
  readonly id: string;
  readonly source: string;
  readonly person: string;
  readonly createdAt: number;
  readonly page: number;
  readonly start: number | null;
}
/** SQL: passages with their place. A passage without a page has no readable anchor; verification lists it. */
const PLACED = `SELECT p.id, p.source, p.person, p.createdAt, p.page, p.start`;
const SHOWN = `p.deleted IS NOT 1 AND ${WHOLE} AND p.page >= 1`;
const IN_INDEX = `p.source IS NOT NULL AND p.deleted IS NOT 1 AND p.page >= 1`;
/** Passages in reading order, which is the order of the index. */
export const placedIn = query<{ source: string }, PlacedRow>(
  'evidence.passagesIn',
  `${PLACED} FROM p_passage p WHERE p.source = $source AND ${SHOWN} ORDER BY p.page, p.start`,
);
/**
 * How many passages each source has, from the index alone; {@link partialPassages} are counted, too. A passage with a page has an anchor.
 * Reading all passages to check their person and layer took five times as long.
 */
export const countsBySource = query<All, { source: string; passages: number }>(
  'evidence.countsBySource',
  `SELECT p.source, count(*) AS passages FROM p_passage p WHERE ${IN_INDEX} GROUP BY p.source`,
);
/** The source of each passage that is counted there but is not in the set, because fields of it are missing. There are hardly any. */
export const partialPassages = query<All, { source: string }>(
  'evidence.partialPassages',
  `SELECT p.source FROM p_passage p WHERE p.person IS NULL AND ${IN_INDEX}
   UNION ALL
   SELECT p.source FROM p_passage p WHERE p.onLayer IS NULL AND p.person IS NOT NULL AND ${IN_INDEX}`,
);
export const somePlaced = query<Some, PlacedRow>(
  'evidence.passagesOf',
  `${PLACED} FROM ${SOME} p_passage p ON p.id = i.value WHERE ${SHOWN}`,
);

/** The text layer that each passage was marked on. */
export const layersOf = query<Some, { id: string; layer: string | null }>(
  'evidence.layersOf',
  `SELECT p.id, coalesce(p.layer, p.onLayer) AS layer FROM ${SOME} p_passage p ON p.id = i.value`,
);

export interface TagOfPassage {
  readonly passage: string;
  readonly category: string;
  readonly person: string;
}
const TAG = 'SELECT t.passage, t.category, t.person';
const TAGGED = `t.deleted IS NOT 1 AND t.person IS NOT NULL AND t.passage IS NOT NULL AND +t.category IN ${LIVE_CATEGORIES}`;
export const someTags = query<Some, TagOfPassage>(
  'evidence.tagsOf',
  `${TAG} FROM ${SOME} p_tag t ON t.passage = i.value WHERE ${TAGGED}`,
);

/** Like `someTags`, with the tags' ids, which few readings need. */
export const someTagIds = query<Some, TagOfPassage & { readonly id: string }>(
  'evidence.tagIdsOf',
  `${TAG}, t.id FROM ${SOME} p_tag t ON t.passage = i.value WHERE ${TAGGED}`,
);

export interface SettingOfPassage {
  readonly passage: string;
  readonly dimension: string;
  readonly value: string;
}
const SET = `t.deleted IS NOT 1 AND t.person IS NOT NULL AND t.passage IS NOT NULL AND t.dimension IS NOT NULL AND t.value IS NOT NULL`;
export const someSettings = query<Some, SettingOfPassage>(
  'evidence.settingsOf',
  `SELECT t.passage, t.dimension, t.value FROM ${SOME} p_setting t ON t.passage = i.value WHERE ${SET}`,
);

/** Passages with a memo, or with a translation that has words. */
const NOTED = 'm.deleted IS NOT 1 AND m.person IS NOT NULL AND m.text IS NOT NULL AND m.target IS NOT NULL';
export const someNoted = query<Some, { passage: string }>(
  'evidence.memosOf',
  `SELECT DISTINCT m.target AS passage FROM ${SOME} p_memo m ON m.target = i.value WHERE ${NOTED}`,
);
const TRANSLATED = `t.deleted IS NOT 1 AND t.language IS NOT NULL AND t.passage IS NOT NULL
  AND iif(json_valid(t.draft), trim(json_extract(t.draft, '$.text'), char(9, 10, 13, 32)) <> '', FALSE)`;
export const someTranslated = query<Some, { passage: string }>(
  'evidence.translationsOf',
  `SELECT DISTINCT t.passage FROM ${SOME} p_translation t ON t.passage = i.value WHERE ${TRANSLATED}`,
);

/** Which kinds of record commits after `c` changed. */
export const kindsSince = query<{ c: number }, { kind: string }>(
  'evidence.kindsSince',
  `SELECT DISTINCT e.kind FROM change_ h CROSS JOIN entity_ e ON e.ent = h.ent WHERE h.c > $c`,
);

export interface SourceColumns {
  readonly id: string;
  readonly title: string | null;
  readonly fileName: string | null;
  readonly kind: string | null;
  readonly publisher: string | null;
  readonly language: string | null;
  readonly documentType: string | null;
  readonly grade: string | null;
  readonly dateOfAct: string | null;
  readonly dateOfDocument: string | null;
  readonly dateOfPublication: string | null;
  readonly dateOfCapture: string | null;
}
export const sourceColumns = query<All, SourceColumns>(
  'evidence.sources',
  `SELECT id, title, fileName, kind, publisher, language, documentType, grade, dateOfAct, dateOfDocument, dateOfPublication, dateOfCapture
   FROM p_source WHERE deleted IS NOT 1 ORDER BY createdAt, id`,
);
export const collectionNames = query<All, { id: string; name: string | null }>(
  'evidence.collections',
  'SELECT id, name FROM p_collection WHERE deleted IS NOT 1 ORDER BY name, id',
);
export const collectionMembers = query<All, { collection: string; source: string }>(
  'evidence.members',
  `SELECT m.collection, m.source FROM p_membership m CROSS JOIN p_collection c ON c.id = m.collection AND c.deleted IS NOT 1
   WHERE m.deleted IS NOT 1 AND m.source IS NOT NULL`,
);
export const codebookCategories = query<
  All,
  { id: string; code: string | null; name: string | null; parent: string | null; archived: number | null }
>(
  'evidence.categories',
  `SELECT id, code, name, parent, archived FROM p_category WHERE deleted IS NOT 1 ORDER BY position, code, id`,
);
export const codebookDimensions = query<
  All,
  { id: string; code: string | null; name: string | null; on: string | null }
>('evidence.dimensions', `SELECT id, code, name, "on" FROM p_dimension WHERE deleted IS NOT 1 ORDER BY position, id`);
export const codebookValues = query<
  All,
  { id: string; dimension: string | null; code: string | null; label: string | null }
>('evidence.values', `SELECT id, dimension, code, label FROM p_value WHERE deleted IS NOT 1 ORDER BY position, id`);

/** The words of passages and of their translations, for finding words in them. */
const QUOTE = `SELECT p.id, iif(json_valid(p.anchor), json_extract(p.anchor, '$.exact'), NULL) AS text`;
/** The words are null for an area. */
export const someQuotes = query<Some, { id: string; text: string | null }>(
  'evidence.quotesOf',
  `${QUOTE} FROM ${SOME} p_passage p ON p.id = i.value`,
);
const DRAFTED = 't.deleted IS NOT 1 AND t.language IS NOT NULL AND t.draft IS NOT NULL AND t.passage IS NOT NULL';
export const someDrafts = query<Some, { passage: string; draft: string }>(
  'evidence.draftsOf',
  `SELECT t.passage, t.draft FROM ${SOME} p_translation t ON t.passage = i.value WHERE ${DRAFTED}`,
);
