import { parsed } from '../../../shared/changes/canonical.ts';
import type { Place } from '../../../shared/changes/fold.ts';
import type { Entity } from '../../../shared/changes/kinds.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import { personOfKey } from '../ids.ts';
import type { Log } from './log.ts';
import type { Signed, LogReader } from '../types.ts';

/**
 * All changes of some fields of some records, read by index. `json_each` comes first, so that SQLite does not begin with the
 * changes. Hashes are read as text and keys by number: a Buffer for each took a third of the time.
 */
const CHANGES = `SELECT lower(hex(m.hash)) AS "commit", i.value AS id, n.value AS field, h.value, m.wall, m.replica, m.clock, m.chain, m.seq, m.vv
  FROM json_each($ids) i
  CROSS JOIN entity_ e ON e.id = unhex(replace(i.value, '-', '')) AND e.kind = $entity
  CROSS JOIN json_each($fields) n
  CROSS JOIN field_ f ON f.entity = $entity AND f.name = n.value
  CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field
  CROSS JOIN commit_ m ON m.c = h.c
  ORDER BY m.clock, m.hash`;

const REPLICA = `SELECT "key", id IS (SELECT value FROM local_self WHERE key = 'replica') AS here FROM replica_ WHERE replica = ?`;

interface SignedRow extends Place {
  commit: CommitHash;
  id: string;
  field: string;
  value: string;
  wall: number;
  replica: number;
}

const rowsOf = (log: Log, entity: Entity, ids: readonly string[], fields: readonly string[]): SignedRow[] =>
  log.store.allNamed<SignedRow>(CHANGES, { entity, ids: JSON.stringify(ids), fields: JSON.stringify(fields) });

/** The query plan of {@link signedChanges}, for the test that holds it to its indexes. */
export const planOfSignedChanges = (log: Log): string => log.store.explain(CHANGES).join('\n');

/** See LogReader.changes. */
export function signedChanges(log: Log, entity: Entity, ids: readonly string[], fields: readonly string[]): Signed[] {
  const signers = new Map<number, Pick<Signed, 'person' | 'here'>>();
  const signerOf = (replica: number): Pick<Signed, 'person' | 'here'> | null => {
    const known = signers.get(replica);
    if (known !== undefined) return known;
    const row = log.store.get<{ key: Buffer; here: number }>(REPLICA, replica);
    if (row === undefined) return null;
    const signer = { person: personOfKey(row.key), here: row.here === 1 };
    signers.set(replica, signer);
    return signer;
  };
  return rowsOf(log, entity, ids, fields).flatMap(({ commit, id, field, value, wall, replica }): Signed[] => {
    const signer = signerOf(replica);
    if (signer === null) return [];
    return [{ commit, entity, id, field, value: parsed(value) ?? null, ...signer, at: wall }];
  });
}

/** See LogReader.seenOf. A commit that is not here counts as seen by no one. */
export function seenOf(
  log: Log,
  entity: Entity,
  ids: readonly string[],
  field: string,
  versions: readonly CommitHash[],
): Map<string, CommitHash | null> {
  const current = new Map<string, Place>();
  for (const row of rowsOf(log, entity, ids, [field])) current.set(row.id, row);
  const known = versions
    .flatMap((hash) => {
      const place = log.placeOf(hash);
      return place === null ? [] : [{ hash, place }];
    })
    .reverse();
  return new Map(
    ids.map((id) => {
      const author = current.get(id);
      const last = author && known.find(({ place }) => log.causality.saw(author, place));
      return [id, last?.hash ?? null];
    }),
  );
}

/** See LogReader.saw. False if one of the two is not here. */
export function saw(log: Log, later: CommitHash, earlier: CommitHash): boolean {
  const [a, b] = [log.placeOf(later), log.placeOf(earlier)];
  return a !== null && b !== null && log.causality.saw(a, b);
}

/** See LogReader.authors: in the order of their first commit. */
export function authors(log: Log): ReturnType<LogReader['authors']> {
  const rows = log.store.all<{ key: Buffer; commits: number; first: number; last: number }>(
    `SELECT r.key, count(*) AS commits, min(m.wall) AS first, max(m.wall) AS last
     FROM commit_ m JOIN replica_ r ON r.replica = m.replica GROUP BY r.key ORDER BY min(m.c)`,
  );
  return rows.map(({ key, ...rest }) => ({ person: personOfKey(key), key: key.toString('hex'), ...rest }));
}
