import { Fault } from '../../shared/errors.ts';
import { type Secrets, sniffEncrypted } from '../project/export/encryption.ts';
import type { Home } from './home.ts';

/**
 * What decrypts a received file: the given passphrase, or the age identities of this installation's people. Empty if the
 * file isn't encrypted. PASSWORD_NEEDED if it is encrypted with a passphrase and none is given.
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
  throw passphraseNeeded();
}

export const passphraseNeeded = (): Fault =>
  new Fault('PASSWORD_NEEDED', 'This file is encrypted with a passphrase. Enter it to continue.', {
    opens: 'passphrase',
  });

/** Whether entering a passphrase, or another one, would help. It doesn't for a file that is encrypted to recipients. */
export const isAboutPassphrase = (thrown: unknown): thrown is Fault =>
  thrown instanceof Fault &&
  (thrown.data.code === 'PASSWORD_NEEDED' || thrown.data.code === 'PASSWORD_WRONG') &&
  thrown.data.context?.['opens'] !== 'identity';

export interface MergeSecrets {
  readonly passphrase?: string;
  readonly identity?: string;
}

/** Secrets as the merge calls take them: the identities in one text, one a line. */
export const forMerge = ({ passphrase, identities = [] }: Secrets): MergeSecrets => ({
  ...(passphrase === undefined ? {} : { passphrase }),
  ...(identities.length === 0 ? {} : { identity: identities.join('\n') }),
});

/** The identities of those of this installation's people whose keys are open; KEY_LOCKED if none is. */
export async function ownIdentities(home: Pick<Home, 'ownPeople' | 'ageIdentity'>): Promise<string[]> {
  const identities: string[] = [];
  let locked: Fault | null = null;
  for (const { name } of home.ownPeople()) {
    try {
      identities.push(await home.ageIdentity(name));
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.data.code !== 'KEY_LOCKED') throw thrown;
      locked = thrown;
    }
  }
  if (identities.length === 0 && locked !== null) throw locked;
  return identities;
}
