import { isEntity } from '../../../shared/changes/fields.ts';
import type { Conflict } from '../../../shared/contract/merge.ts';
import { categoryId, passageId, sourceId } from '../../../shared/model/index.ts';
import { query, type Readable } from '../../db/types.ts';

export type Where = Pick<Conflict, 'passage' | 'source' | 'category'>;

interface Row {
  readonly passage: string | null;
  readonly source: string | null;
  readonly category: string | null;
}
const where = (name: string, columns: string, from: string) =>
  query<{ id: string }, Row>(`merge.where.${name}`, `SELECT ${columns} FROM ${from} WHERE r.id = $id`);

const onPassage = (entity: string, category = 'NULL') =>
  where(
    entity,
    `r.passage, p.source, ${category} AS category`,
    `p_${entity} r LEFT JOIN p_passage p ON p.id = r.passage`,
  );
const PLACES: Readonly<Record<string, ReturnType<typeof where>>> = {
  source: where('source', 'NULL AS passage, r.id AS source, NULL AS category', 'p_source r'),
  layer: where('layer', 'NULL AS passage, r.source, NULL AS category', 'p_layer r'),
  passage: where('passage', 'r.id AS passage, r.source, NULL AS category', 'p_passage r'),
  category: where('category', 'NULL AS passage, NULL AS source, r.id AS category', 'p_category r'),
  tag: onPassage('tag', 'r.category'),
  setting: onPassage('setting'),
  review: onPassage('review'),
  translation: onPassage('translation'),
  comment: onPassage('comment'),
  adjudication: onPassage('adjudication'),
  memo: where(
    'memo',
    `p.id AS passage, coalesce(p.source, s.id) AS source, c.id AS category`,
    `p_memo r LEFT JOIN p_passage p ON r.targetKind = 'passage' AND p.id = r.target
     LEFT JOIN p_source s ON r.targetKind = 'source' AND s.id = r.target
     LEFT JOIN p_category c ON r.targetKind = 'category' AND c.id = r.target`,
  ),
};

/** Where a record is to be seen, through what it hangs on. */
export function placeOf(db: Readable, entity: string, id: string): Where {
  const place = isEntity(entity) ? PLACES[entity] : undefined;
  const row = place === undefined ? undefined : db.get(place, { id });
  return {
    passage: passageId.safeParse(row?.passage).data ?? null,
    source: sourceId.safeParse(row?.source).data ?? null,
    category: categoryId.safeParse(row?.category).data ?? null,
  };
}
