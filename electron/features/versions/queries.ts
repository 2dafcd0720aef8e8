import type { RowOf } from '../../../shared/changes/fields.ts';
import { columnsOf, query } from '../../db/types.ts';

export type SourceRow = RowOf<'source'> & { readonly passages: number };
const COLUMNS = `${columnsOf('source', 's')},
  (SELECT count(*) FROM p_passage p WHERE p.source = s.id AND p.deleted IS NOT 1) AS passages`;

export const oneSource = query<{ id: string }, SourceRow>(
  'versions.source',
  `SELECT ${COLUMNS} FROM p_source s WHERE s.id = $id`,
);

/** Sources whose address begins with one of these (a JSON list). U+10FFFF sorts after every character that can follow. */
export const sourcesAt = query<{ beginnings: string }, SourceRow>(
  'versions.at',
  `SELECT ${COLUMNS} FROM json_each($beginnings) b
   CROSS JOIN p_source s ON s.captureUrl >= b.value AND s.captureUrl < b.value || char(1114111)`,
);

/** Sources paired as newer versions of this one. */
export const replacing = query<{ older: string }, SourceRow>(
  'versions.replacing',
  `SELECT ${COLUMNS} FROM p_source s WHERE s.replaces = $older`,
);

export interface PassageRow {
  readonly id: string;
  readonly layer: string;
  readonly anchor: string;
  readonly person: string;
  readonly deleted: number | null;
}
/** The passages of a source on one of its layers. */
export const passagesOn = query<{ source: string; layer: string }, PassageRow>(
  'versions.passages',
  `SELECT p.id, p.onLayer AS layer, p.anchor, p.person, p.deleted FROM p_passage p
   WHERE p.onLayer = $layer AND p.source = $source AND p.deleted IS NOT 1 AND p.anchor IS NOT NULL AND p.person IS NOT NULL`,
);

/** The passages of a source on its other layers: on an earlier text, or areas on the page's screenshot. */
export const passagesBeside = query<{ source: string; layer: string }, PassageRow>(
  'versions.passagesBeside',
  `SELECT p.id, p.onLayer AS layer, p.anchor, p.person, p.deleted FROM p_passage p
   WHERE p.source = $source AND p.onLayer <> $layer AND p.deleted IS NOT 1 AND p.anchor IS NOT NULL AND p.person IS NOT NULL`,
);

/** Every anchor that the passages on a layer had, the present one last. */
export const anchorHistory = query<{ source: string; layer: string }, { id: string; madeOn: string; anchor: string }>(
  'versions.anchorHistory',
  `SELECT p.id, p.layer AS madeOn, h.value AS anchor
   FROM p_passage p
   CROSS JOIN entity_ e ON e.id = unhex(replace(p.id, '-', '')) AND e.kind = 'passage'
   CROSS JOIN field_ f ON f.entity = 'passage' AND f.name = 'anchor'
   CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field
   CROSS JOIN commit_ m ON m.c = h.c
   WHERE p.onLayer = $layer AND p.source = $source AND p.deleted IS NOT 1 AND p.layer IS NOT NULL
   ORDER BY m.clock, m.hash`,
);

/** The passages of a source that others (a JSON list of ids) were carried over to, oldest first; of several the first counts. */
export const carriedTo = query<{ origins: string; source: string }, { origin: string; id: string }>(
  'versions.carried',
  `SELECT p.origin, p.id FROM json_each($origins) o CROSS JOIN p_passage p ON p.origin = o.value
   WHERE p.source = $source AND p.deleted IS NOT 1 AND p.anchor IS NOT NULL ORDER BY p.createdAt, p.id`,
);

/** Passages by id (a JSON list), including removed ones. */
export const passagesByIds = query<{ ids: string }, PassageRow & { readonly source: string }>(
  'versions.passagesByIds',
  `SELECT p.id, p.source, p.onLayer AS layer, p.anchor, p.person, p.deleted
   FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value
   WHERE p.source IS NOT NULL AND p.onLayer IS NOT NULL AND p.anchor IS NOT NULL AND p.person IS NOT NULL`,
);

export const settingsOn = query<
  { ids: string },
  { id: string; passage: string; dimension: string; value: string; person: string }
>(
  'versions.settings',
  `SELECT t.id, t.passage, t.dimension, t.value, t.person FROM json_each($ids) i CROSS JOIN p_setting t ON t.passage = i.value
   WHERE t.deleted IS NOT 1 AND t.dimension IS NOT NULL AND t.value IS NOT NULL AND t.person IS NOT NULL
   ORDER BY t.createdAt, t.id`,
);
const removed = (entity: 'passage' | 'tag' | 'setting' | 'memo') =>
  query<{ ids: string }, { id: string }>(
    `versions.removed.${entity}`,
    `SELECT r.id FROM json_each($ids) i CROSS JOIN p_${entity} r ON r.id = i.value WHERE r.deleted = 1`,
  );
/** Those of these records (a JSON list of ids) that exist and are removed. */
export const removedOf = {
  passage: removed('passage'),
  tag: removed('tag'),
  setting: removed('setting'),
  memo: removed('memo'),
};
