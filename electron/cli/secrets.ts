import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Fault } from '../../shared/errors.ts';
import { readIdentityFile } from '../formats/age/identity.ts';
import { openHome } from '../host/home.ts';
import { ownIdentities } from '../host/secrets.ts';
import { type Secrets, sniffEncrypted } from '../project/export/encryption.ts';

export interface SecretOptions {
  readonly passphraseFile?: string;
  readonly identityFile?: string;
}

/** The options of every command that opens encrypted files. */
export const withSecretOptions = (command: Command): Command =>
  command
    .option('--passphrase-file <file>', 'passphrase file for encrypted files (first line)')
    .option('--identity-file <file>', 'age identity file for encrypted files');

/** The first line of a passphrase file. There is no option for the passphrase itself: every user of a machine sees arguments. */
export function passphraseIn(file: string): string {
  const [line = ''] = readText(file, 'passphrase').split(/\r?\n/, 1);
  if (line === '') throw new Fault('BAD_INPUT', 'The passphrase file is empty. Put the passphrase on its first line.');
  return line;
}

/** What decrypts a file: the given passphrase and identities and, if it is encrypted to recipients, our own people's identities. */
export async function secretsFrom(file: string, { passphraseFile, identityFile }: SecretOptions): Promise<Secrets> {
  const passphrase = passphraseFile === undefined ? {} : { passphrase: passphraseIn(passphraseFile) };
  const given = identityFile === undefined ? [] : readIdentityFile(readText(identityFile, 'identity'));
  const own = sniffEncrypted(file)?.opens === 'identity' ? await ownIdentities(openHome()) : [];
  return { ...passphrase, identities: [...given, ...own] };
}

function readText(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Fault('NOT_FOUND', `Can’t read the ${what} file. Check its name and permissions.`, { what });
  }
}
