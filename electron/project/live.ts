import { isEntity } from '../../shared/changes/fields.ts';
import type { Entity } from '../../shared/changes/kinds.ts';
import { query, type Readable } from '../db/types.ts';

const stateOf = (entity: Entity) =>
  query<{ id: string }, { deleted: number | null }>(
    `state.${entity}`,
    `SELECT deleted FROM p_${entity} WHERE id = $id`,
  );

/** Whether the project has this record and it is not in the trash. */
export function isLive(db: Readable, entity: Entity, id: string): boolean {
  const row = db.get(stateOf(entity), { id });
  return row !== undefined && row.deleted !== 1;
}

/** Whether a record is in the trash. A record or kind that is not known here is not. */
export const isInTrash = (db: Readable, entity: string, id: string): boolean =>
  isEntity(entity) && db.get(stateOf(entity), { id })?.deleted === 1;
