import { Fault } from '../../shared/errors.ts';
import { type Secrets, sniffEncrypted } from '../project/export/encryption.ts';
import type { Home } from './home.ts';

/**
 * What may open a file that somebody sent: the passphrase that was given, and the identities of this installation's own
 * people. Nothing for a file that is not encrypted. PASSWORD_NEEDED for one with a passphrase, before anybody is asked for more.
 */
export async function secretsFor(
  home: Pick<Home, 'ownPeople' | 'ageIdentity'>,
  file: string,
  passphrase?: string,
): Promise<Secrets> {
  const encrypted = sniffEncrypted(file);
  if (encrypted === null) return {};
  if (encrypted.opens === 'identity') return { identities: await ownIdentities(home) };
  if (passphrase !== undefined) return { passphrase };
  throw new Fault('PASSWORD_NEEDED', 'This file is encrypted with a passphrase. Enter it to continue.', {
    opens: 'passphrase',
  });
}

/** A passphrase is asked for, or another one. Where a file is encrypted for others, none would open it. */
export const isAboutPassphrase = (thrown: unknown): thrown is Fault =>
  thrown instanceof Fault &&
  (thrown.data.code === 'PASSWORD_NEEDED' || thrown.data.code === 'PASSWORD_WRONG') &&
  thrown.data.context?.['opens'] !== 'identity';

export const ownIdentities = (home: Pick<Home, 'ownPeople' | 'ageIdentity'>): Promise<string[]> =>
  Promise.all(home.ownPeople().map(({ name }) => home.ageIdentity(name)));
