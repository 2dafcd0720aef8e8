import { looksLike, skeletonOf, visibleName } from '../../../shared/model/person-name.ts';
import { query, type Readable } from '../../db/types.ts';
import { fingerprintOf, personIdOf } from './people.ts';

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
const namesOfPeople = query<Record<string, never>, { id: string; name: string | null; key: string | null }>(
  'people.names',
  `SELECT id, name, "key" FROM p_person`,
);

/**
 * The names of people as they are shown. Anyone can write any name into a project: what can’t be seen in one is written out, and
 * where names look alike, each is followed by the fingerprint of its key.
 */
export function shownNames(db: Readable): ReadonlyMap<string, string> {
  const named = db.all(namesOfPeople, {}).flatMap(({ name, ...one }) => (name === null ? [] : [{ ...one, name }]));
  const alike = Map.groupBy(named, ({ name }) => skeletonOf(name));
  const isShared = (id: string, name: string): boolean =>
    (alike.get(skeletonOf(name))?.length ?? 0) > 1 || named.some((one) => one.id !== id && looksLike(one.name, name));
  return new Map(
    named.map(({ id, name, key }) => [
      id,
      isShared(id, name) ? `${visibleName(name)} (${keyInWords(id, key)})` : visibleName(name),
    ]),
  );
}

/** A record can name a key that isn’t its owner’s: the id derives from the true one. */
function keyInWords(id: string, key: string | null): string {
  const bytes = key !== null && /^[0-9a-f]{64}$/.test(key) ? Buffer.from(key, 'hex') : null;
  return bytes !== null && personIdOf(bytes) === id ? `key ${fingerprintOf(bytes)}` : `no key, ${id.slice(0, 8)}`;
}
export const personName = query<{ id: string }, { name: string | null }>(
  'people.name',
  `SELECT name FROM p_person WHERE id = $id`,
);
