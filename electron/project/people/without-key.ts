import { type PersonId, personId } from '../../../shared/model/index.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import { query, type Readable } from '../../db/types.ts';
import { derivedId } from '../ids.ts';

/**
 * A coder whom only a file of another program names. Their id derives from their name as it is written first, so that no key can have
 * it: nobody can be mistaken for them, and what names them is nobody’s forged signature. `mark` tells apart those of one name.
 */
export function coderWithoutKey(name: string, mark: string): { readonly id: PersonId; readonly name: string } {
  const short = name.replaceAll(/\s+/g, ' ').trim().slice(0, 120).toWellFormed();
  const whole = `${short}, no. ${derivedId('mark of a coder', mark).slice(0, 4)}`;
  return { id: idOf(whole), name: whole };
}
const idOf = (name: string): PersonId => personId.parse(derivedId('sourcebook coder without a key', name));

const namesWritten = query<Record<string, never>, { id: string; value: string }>(
  'people.namesWritten',
  `SELECT p.id, h.value FROM p_person p
   CROSS JOIN entity_ e ON e.id = unhex(replace(p.id, '-', '')) AND e.kind = 'person'
   CROSS JOIN change_ h ON h.ent = e.ent AND h.field = (SELECT field FROM field_ WHERE entity = 'person' AND name = 'name')`,
);

/** The ids of the project’s coders without a key. */
export function peopleWithoutKey(db: Readable): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { id, value } of db.all(namesWritten, {})) {
    const name = parsed(value);
    if (typeof name === 'string' && idOf(name) === id) found.add(id);
  }
  return found;
}
