import { parsed } from '../../../shared/changes/canonical.ts';
import { query, type Readable } from '../../db/types.ts';
import { signerOf } from '../review/moves.ts';

/** A replica belongs to one folder on one installation: keys that signed under one replica were used there. */
const keysOfReplicas = query<Record<string, never>, { id: string; key: string }>(
  'people.keysOfReplicas',
  `SELECT lower(hex(id)) AS id, lower(hex("key")) AS "key" FROM replica_`,
);
const confirmationChanges = query<Record<string, never>, { id: string; field: string; value: string; key: string }>(
  'people.confirmations',
  `SELECT p.id, f.name AS field, h.value, lower(hex(r."key")) AS "key"
   FROM p_confirmation p
   CROSS JOIN entity_ e ON e.id = unhex(replace(p.id, '-', '')) AND e.kind = 'confirmation'
   CROSS JOIN change_ h ON h.ent = e.ent CROSS JOIN field_ f ON f.field = h.field
   CROSS JOIN commit_ m ON m.c = h.c CROSS JOIN replica_ r ON r.replica = m.replica
   ORDER BY m.clock, m.hash`,
);

/** Replicas on which several keys signed, with the first commit that the merge being judged brings of a key that had not signed there. */
const keysThatJoin = query<Record<string, never>, { id: string; key: string; commit: string | null }>(
  'people.keysThatJoin',
  `SELECT lower(hex(r.id)) AS id, lower(hex(r."key")) AS "key", iif(
     EXISTS (SELECT 1 FROM commit_ m WHERE m.replica = r.replica AND NOT EXISTS (SELECT 1 FROM incoming_commit i WHERE i.c = m.c)), NULL,
     (SELECT lower(hex(m.hash)) FROM commit_ m WHERE m.replica = r.replica ORDER BY m.clock, m.hash LIMIT 1)) AS "commit"
   FROM replica_ r WHERE r.id IN (SELECT id FROM replica_ GROUP BY id HAVING count(*) > 1) ORDER BY 1, 2`,
);

/**
 * Who signed on an installation of others in the merge being judged, and had not before: they count as one person with those from then
 * on, and so do these with one another.
 */
export function joinedBy(db: Readable): { person: string; others: string[]; commit: string }[] {
  const joins = [...Map.groupBy(db.all(keysThatJoin, {}), ({ id }) => id).values()].flatMap((rows) =>
    rows.flatMap(({ key, commit }) => {
      const others = rows.flatMap((one) => (one.key === key ? [] : signerOf(one.key)));
      return commit === null ? [] : [{ person: signerOf(key), others, commit }];
    }),
  );
  return [...Map.groupBy(joins, ({ person }) => person)].flatMap(([person, [first, ...more]]) => {
    if (first === undefined) return [];
    const others = new Set([first, ...more].flatMap((one) => one.others));
    return [{ person, others: [...others], commit: first.commit }];
  });
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Who signed on the same installation, by the log: directly, or through keys that were used on both. Someone who wants to hide it
 * can work in a second copy of the project, which has a replica of its own: the log can show that two keys were used in one place,
 * never that they were not.
 */
export class Installations {
  private readonly groups = new Map<string, ReadonlySet<string>>();
  readonly isAnyShared: boolean;
  private readonly outside = new Map<string, ReadonlySet<string>>();

  constructor(db: Readable) {
    for (const rows of Map.groupBy(db.all(keysOfReplicas, {}), ({ id }) => id).values()) {
      const people = rows.map(({ key }) => signerOf(key));
      const all = new Set(people.flatMap((one) => [one, ...(this.groups.get(one) ?? NOBODY)]));
      for (const one of all) this.groups.set(one, all);
    }
    this.isAnyShared = [...this.groups.values()].some(({ size }) => size > 1);
    if (!this.isAnyShared) return;
    for (const [by, of] of confirmations(db))
      if (this.groups.get(of)?.has(by) !== true)
        this.outside.set(of, new Set([...(this.outside.get(of) ?? NOBODY), by]));
  }

  /** The others who signed on this person's installation. */
  sharing(person: string): ReadonlySet<string> {
    const group = this.groups.get(person) ?? NOBODY;
    return group.size < 2 ? NOBODY : new Set([...group].filter((one) => one !== person));
  }

  /** The people on this person's installation who count as the same person: all, unless people on other installations confirmed both keys. */
  oneWith(person: string): ReadonlySet<string> {
    const sharing = this.sharing(person);
    if (sharing.size === 0 || !this.outside.has(person)) return sharing;
    return new Set([...sharing].filter((one) => !this.outside.has(one)));
  }

  /** The people who confirmed this person's key from another installation. */
  confirmers(person: string): ReadonlySet<string> {
    return this.outside.get(person) ?? NOBODY;
  }

  /** A text that changes whenever the groups of people who count as one change. */
  summary(): string {
    return JSON.stringify([...this.groups.keys()].sort().map((one) => [one, [...this.oneWith(one)].sort()]));
  }
}

/** Pairs of confirmer and confirmed person; the first signer of each record counts. */
function confirmations(db: Readable): [by: string, of: string][] {
  const records = Map.groupBy(db.all(confirmationChanges, {}), ({ id }) => id);
  return [...records.values()].flatMap((changes): [string, string][] => {
    const key = changes[0]?.key ?? '';
    const own = changes.filter((one) => one.key === key);
    const last = (name: string) => parsed(own.findLast(({ field }) => field === name)?.value ?? 'null');
    const of = last('confirmed');
    return typeof of === 'string' && last('deleted') !== true ? [[signerOf(key), of]] : [];
  });
}
