import type { RowOf } from '../../../shared/changes/fields.ts';
import { columnsOf, query } from '../../db/types.ts';

type None = Record<string, never>;

/** Everything here is without what is in the trash. */
export const sourcesToExchange = query<None, RowOf<'source'>>(
  'exchange.sources',
  `SELECT ${columnsOf('source', 's')} FROM p_source s WHERE s.deleted IS NOT 1 ORDER BY s.createdAt, s.id`,
);

/** PDFs, as far as their bytes tell which one a file is. */
export const pdfWithBytesOf = query<
  None,
  { id: string; layer: string | null; sha256: string; content: string | null; bytes: number }
>(
  'exchange.pdfs',
  `SELECT id, layer, sha256, content, coalesce(bytes, 0) AS bytes FROM p_source
   WHERE kind = 'pdf' AND sha256 IS NOT NULL AND deleted IS NOT 1 ORDER BY createdAt, id`,
);

/** The SHA-256 of text layers, by id. */
export const layerFiles = query<None, { id: string; sha256: string | null; engine: string | null }>(
  'exchange.layers',
  'SELECT id, sha256, engine FROM p_layer',
);

/** In reading order. `start` and `end` are UTF-16 code units of the layer’s text, null for an area; `area` is JSON. */
export interface PassageRow {
  readonly id: string;
  readonly source: string;
  readonly layer: string | null;
  readonly person: string | null;
  /** Epoch ms. */
  readonly at: number;
  readonly page: number | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly exact: string | null;
  readonly area: string | null;
}
const LIVE_PASSAGES = `p_passage p JOIN p_source s ON s.id = p.source
   WHERE p.deleted IS NOT 1 AND s.deleted IS NOT 1 AND json_valid(p.anchor)`;
export const passagesToExchange = query<{ source: string }, PassageRow>(
  'exchange.passages',
  `SELECT p.id, p.source, p.onLayer AS layer, p.person, p.createdAt AS at, p.page, p.start, p."end",
     p.anchor ->> '$.exact' AS exact, p.anchor -> '$.area' AS area
   FROM ${LIVE_PASSAGES} AND p.source = $source ORDER BY p.page, p.start, p.id`,
);
/** The passages of the whole project, and those among `ids`. */
export const passageIdsToExchange = query<None, { id: string }>(
  'exchange.passageIds',
  `SELECT p.id FROM ${LIVE_PASSAGES}`,
);
export const passagesAmong = query<{ ids: string }, { id: string }>(
  'exchange.passagesAmong',
  `SELECT p.id FROM json_each($ids) i CROSS JOIN ${LIVE_PASSAGES} AND p.id = i.value`,
);

export interface TagRow {
  readonly id: string;
  readonly passage: string;
  readonly category: string;
  readonly person: string | null;
  readonly at: number;
}
const LIVE_TAGS = `p_tag t JOIN p_category c ON c.id = t.category
   WHERE t.deleted IS NOT 1 AND c.deleted IS NOT 1 AND t.passage IS NOT NULL`;
const TAG = 't.id, t.passage, t.category, t.person, t.createdAt AS at';
const BY_AGE = 'ORDER BY t.createdAt, t.id';
export const tagsToExchange = query<None, TagRow>('exchange.tags', `SELECT ${TAG} FROM ${LIVE_TAGS} ${BY_AGE}`);
export const tagIdsToExchange = query<None, { id: string }>('exchange.tagIds', `SELECT t.id FROM ${LIVE_TAGS}`);
/** Tags and passages of the whole project. */
export const numbersToExchange = query<None, { passages: number; tags: number }>(
  'exchange.numbers',
  `SELECT (SELECT count(*) FROM ${LIVE_PASSAGES}) AS passages, (SELECT count(*) FROM ${LIVE_TAGS}) AS tags`,
);
export const tagsOnPassages = query<{ ids: string }, TagRow>(
  'exchange.tagsOn',
  `SELECT ${TAG} FROM json_each($ids) i CROSS JOIN ${LIVE_TAGS} AND t.passage = i.value ${BY_AGE}`,
);
/** Values of dimensions on passages: as tags whose category is the value. */
const SETTING = 't.id, t.passage, t.value AS category, t.person, t.createdAt AS at';
const LIVE_SETTINGS = `p_setting t JOIN p_dimension d ON d.id = t.dimension JOIN p_value v ON v.id = t.value
   WHERE t.deleted IS NOT 1 AND d.deleted IS NOT 1 AND v.deleted IS NOT 1 AND t.passage IS NOT NULL`;
export const settingsToExchange = query<None, TagRow>(
  'exchange.settings',
  `SELECT ${SETTING} FROM ${LIVE_SETTINGS} ${BY_AGE}`,
);
export const settingsOnPassages = query<{ ids: string }, TagRow>(
  'exchange.settingsOn',
  `SELECT ${SETTING} FROM json_each($ids) i CROSS JOIN ${LIVE_SETTINGS} AND t.passage = i.value ${BY_AGE}`,
);

/** A text that hangs on a passage, source, category or the project. */
export interface NoteRow {
  readonly entity: 'memo' | 'translation' | 'comment';
  readonly id: string;
  readonly on: string;
  readonly text: string;
  readonly language: string | null;
  readonly person: string | null;
  readonly at: number;
  readonly onCategory: number;
}
export const notesToExchange = query<None, NoteRow>(
  'exchange.notes',
  `SELECT 'memo' AS entity, id, target AS "on", text, NULL AS language, person, createdAt AS at, targetKind = 'category' AS onCategory
     FROM p_memo WHERE deleted IS NOT 1 AND target IS NOT NULL AND text IS NOT NULL
   UNION ALL SELECT 'translation', id, passage, draft ->> '$.text', language, draft ->> '$.person', createdAt, 0
     FROM p_translation WHERE deleted IS NOT 1 AND passage IS NOT NULL AND draft ->> '$.text' IS NOT NULL
   UNION ALL SELECT 'comment', id, passage, text, NULL, person, createdAt, 0
     FROM p_comment WHERE deleted IS NOT 1 AND passage IS NOT NULL AND text IS NOT NULL
   ORDER BY at, id`,
);

export const dimensionsToExchange = query<
  None,
  { id: string; name: string | null; code: string | null; note: string | null }
>(
  'exchange.dimensions',
  `SELECT id, name, code, note FROM p_dimension WHERE deleted IS NOT 1 AND "on" IS NOT 'source' ORDER BY position, id`,
);
export const valuesToExchange = query<
  None,
  { id: string; dimension: string; label: string | null; code: string | null; note: string | null }
>(
  'exchange.values',
  `SELECT v.id, v.dimension, v.label, v.code, v.note FROM p_value v JOIN p_dimension d ON d.id = v.dimension
   WHERE v.deleted IS NOT 1 AND d.deleted IS NOT 1 AND d."on" IS NOT 'source' ORDER BY v.position, v.id`,
);

/** Codes of dimensions, also of those in the trash. */
export const codesOfDimensions = query<None, { code: string }>(
  'exchange.dimensionCodes',
  'SELECT code FROM p_dimension WHERE code IS NOT NULL',
);

export const collectionsToExchange = query<None, { id: string; name: string | null; source: string | null }>(
  'exchange.collections',
  `SELECT c.id, c.name, m.source FROM p_collection c LEFT JOIN p_membership m ON m.collection = c.id AND m.deleted IS NOT 1
   WHERE c.deleted IS NOT 1 ORDER BY c.createdAt, c.id, m.source`,
);

/** Kinds of records that no exchange format has a place for. */
export type NotExchanged =
  | 'review'
  | 'adjudication'
  | 'assignment'
  | 'snapshot'
  | 'timestamp'
  | 'view'
  | 'claim'
  | 'dossier'
  | 'conversion'
  | 'reference'
  | 'draft'
  | 'place'
  | 'placename'
  | 'placechoice'
  | 'copy'
  | 'figure'
  | 'relation';

/** How many records there are of each kind. */
export const countsNotExchanged = query<None, { kind: NotExchanged; count: number }>(
  'exchange.notCarried',
  `SELECT 'review' AS kind, count(*) AS count FROM p_review WHERE deleted IS NOT 1
   UNION ALL SELECT 'adjudication', count(*) FROM p_adjudication WHERE deleted IS NOT 1
   UNION ALL SELECT 'assignment', count(*) FROM p_assignment WHERE deleted IS NOT 1
   UNION ALL SELECT 'snapshot', count(*) FROM p_snapshot WHERE deleted IS NOT 1
   UNION ALL SELECT 'timestamp', count(*) FROM p_timestamp WHERE deleted IS NOT 1
   UNION ALL SELECT 'view', count(*) FROM p_view WHERE deleted IS NOT 1
   UNION ALL SELECT 'claim', count(*) FROM p_claim WHERE deleted IS NOT 1
   UNION ALL SELECT 'dossier', count(*) FROM p_dossier WHERE deleted IS NOT 1
   UNION ALL SELECT 'conversion', count(*) FROM p_conversion WHERE deleted IS NOT 1
   UNION ALL SELECT 'reference', count(*) FROM p_reference WHERE deleted IS NOT 1
   UNION ALL SELECT 'draft', count(*) FROM p_draft WHERE deleted IS NOT 1
   UNION ALL SELECT 'place', count(*) FROM p_place WHERE deleted IS NOT 1
   UNION ALL SELECT 'placename', count(*) FROM p_placename WHERE deleted IS NOT 1
   UNION ALL SELECT 'placechoice', count(*) FROM p_placechoice WHERE deleted IS NOT 1
   UNION ALL SELECT 'copy', count(*) FROM p_copy WHERE deleted IS NOT 1
   UNION ALL SELECT 'figure', count(*) FROM p_figure WHERE deleted IS NOT 1
   UNION ALL SELECT 'relation', count(*) FROM p_relation WHERE deleted IS NOT 1`,
);

/** A person’s own tag of a passage with a category, if there is one that is not in the trash. */
export const ownTagWith = query<{ passage: string; category: string; person: string }, { id: string }>(
  'exchange.ownTag',
  'SELECT id FROM p_tag WHERE passage = $passage AND category = $category AND person = $person AND deleted IS NOT 1 LIMIT 1',
);

export const ownSettingWith = query<{ passage: string; value: string; person: string }, { id: string }>(
  'exchange.ownSetting',
  'SELECT id FROM p_setting WHERE passage = $passage AND value = $value AND person = $person AND deleted IS NOT 1 LIMIT 1',
);

/** A person’s own passage on exactly these words; `start` and `end` are code units of the layer’s text. */
export const ownPassageAt = query<
  { source: string; layer: string; person: string; start: number; end: number },
  { id: string }
>(
  'exchange.ownPassage',
  `SELECT id FROM p_passage
   WHERE source = $source AND onLayer = $layer AND person = $person AND start = $start AND "end" = $end AND deleted IS NOT 1
   ORDER BY createdAt, id LIMIT 1`,
);

/** A person’s own areas on a page. */
export const ownAreasOn = query<
  { source: string; layer: string; person: string; page: number },
  { id: string; anchor: string }
>(
  'exchange.ownAreas',
  `SELECT id, anchor FROM p_passage
   WHERE source = $source AND onLayer = $layer AND person = $person AND start IS NULL AND page = $page
   AND anchor IS NOT NULL AND deleted IS NOT 1 ORDER BY createdAt, id`,
);

export const memosOnPassage = query<{ passage: string }, { text: string | null }>(
  'exchange.memosOn',
  `SELECT text FROM p_memo WHERE target = $passage AND deleted IS NOT 1`,
);

export const collectionByName = query<{ name: string }, { id: string }>(
  'exchange.collectionByName',
  'SELECT id FROM p_collection WHERE deleted IS NOT 1 AND lower(name) = lower($name) ORDER BY createdAt, id LIMIT 1',
);

/** Of a source in the trash too: it may be about to be restored. */
export const layerOfSource = query<{ id: string }, { layer: string | null }>(
  'exchange.layerOfSource',
  'SELECT layer FROM p_source WHERE id = $id',
);

/** The kinds of documents that the codebook has. */
export const documentTypes = query<None, { code: string; label: string }>(
  'exchange.documentTypes',
  `SELECT v.code, coalesce(v.label, v.code) AS label FROM p_value v JOIN p_dimension d ON d.id = v.dimension
   WHERE d.code = 'doctype' AND v.code IS NOT NULL AND v.deleted IS NOT 1 AND d.deleted IS NOT 1 ORDER BY v.position, v.id`,
);
