import { Fault } from '../../shared/errors.ts';
import type { PersonId } from '../../shared/model/index.ts';

/** Someone who can sign. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  /** PEM of the Ed25519 private key. */
  readonly privateKey: string;
  /** Added to a project with their first commit (shared/model/review.ts). */
  readonly roles?: readonly string[];
}

/** Someone whose private key is stored encrypted and isn’t open now: they can read, and every commit is KEY_LOCKED. */
export interface LockedPerson extends Omit<Person, 'privateKey'> {
  readonly privateKey: null;
  /** The raw Ed25519 public key, 32 bytes in hex. */
  readonly publicKey: string;
  /** What would open the key: its passphrase, or this computer’s key store, which doesn’t give it here. */
  readonly opens: 'passphrase' | 'system';
}

/** KEY_LOCKED, saying what the person has to do. */
export type ActingPerson = Person | LockedPerson;

/** KEY_LOCKED, with what to do. */
export function keyLocked({ name, opens }: Pick<LockedPerson, 'name' | 'opens'>): Fault {
  const message =
    opens === 'passphrase'
      ? `The signing key of “${name}” is encrypted, so nothing was saved. Enter its passphrase: in a window by unlocking Sourcebook, on the command line with --key-passphrase-file.`
      : `The signing key of “${name}” is kept by this computer’s key store, which didn’t open it, so nothing was saved. Use Sourcebook’s window in the same account, or set a passphrase for the key there, in Settings.`;
  return new Fault('KEY_LOCKED', message, { opens, person: name });
}
