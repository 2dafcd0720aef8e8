import { query } from '../../db/types.ts';

export interface SnapshotRow {
  readonly id: string;
  readonly name: string;
  readonly heads: string;
  readonly state: string;
  readonly person: string;
  readonly at: number;
}
const COLUMNS = 'id, name, heads, state, person, createdAt AS at';
const WHOLE =
  'deleted IS NOT 1 AND name IS NOT NULL AND heads IS NOT NULL AND state IS NOT NULL AND person IS NOT NULL';

export const allSnapshots = query<Record<string, never>, SnapshotRow>(
  'snapshots.all',
  `SELECT ${COLUMNS} FROM p_snapshot WHERE ${WHOLE} ORDER BY createdAt DESC, id DESC`,
);
export const snapshotById = query<{ id: string }, SnapshotRow>(
  'snapshots.byId',
  `SELECT ${COLUMNS} FROM p_snapshot WHERE id = $id AND ${WHOLE}`,
);
export const snapshotByName = query<{ name: string }, { id: string }>(
  'snapshots.byName',
  `SELECT id FROM p_snapshot WHERE name = $name AND deleted IS NOT 1`,
);

export interface NamedRow {
  readonly id: string;
  /** The anchor for a passage. */
  readonly name: string | null;
}
/** The present names of records (a JSON list of ids), including removed ones. */
const namesOf = (entity: string, name: string) =>
  query<{ ids: string }, NamedRow>(
    `snapshots.${entity}Names`,
    `SELECT p.id, ${name} AS name FROM json_each($ids) i CROSS JOIN p_${entity} p ON p.id = i.value`,
  );
export const names = {
  person: namesOf('person', 'p.name'),
  source: namesOf('source', 'coalesce(p.title, p.fileName)'),
  category: namesOf('category', 'coalesce(p.name, p.code)'),
  dimension: namesOf('dimension', 'coalesce(p.name, p.code)'),
  value: namesOf('value', 'coalesce(p.label, p.code)'),
  layer: namesOf('layer', `p.engine || ' ' || p.version`),
  passage: namesOf('passage', 'p.anchor'),
  figure: namesOf('figure', 'p.anchor'),
  relation: namesOf('relation', 'p.operation'),
  comment: namesOf('comment', 'p.text'),
  claim: namesOf('claim', 'p.text'),
} as const;
