import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Fault } from '../../../shared/errors.ts';

/** An age key pair: `identity` is secret (`AGE-SECRET-KEY-1…`), `recipient` (`age1…`) is for others to seal to. */
export interface AgeIdentity {
  readonly identity: string;
  readonly recipient: string;
}

export const IDENTITY = /^AGE-SECRET-KEY-1[0-9A-Z]{20,}$/;

export const newAgeIdentity = async (): Promise<AgeIdentity> => withRecipient(await generateX25519Identity());

/** BAD_INPUT where it is none. */
export async function withRecipient(identity: string): Promise<AgeIdentity> {
  try {
    return { identity, recipient: await identityToRecipient(identity) };
  } catch {
    throw new Fault('BAD_INPUT', 'This is not an age identity. One begins with AGE-SECRET-KEY-1.');
  }
}

/** The identities in a file as `age-keygen` writes it: one a line, comments begin with #. BAD_INPUT where there is none. */
export function readIdentityFile(text: string): string[] {
  const found = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => IDENTITY.test(line));
  if (found.length > 0) return found;
  throw new Fault('BAD_INPUT', 'The identity file has no age identity: a line that begins with AGE-SECRET-KEY-1.');
}
