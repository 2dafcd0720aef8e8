import type { MovableTag } from '../../project/codebook/move-tags.ts';
import { idTextSql } from '../../db/ids.ts';
import { query } from '../../db/types.ts';

/**
 * Number of passages by category. A passage counts once, however many people tagged it; removed passages and those of removed
 * sources do not count. Reads only the index: 20 ms for 200,000 tags, where a join with the passages took 500 ms.
 */
export const countsByCategory = query<Record<string, never>, { category: string; passages: number }>(
  'codebook.counts',
  `SELECT category, count(DISTINCT passage) AS passages
   FROM p_tag
   WHERE deleted IS NOT 1 AND category IS NOT NULL AND passage NOT IN (
     SELECT id FROM p_passage WHERE deleted = 1
     UNION ALL SELECT p.id FROM p_source s CROSS JOIN p_passage p ON p.source = s.id WHERE s.deleted = 1)
   GROUP BY category`,
);

/**
 * Number of passages by category, with those of its subcategories, for each category that has subcategories. A passage tagged with
 * several of them counts once. Archived and removed categories are left out. Counted for one category after the other: grouped in
 * one go, SQLite sorted all tags in memory, 20 MB of 200,000. Takes three times as long as countsByCategory.
 */
export const deepCounts = query<Record<string, never>, { category: string; passages: number }>(
  'codebook.deepCounts',
  `WITH RECURSIVE
   active AS (SELECT id, parent FROM p_category WHERE deleted IS NOT 1 AND archived IS NOT 1),
   below(category, top) AS (
     SELECT id, id FROM active
     UNION SELECT b.category, c.parent FROM below b JOIN active c ON c.id = b.top JOIN active p ON p.id = c.parent)
   SELECT a.top AS category, (
     SELECT count(DISTINCT t.passage)
     FROM below b CROSS JOIN p_tag t ON t.category = b.category
     WHERE b.top = a.top AND t.deleted IS NOT 1 AND t.passage NOT IN (
       SELECT id FROM p_passage WHERE deleted = 1
       UNION ALL SELECT p.id FROM p_source s CROSS JOIN p_passage p ON p.source = s.id WHERE s.deleted = 1)) AS passages
   FROM (SELECT DISTINCT parent AS top FROM active WHERE parent IN (SELECT id FROM active)) a`,
);

/** Number of passages tagged with any of these categories (a JSON list of ids), each counted once. 5 to 15 ms for 25,000. */
export const countTogether = query<{ categories: string }, { passages: number }>(
  'codebook.countTogether',
  `SELECT count(DISTINCT t.passage) AS passages
   FROM json_each($categories) c CROSS JOIN p_tag t ON t.category = c.value
   WHERE t.deleted IS NOT 1 AND t.passage NOT IN (
     SELECT id FROM p_passage WHERE deleted = 1
     UNION ALL SELECT p.id FROM p_source s CROSS JOIN p_passage p ON p.source = s.id WHERE s.deleted = 1)`,
);

/**
 * Categories whose counts may have changed with the commits after `c`: all that a tag changed since ever had, and those of the
 * tags of passages that were added, removed or restored. Null: any category may have.
 */
export const recountSince = query<{ c: number }, { category: string | null }>(
  'codebook.recountSince',
  `WITH changed AS MATERIALIZED (
     SELECT DISTINCT h.ent, f.entity AS kind
     FROM commit_ m CROSS JOIN change_ h ON h.c = m.c CROSS JOIN field_ f ON f.field = h.field
     WHERE m.c > $c AND (f.entity IN ('tag', 'category') OR (f.entity = 'passage' AND f.name IN ('source', 'deleted'))
       OR (f.entity = 'source' AND f.name = 'deleted')))
   SELECT NULL AS category FROM changed WHERE kind IN ('source', 'category')
   UNION SELECT h.value ->> '$' FROM changed d
     CROSS JOIN change_ h ON h.ent = d.ent AND h.field = (SELECT field FROM field_ WHERE entity = 'tag' AND name = 'category')
     WHERE d.kind = 'tag' AND json_valid(h.value) AND json_type(h.value) = 'text'
   UNION SELECT t.category FROM changed d CROSS JOIN entity_ e ON e.ent = d.ent
     CROSS JOIN p_tag t ON t.passage = ${idTextSql('e.id')}
     WHERE d.kind = 'passage' AND t.category IS NOT NULL`,
);

export const allDimensions = query<
  Record<string, never>,
  {
    id: string;
    code: string | null;
    name: string | null;
    single: number | null;
    on: string | null;
    note: string | null;
  }
>(
  'codebook.dimensions',
  `SELECT id, code, name, single, "on", note FROM p_dimension WHERE deleted IS NOT 1 ORDER BY position, code, id`,
);

export const allValues = query<
  Record<string, never>,
  {
    id: string;
    dimension: string | null;
    code: string | null;
    label: string | null;
    note: string | null;
    names: string | null;
    parent: string | null;
  }
>(
  'codebook.values',
  `SELECT id, dimension, code, label, note, names, parent FROM p_value WHERE deleted IS NOT 1 ORDER BY position, code, id`,
);

/** Every time a category's parent was set, the last one last. Reads the log, so ask only for a few categories. */
export const parentMoves = query<{ ids: string }, { id: string; clock: number; hash: string }>(
  'codebook.parentMoves',
  `SELECT i.value AS id, m.clock, lower(hex(m.hash)) AS hash
   FROM json_each($ids) i
   CROSS JOIN entity_ e ON e.id = unhex(replace(i.value, '-', '')) AND e.kind = 'category'
   CROSS JOIN field_ f ON f.entity = 'category' AND f.name = 'parent'
   CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field
   CROSS JOIN commit_ m ON m.c = h.c
   ORDER BY m.clock, m.hash`,
);

/** The live tags of categories (a JSON list of ids), oldest first, including those on removed passages. */
export const liveTagsOf = query<{ categories: string }, MovableTag>(
  'codebook.liveTags',
  `SELECT t.id, t.passage, t.category, t.person
   FROM json_each($categories) c CROSS JOIN p_tag t ON t.category = c.value
   WHERE t.deleted IS NOT 1 ORDER BY t.createdAt, t.id`,
);

/** Tags and memos that keep a category from being moved to the trash. */
export const tagsAndMemosOn = query<{ id: string }, { tags: number; memos: number }>(
  'codebook.tagsAndMemosOn',
  `SELECT (SELECT count(*) FROM p_tag WHERE category = $id AND deleted IS NOT 1) AS tags,
          (SELECT count(*) FROM p_memo WHERE target = $id AND deleted IS NOT 1) AS memos`,
);

/** One row for each tag, in reading order, sources in the order they were added. `categories` is a JSON list of ids. */
export const passagesTaggedWith = query<
  { categories: string },
  {
    id: string;
    source: string;
    page: number;
    lastPage: number | null;
    words: string | null;
    category: string;
    person: string;
  }
>(
  'codebook.taggedPassages',
  `SELECT p.id, p.source, p.page, t.category, t.person,
     iif(json_valid(p.anchor), CAST(json_extract(p.anchor, '$.quads[#-1].page') AS INTEGER), NULL) AS lastPage,
     iif(json_valid(p.anchor), substr(json_extract(p.anchor, '$.exact'), 1, 400), NULL) AS words
   FROM json_each($categories) c CROSS JOIN p_tag t ON t.category = c.value
   CROSS JOIN p_passage p ON p.id = t.passage CROSS JOIN p_source s ON s.id = p.source
   WHERE t.deleted IS NOT 1 AND t.person IS NOT NULL AND p.deleted IS NOT 1 AND s.deleted IS NOT 1 AND p.page IS NOT NULL
   ORDER BY s.createdAt, s.id, p.page, p.start, p.id, t.createdAt`,
);

/** A dimension value and how often it is used: by passages, by subvalues, by source details. */
export const valueUse = query<
  { id: string },
  {
    id: string;
    dimension: string | null;
    dimensionCode: string | null;
    dimensionName: string | null;
    code: string | null;
    label: string | null;
    settings: number;
    below: number;
    sources: number;
  }
>(
  'codebook.valueUse',
  `SELECT v.id, v.dimension, d.code AS dimensionCode, d.name AS dimensionName, v.code, v.label,
     (SELECT count(*) FROM p_setting s WHERE s.value = v.id AND s.deleted IS NOT 1) AS settings,
     (SELECT count(*) FROM p_value b WHERE b.dimension = v.dimension AND b.parent = v.id AND b.deleted IS NOT 1) AS below,
     (SELECT count(*) FROM p_source o WHERE d.code = 'doctype' AND o.documentType = v.code AND o.deleted IS NOT 1) AS sources
   FROM p_value v LEFT JOIN p_dimension d ON d.id = v.dimension
   WHERE v.id = $id AND v.deleted IS NOT 1`,
);
export const valuesIn = query<
  { dimension: string },
  { id: string; code: string | null; label: string | null; parent: string | null; position: number | null }
>(
  'codebook.valuesIn',
  `SELECT id, code, label, parent, position FROM p_value WHERE dimension = $dimension AND deleted IS NOT 1 ORDER BY position, code, id`,
);
export const dimensionNamed = query<{ id: string }, { code: string | null; name: string | null }>(
  'codebook.dimension',
  `SELECT code, name FROM p_dimension WHERE id = $id AND deleted IS NOT 1`,
);
/** Those of these records (a JSON list of ids) that are in the trash. Installing the codebook again restores them. */
export const removedOf = query<{ ids: string }, { id: string; entity: 'category' | 'dimension' | 'value' }>(
  'codebook.removed',
  `SELECT id, 'category' AS entity FROM p_category WHERE deleted = 1 AND id IN (SELECT value FROM json_each($ids))
   UNION ALL SELECT id, 'dimension' FROM p_dimension WHERE deleted = 1 AND id IN (SELECT value FROM json_each($ids))
   UNION ALL SELECT id, 'value' FROM p_value WHERE deleted = 1 AND id IN (SELECT value FROM json_each($ids))`,
);
