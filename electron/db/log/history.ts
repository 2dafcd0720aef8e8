import { parsed } from '../../../shared/changes/canonical.ts';
import { personId, type CommitHash, type PersonId } from '../../../shared/model/index.ts';
import type { HistoryEntry } from './history-entry.ts';
import { HORIZON } from './packet.ts';
import { idText, personOfKey } from '../ids.ts';
import type { Log } from './log.ts';
import { STEP } from './write.ts';

export const toCommitHash = (hash: Buffer): CommitHash => hash.toString('hex') as CommitHash;

/** Commits as people read them, the last arrived first; if `before` is given, those that arrived before it (none if it is unknown). */
export function readHistory(log: Log, limit: number, before?: CommitHash): HistoryEntry[] {
  const from = before === undefined ? Number.MAX_SAFE_INTEGER : (log.byHash(Buffer.from(before, 'hex'))?.c ?? 0);
  const people = peopleByKey(log);
  const rows = log.store.all<{
    hash: Buffer;
    kind: number;
    wall: number;
    label: string | null;
    key: Buffer;
    changes: number;
  }>(
    `SELECT m.hash, m.kind, m.wall, m.label, r.key,
       (SELECT count(*) FROM change_ h JOIN field_ f ON f.field = h.field WHERE h.c = m.c AND f.entity <> ?) AS changes
     FROM commit_ m JOIN replica_ r ON r.replica = m.replica WHERE m.c < ? ORDER BY m.c DESC LIMIT ?`,
    STEP,
    from,
    limit,
  );
  return rows.map(({ hash, kind, wall, label, key, changes }) => {
    const hex = key.toString('hex');
    const person = people.get(hex) ?? restated(log, key);
    return {
      id: toCommitHash(hash),
      time: wall,
      person: person?.name ?? `Unknown person ${hex.slice(0, 8)}`,
      personId: person?.id ?? null,
      // The project that an assignment was made from keeps only the header of its horizon.
      label: kind === HORIZON && label === null ? 'Assign for blind coding' : textOf(label),
      changes,
    };
  });
}

/** In a blind copy the lead's commit restates who people are; the commits in which they entered their names are not in it. */
function restated(log: Log, key: Buffer): { id: PersonId; name: string } | undefined {
  if (log.horizon() === null) return undefined;
  const id = personOfKey(key);
  const name = log.store.value<string | null>('SELECT name FROM p_person WHERE id = ?', id);
  return name === undefined || name === null ? undefined : { id, name };
}

/**
 * Which person has which key. Anyone can write a person record with another's key in it, so only a key that its own holder
 * entered counts.
 */
function peopleByKey(log: Log): Map<string, { id: PersonId; name: string }> {
  const rows = log.store.all<{ id: Buffer; name: string | null; key: string }>(
    `SELECT e.id, p.name, lower(hex(r.key)) AS "key" FROM p_person p
       JOIN entity_ e ON e.kind = 'person' AND e.id = unhex(replace(p.id, '-', ''))
       JOIN field_ f ON f.entity = 'person' AND f.name = 'key'
       JOIN change_ h ON h.ent = e.ent AND h.field = f.field
       JOIN commit_ m ON m.c = h.c JOIN replica_ r ON r.replica = m.replica
     WHERE p."key" = lower(hex(r.key)) AND h.value = '"' || p."key" || '"' ORDER BY m.clock DESC, m.hash DESC`,
  );
  return new Map(rows.map((row) => [row.key, { id: personId.parse(idText(row.id)), name: row.name ?? '' }]));
}

function textOf(label: string | null): string {
  const value = label === null ? '' : parsed(label);
  return typeof value === 'string' ? value : '';
}
