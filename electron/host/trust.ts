import { join } from 'node:path';
import { z } from 'zod';
import type { trustState } from '../../shared/contract/people.ts';
import { personId, type PersonId } from '../../shared/model/index.ts';
import { isUnnamed, looksLike, sameName } from '../../shared/model/person-name.ts';
import { fingerprintOf } from '../project/people/people.ts';
import { writeWhole } from './files.ts';
import type { ReadFile } from './key-files.ts';
import type { OwnPeople, OwnPerson } from './own-people.ts';

/** A key whose fingerprint was compared with its owner: by telephone, on paper or in person. */
const knownKey = z.object({
  id: personId,
  name: z.string(),
  /** Raw Ed25519 public key, hex. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  /** Epoch milliseconds. */
  confirmedAt: z.number(),
});
export type KnownKey = z.infer<typeof knownKey>;

/** The keys confirmed on this installation. Stored outside of projects, so that no project can say whom to trust. */
export interface Trust {
  known(): KnownKey[];
  /** Replaces an earlier confirmed key of the same name. */
  confirm(person: { readonly id: PersonId; readonly name: string; readonly key: string }): void;
}

export function createTrust(home: string, read: ReadFile): Trust {
  const path = join(home, 'known-people.json');
  const known = (): KnownKey[] => read(path, z.array(knownKey), 'The list of confirmed keys') ?? [];
  return {
    known,
    confirm({ id, name, key }) {
      const others = known().filter((one) => one.id !== id && !sameName(one.name, name));
      writeWhole(path, `${JSON.stringify([...others, { id, name, key, confirmedAt: Date.now() }], null, 2)}\n`);
    },
  };
}

export interface Trusted {
  readonly trust: z.infer<typeof trustState>;
  /** If `changed`: the fingerprint confirmed under this name, or one's own. */
  readonly confirmedFingerprint: string | null;
}

/**
 * Whether the key of a person in a project is confirmed. Names are compared without case, width and spaces, and by their looks: a
 * different key under a confirmed name, or under one's own, is the warning that matters most.
 */
export function trustOf(
  { id, name }: { readonly id: string; readonly name: string },
  own: readonly OwnPerson[],
  known: readonly KnownKey[],
): Trusted {
  if (own.some((one) => one.id === id)) return { trust: 'me', confirmedFingerprint: null };
  // The same key under another name isn't confirmed: anyone can write any name into a project.
  if (known.some((one) => one.id === id && sameName(one.name, name)))
    return { trust: 'confirmed', confirmedFingerprint: null };
  const other = known.find((one) => one.id !== id && looksLike(one.name, name));
  if (other !== undefined)
    return { trust: 'changed', confirmedFingerprint: fingerprintOf(Buffer.from(other.key, 'hex')) };
  // People who never entered a name all have the default one, so it doesn't claim to be me.
  const hasOwnName = !isUnnamed(name);
  const mine = own.find((one) => hasOwnName && looksLike(one.name, name));
  if (mine !== undefined)
    return { trust: 'changed', confirmedFingerprint: fingerprintOf(Buffer.from(mine.publicKey, 'hex')) };
  return { trust: 'new', confirmedFingerprint: null };
}

/** The people whose work a merge brings, with whether their keys are confirmed here. */
export function knownAmong<P extends { readonly person: string | null; readonly name: string }>(
  people: readonly P[],
  home: Pick<Trust, 'known'> & Pick<OwnPeople, 'ownPeople'>,
): (P & Trusted)[] {
  const own = home.ownPeople();
  const known = home.known();
  return people.map((one) => ({ ...one, ...trustOf({ id: one.person ?? '', name: one.name }, own, known) }));
}
