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

export interface Called {
  readonly id: string;
  /** A passage's is its anchor. */
  readonly name: string | null;
}
/** What records are called now, for a JSON list of their ids: removed ones have their rows, too. */
const called = (entity: string, name: string) =>
  query<{ ids: string }, Called>(
    `snapshots.${entity}Names`,
    `SELECT p.id, ${name} AS name FROM json_each($ids) i CROSS JOIN p_${entity} p ON p.id = i.value`,
  );
export const names = {
  person: called('person', 'p.name'),
  source: called('source', 'coalesce(p.title, p.fileName)'),
  category: called('category', 'coalesce(p.name, p.code)'),
  dimension: called('dimension', 'coalesce(p.name, p.code)'),
  value: called('value', 'coalesce(p.label, p.code)'),
  layer: called('layer', `p.engine || ' ' || p.version`),
  passage: called('passage', 'p.anchor'),
  comment: called('comment', 'p.text'),
} as const;
