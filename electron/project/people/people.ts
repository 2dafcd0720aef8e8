import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { ProjectPerson } from '../../../shared/contract/people.ts';
import { Fault } from '../../../shared/errors.ts';
import type { PersonId } from '../../../shared/model/index.ts';
import { personOfKey } from '../../db/ids.ts';
import type { ActingPerson, Person } from '../../db/types.ts';

/** A new Ed25519 key pair (RFC 8032) as PKCS8 PEM. */
export function newPrivateKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The person of a key. Throws if the text is not an Ed25519 key. */
export function personOf(name: string, privateKey: string): Person {
  return { id: personIdOf(rawPublicKey(privateKey)), name, privateKey };
}

/**
 * A person's id: UUID version 8 (RFC 9562) over the SHA-256 of the raw 32-byte public key. The owner of the key is the same
 * person on any machine; a name is only a label.
 */
export const personIdOf = (publicKey: Uint8Array): PersonId => personOfKey(publicKey);

/**
 * What people compare to confirm a key: the first 16 bytes of its SHA-256 in groups of four digits. With half of that, a key that
 * has a given fingerprint could be searched for.
 */
export function fingerprintOf(publicKey: Uint8Array): string {
  const hex = createHash('sha256').update(publicKey).digest('hex').slice(0, 32).toUpperCase();
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}

/** The 32 bytes of a person’s public key, whether their private key is open or not. */
export const publicKeyOf = (person: ActingPerson): Uint8Array =>
  person.privateKey === null ? Buffer.from(person.publicKey, 'hex') : rawPublicKey(person.privateKey);

/** The 32 bytes of the public key that belongs to a private key in PEM. */
export function rawPublicKey(privateKey: string): Uint8Array {
  const key = createPublicKey(createPrivateKey(privateKey));
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Error(`An Ed25519 key is needed, not ${key.asymmetricKeyType ?? 'this'}`);
  return key.export({ type: 'spki', format: 'der' }).subarray(-32);
}

/** The person, if this is the fingerprint of their key. Throws NOT_FOUND, BAD_INPUT. */
export function assertFingerprint(
  person: ProjectPerson | undefined,
  fingerprint: string,
): ProjectPerson & { key: string } {
  if (person === undefined) throw new Fault('NOT_FOUND', 'No such person in this project. Choose one from the list.');
  const { key } = person;
  if (key === null)
    throw new Fault('BAD_INPUT', `${person.name} hasn’t signed anything here, so there’s no key to confirm.`);
  if (digitsOf(fingerprint) !== digitsOf(person.fingerprint))
    throw new Fault(
      'BAD_INPUT',
      `That isn’t the fingerprint of the key signing as ${person.name}. Ask again by phone or in person; if it still differs, someone else is using this name.`,
    );
  return { ...person, key };
}

const digitsOf = (fingerprint: string): string => fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase();
