import { query } from '../../db/types.ts';

export interface RemovedSource {
  readonly id: string;
  readonly name: string | null;
  readonly language: string | null;
  readonly kind: string | null;
  readonly passages: number;
}
export const removedSources = query<Record<string, never>, RemovedSource>(
  'trash.sources',
  `SELECT s.id, coalesce(s.title, s.fileName) AS name, s.language, s.kind,
     (SELECT count(*) FROM p_passage p WHERE p.source = s.id AND p.deleted IS NOT 1) AS passages
   FROM p_source s WHERE s.deleted = 1`,
);

/** A passage with its source. */
export interface PassageIn {
  readonly id: string;
  readonly anchor: string | null;
  readonly source: string;
  readonly name: string | null;
  readonly language: string | null;
  readonly sourceRemoved: number;
  readonly tags: number;
}
const PASSAGE_IN = `p.id, p.anchor, s.id AS source, coalesce(s.title, s.fileName) AS name, s.language,
  s.deleted IS 1 AS sourceRemoved,
  (SELECT count(*) FROM p_tag t WHERE t.passage = p.id AND t.deleted IS NOT 1) AS tags
  FROM p_passage p CROSS JOIN p_source s ON s.id = p.source`;
/** Reads only the index of removed passages. */
export const removedPassages = query<Record<string, never>, PassageIn>(
  'trash.passages',
  `SELECT ${PASSAGE_IN} WHERE p.deleted = 1`,
);
export const passageIn = query<{ id: string }, PassageIn>('trash.passage', `SELECT ${PASSAGE_IN} WHERE p.id = $id`);

/** Removed memos that have a text. */
export const removedMemos = query<
  Record<string, never>,
  { id: string; text: string; kind: string | null; target: string | null; name: string | null }
>(
  'trash.memos',
  `SELECT m.id, m.text, m.targetKind AS kind, m.target,
     CASE m.targetKind
       WHEN 'source' THEN (SELECT coalesce(title, fileName) FROM p_source WHERE id = m.target)
       WHEN 'category' THEN (SELECT name FROM p_category WHERE id = m.target)
       WHEN 'project' THEN (SELECT title FROM p_project WHERE id = m.target) END AS name
   FROM p_memo m WHERE m.deleted = 1 AND m.text IS NOT NULL AND m.text <> ''`,
);

/** Every removal of these records (a JSON list of ids), the last one last. */
export const removals = query<{ ids: string; kind: string }, { id: string; at: number; key: string }>(
  'trash.removals',
  `SELECT i.value AS id, m.wall AS at, lower(hex(r.key)) AS "key"
   FROM json_each($ids) i
   CROSS JOIN entity_ e ON e.id = unhex(replace(i.value, '-', '')) AND e.kind = $kind
   CROSS JOIN field_ f ON f.entity = $kind AND f.name = 'deleted'
   CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field AND h.value = 'true'
   CROSS JOIN commit_ m ON m.c = h.c CROSS JOIN replica_ r ON r.replica = m.replica
   ORDER BY m.clock, m.hash`,
);

/** A record and its container: a passage's source, a source's layer, a category's parent, a memo's target. */
export interface RecordRow {
  readonly id: string;
  readonly deleted: number | null;
  readonly up: string | null;
  readonly upKind: string | null;
}
const record = (kind: string, up: string, upKind: string) =>
  query<{ id: string }, RecordRow>(
    `trash.${kind}Record`,
    `SELECT id, deleted, ${up} AS up, ${upKind} AS upKind FROM p_${kind} WHERE id = $id`,
  );
export const records = {
  source: record('source', 'layer', "'layer'"),
  layer: record('layer', 'NULL', 'NULL'),
  passage: record('passage', 'source', "'source'"),
  category: record('category', 'parent', "'category'"),
  memo: record('memo', 'target', 'targetKind'),
};
