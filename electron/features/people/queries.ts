import { query } from '../../db/types.ts';

export interface PersonRow {
  readonly id: string;
  readonly name: string | null;
  readonly key: string | null;
  readonly roles: string | null;
}
export const people = query<Record<string, never>, PersonRow>(
  'people.all',
  `SELECT id, name, "key", roles FROM p_person WHERE deleted IS NOT 1 ORDER BY createdAt, id`,
);
export const personById = query<{ id: string }, PersonRow>(
  'people.byId',
  `SELECT id, name, "key", roles FROM p_person WHERE id = $id AND deleted IS NOT 1`,
);
