import { query } from '../../db/types.ts';

export interface PersonRow {
  readonly id: string;
  readonly name: string | null;
  /** The public key they sign with, hex. */
  readonly key: string | null;
  /** JSON. */
  readonly roles: string | null;
}
/** In the order in which they were added to the project. */
export const livePeople = query<Record<string, never>, PersonRow>(
  'people.live',
  `SELECT id, name, "key", roles FROM p_person WHERE deleted IS NOT 1 ORDER BY createdAt, id`,
);
export const personById = query<{ id: string }, PersonRow>(
  'people.byId',
  `SELECT id, name, "key", roles FROM p_person WHERE id = $id AND deleted IS NOT 1`,
);
/** Removed people too: their work keeps their name. */
export const namesOfPeople = query<Record<string, never>, { id: string; name: string | null }>(
  'people.names',
  `SELECT id, name FROM p_person`,
);
export const personName = query<{ id: string }, { name: string | null }>(
  'people.name',
  `SELECT name FROM p_person WHERE id = $id`,
);
