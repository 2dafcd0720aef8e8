import { parsed } from '../../../shared/changes/canonical.ts';
import { sha256 } from './packet.ts';
import { idBytes, idText, personOfKey } from '../ids.ts';
import { toCommitHash } from './history.ts';
import type { Log } from './log.ts';
import type { ConflictName, OpenConflict, Signed } from '../types.ts';

interface Side {
  ent: number;
  contested: string;
  kind: string;
  id: Buffer;
  field: string;
  value: string;
  hash: Buffer;
  wall: number;
  key: Buffer;
  replica: Buffer;
}

// The winning value first; the edits that a deletion conflicts with come after it.
const sidesSql = (from: string): string =>
  `SELECT x.ent, c.name AS contested, e.kind, e.id, f.name AS field, h.value, m.hash, m.wall, r."key", r.id AS replica
  FROM ${from} JOIN field_ c ON c.field = x.field JOIN entity_ e ON e.ent = x.ent
    JOIN change_ h ON h.c = x.c AND h.i = x.i JOIN field_ f ON f.field = h.field
    JOIN commit_ m ON m.c = x.c JOIN replica_ r ON r.replica = m.replica
  ORDER BY e.kind, e.id, c.name, x.field <> h.field, m.clock DESC, m.hash DESC, h.i`;
const SIDES = sidesSql('conflict_ x');
const SIDES_OF = sidesSql('json_each(?) i CROSS JOIN conflict_ x ON x.ent = i.value');

/** The open conflicts of all records or of `only` some, in order of entity, record and field. `here`: this folder's replica. */
export function openConflicts(log: Log, here: Buffer, only?: readonly ConflictName[]): OpenConflict[] {
  const people = new Map<string, Signed['person']>();
  const found = new Map<string, { sides: Side[]; changes: Signed[] }>();
  for (const side of sidesOf(log, only)) {
    const name = `${side.ent} ${side.contested}`;
    const one = found.get(name) ?? { sides: [], changes: [] };
    found.set(name, one);
    one.sides.push(side);
    const key = side.key.toString('latin1');
    const person = people.get(key) ?? personOfKey(side.key);
    people.set(key, person);
    one.changes.push(signed(side, person, here));
  }
  const wanted = only === undefined ? null : new Set(only.map(({ id }) => id));
  return [...found.values()].flatMap(({ sides: [first], changes }) => {
    if (first === undefined) return [];
    const { kind: entity, contested: field } = first;
    const record = idText(first.id);
    const id = conflictId(entity, record, field);
    return wanted?.has(id) === false ? [] : [{ id, entity, record, field, changes }];
  });
}

function sidesOf(log: Log, only: readonly ConflictName[] | undefined): Side[] {
  if (only === undefined) return log.store.all<Side>(SIDES);
  const ents = only.flatMap(({ entity, record }) => {
    const id = idBytes(record);
    return id === null ? [] : (log.findRecord(entity, id) ?? []);
  });
  return log.store.all<Side>(SIDES_OF, JSON.stringify([...new Set(ents)]));
}

/** The open conflicts without their changes: there can be tens of thousands. */
export function conflictNames(log: Log): ConflictName[] {
  const sql = `SELECT e.kind, e.id, c.name FROM (SELECT DISTINCT ent, field FROM conflict_) x
    JOIN field_ c ON c.field = x.field JOIN entity_ e ON e.ent = x.ent`;
  return log.store.all<{ kind: string; id: Buffer; name: string }>(sql).map(({ kind, id, name }) => {
    const record = idText(id);
    return { id: conflictId(kind, record, name), entity: kind, record, field: name };
  });
}

/** The same on every replica. */
export const conflictId = (entity: string, record: string, field: string): string =>
  sha256(Buffer.from(`${entity} ${record} ${field}`))
    .toString('hex')
    .slice(0, 16);

const signed = (
  { kind, id, field, value, hash, wall, replica }: Side,
  person: Signed['person'],
  here: Buffer,
): Signed => ({
  commit: toCommitHash(hash),
  entity: kind,
  id: idText(id),
  field,
  value: parsed(value) ?? null,
  person,
  at: wall,
  here: replica.equals(here),
});
