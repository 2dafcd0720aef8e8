import type { z } from 'zod';
import type { trustState } from '../../../shared/contract/people.ts';
import { looksLike, skeletonOf, visibleName } from '../../../shared/model/person-name.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import type { CommitHash, PersonId } from '../../../shared/model/index.ts';
import { commitHash } from '../../../shared/model/index.ts';
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
const liveRows = query<Record<string, never>, PersonRow>(
  'people.live',
  `SELECT id, name, "key", roles FROM p_person WHERE deleted IS NOT 1 ORDER BY createdAt, id`,
);
export const personById = query<{ id: string }, PersonRow>(
  'people.byId',
  `SELECT id, name, "key", roles FROM p_person WHERE id = $id AND deleted IS NOT 1`,
);
/**
 * The people of the project as they wrote themselves, in the order in which they were added; names that look alike are followed by
 * their keys.
 */
export function livePeople(db: Readable): PersonRow[] {
  const names = shownNames(db);
  return db.all(liveRows, {}).map((row) => ({ ...row, name: names.get(row.id) ?? row.name }));
}
/** Removed people too: their work keeps their name. */
export const namesOfPeople = query<Record<string, never>, { id: string; name: string | null; key: string | null }>(
  'people.names',
  `SELECT id, name, "key" FROM p_person`,
);

/** The trust of an installation in people's keys, by id. */
export type KnownKeys = ReadonlyMap<string, z.infer<typeof trustState>>;

/**
 * The names of people as they are shown. Anyone can write any name into a project: what can’t be seen in one is written out, and
 * where names look alike, or one has a key in it, each is followed by the fingerprint of its key. With `keys`, so is each whose key is not confirmed.
 */
export function shownNames(db: Readable, keys: KnownKeys = new Map()): ReadonlyMap<string, string> {
  const own = ownNames(db);
  const named = db.all(namesOfPeople, {}).flatMap(({ id, name, key }) => {
    const shown = own.get(id)?.at(-1) ?? name;
    return shown === null ? [] : [{ id, name: shown, key }];
  });
  return toldApart(named, keys);
}

/** Like `shownNames`, for these people. */
export function toldApart(
  named: readonly { readonly id: string; readonly name: string; readonly key: string | null }[],
  keys: KnownKeys = new Map(),
): ReadonlyMap<string, string> {
  const alike = Map.groupBy(named, ({ name }) => skeletonOf(name));
  const isShared = (id: string, name: string): boolean =>
    (alike.get(skeletonOf(name))?.length ?? 0) > 1 || named.some((one) => one.id !== id && looksLike(one.name, name));
  return new Map(
    named.map(({ id, name, key }) => {
      const trust = trustInWords(keys.get(id));
      const isMarked = trust !== '' || claimsKey(name) || isShared(id, name);
      return [id, isMarked ? `${visibleName(name)} (${keyInWords(id, key)}${trust})` : visibleName(name)];
    }),
  );
}

/** Whether a name has a key in it. A person named “Ann (key 3F0A …)” is shown with their own key, or they could pass for Ann. */
const claimsKey = (name: string): boolean => /key[\da-fol]{4}/.test(skeletonOf(name));

function trustInWords(trust: z.infer<typeof trustState> | undefined): string {
  switch (trust) {
    case undefined:
    case 'me':
    case 'confirmed':
      return '';
    case 'new':
      return ', not confirmed';
    case 'changed':
      return ', not the one that was confirmed';
  }
}

interface NameChange {
  readonly id: string;
  readonly value: string;
  readonly commit: string;
  /** The key that signed it. */
  readonly key: string;
}
const changesOfNames = query<Record<string, never>, NameChange>(
  'people.nameChanges',
  `SELECT p.id, h.value, lower(hex(m.hash)) AS "commit", lower(hex(r."key")) AS "key"
   FROM p_person p
   CROSS JOIN entity_ e ON e.id = unhex(replace(p.id, '-', '')) AND e.kind = 'person'
   CROSS JOIN change_ h ON h.ent = e.ent AND h.field = (SELECT field FROM field_ WHERE entity = 'person' AND name = 'name')
   CROSS JOIN commit_ m ON m.c = h.c CROSS JOIN replica_ r ON r.replica = m.replica
   ORDER BY m.clock, m.hash`,
);
const signer = ({ key }: NameChange): PersonId => personIdOf(Buffer.from(key, 'hex'));

/** The names that each person signed for themselves, oldest first. Anyone can write a name into anyone’s record. */
export function ownNames(db: Readable): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const change of db.all(changesOfNames, {})) {
    const value = parsed(change.value);
    if (signer(change) !== change.id || typeof value !== 'string') continue;
    const before = names.get(change.id);
    if (before === undefined) names.set(change.id, [value]);
    else before.push(value);
  }
  return names;
}

/** People who signed a name for themselves, and whose record has another, which someone else wrote. */
export function renamedByOthers(
  reader: { readonly db: Readable },
  which: 'all' | 'incoming',
): { readonly id: string; readonly name: string; readonly by: PersonId; readonly commit: CommitHash }[] {
  const { db } = reader;
  const own = ownNames(db);
  const changes = db.all(changesOfNames, {});
  return db.all(namesOfPeople, {}).flatMap(({ id, name }) => {
    const names = own.get(id) ?? [];
    const last = changes.findLast((one) => one.id === id && parsed(one.value) === name);
    if (name === null || names.length === 0 || names.includes(name) || last === undefined) return [];
    return which === 'all' || isIncoming(reader, last.commit)
      ? [{ id, name, by: signer(last), commit: commitHash.parse(last.commit) }]
      : [];
  });
}
/** Whether the merge being judged brings this commit. */
export const isIncoming = ({ db }: { readonly db: Readable }, commit: string): boolean =>
  db.get(incomingCommit, { hash: commit }) !== undefined;
const incomingCommit = query<{ hash: string }, { hash: string }>(
  'people.incomingCommit',
  'SELECT i.hash FROM commit_ m CROSS JOIN incoming_commit i ON i.c = m.c WHERE m.hash = unhex($hash)',
);

/** The fingerprint of a person's key in words; “no key” if the key does not match the id, which derives from the true key. */
function keyInWords(id: string, key: string | null): string {
  const bytes = key !== null && /^[0-9a-f]{64}$/.test(key) ? Buffer.from(key, 'hex') : null;
  return bytes !== null && personIdOf(bytes) === id ? `key ${fingerprintOf(bytes)}` : `no key, ${id.slice(0, 8)}`;
}
