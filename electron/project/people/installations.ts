import { query, type Readable } from '../../db/types.ts';
import { signerOf } from '../review/moves.ts';

/** A replica belongs to one folder on one installation: keys that signed under one replica were used there. */
const keysOfReplicas = query<Record<string, never>, { id: string; key: string }>(
  'people.keysOfReplicas',
  `SELECT lower(hex(id)) AS id, lower(hex("key")) AS "key" FROM replica_`,
);

/**
 * For each person those who signed on the same installation, by the log. Someone who wants to hide it can work in a second copy of
 * the project, which has a replica of its own: the log can show that two keys were used in one place, never that they were not.
 */
export function sharedInstallations(db: Readable): ReadonlyMap<string, ReadonlySet<string>> {
  const shared = new Map<string, Set<string>>();
  for (const rows of Map.groupBy(db.all(keysOfReplicas, {}), ({ id }) => id).values()) {
    const people = new Set<string>(rows.map(({ key }) => signerOf(key)));
    if (people.size < 2) continue;
    for (const person of people) {
      const others = shared.get(person) ?? new Set<string>();
      for (const other of people) if (other !== person) others.add(other);
      shared.set(person, others);
    }
  }
  return shared;
}
