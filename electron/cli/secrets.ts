import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { Fault } from '../../shared/errors.ts';
import { readIdentityFile } from '../formats/age/identity.ts';
import { ownIdentities } from '../host/secrets.ts';
import { type Secrets, sniffEncrypted } from '../project/export/encryption.ts';
import { ownHome } from './open.ts';

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

/** The passphrase in the file or, without one, typed into the terminal, where it isn't shown. USAGE if there is neither. */
export async function passphraseFrom(file: string | undefined, question: string): Promise<string> {
  if (file !== undefined) return passphraseIn(file);
  if (!canAsk())
    throw new Fault('USAGE', 'A passphrase is needed. Give a file with it on its first line: --passphrase-file FILE.');
  return ask(question);
}

/** A new passphrase: the same, and typed twice. */
export async function newPassphraseFrom(file: string | undefined, question: string): Promise<string> {
  const passphrase = await passphraseFrom(file, question);
  if (file === undefined && passphrase !== (await ask('The same again: ')))
    throw new Fault('BAD_INPUT', 'The two passphrases differ. Nothing was changed.');
  return passphrase;
}

/** Whether somebody is there to type: both ends are a terminal. */
const canAsk = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** Asks on the terminal. What is typed isn't echoed. */
async function ask(question: string): Promise<string> {
  const silent = new Writable({ write: (_piece, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(question);
  try {
    return await reader.question('');
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
}

/**
 * Does something with passwords of protected PDFs. While one is lacking and somebody is there to type, it is asked for, and all is done again;
 * nothing typed leaves it out. They are kept nowhere.
 */
export async function withPasswords<T>(
  given: readonly string[],
  work: (passwords: readonly string[]) => Promise<T>,
  isLacking: (made: T) => boolean,
): Promise<T> {
  const passwords = [...given];
  let made = await work(passwords);
  while (isLacking(made) && canAsk()) {
    const typed = await ask('Password of a protected PDF (Enter: leave it out): ');
    if (typed === '') break;
    passwords.push(typed);
    made = await work(passwords);
  }
  return made;
}

/** What decrypts a file: the given passphrase and identities and, if it is encrypted to recipients, our own people's identities. */
export async function secretsFrom(file: string, { passphraseFile, identityFile }: SecretOptions): Promise<Secrets> {
  const passphrase = passphraseFile === undefined ? {} : { passphrase: passphraseIn(passphraseFile) };
  const given = identityFile === undefined ? [] : readIdentityFile(readText(identityFile, 'identity'));
  const own = sniffEncrypted(file)?.opens === 'identity' ? await ownIdentities(ownHome()) : [];
  return { ...passphrase, identities: [...given, ...own] };
}

function readText(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Fault('NOT_FOUND', `Can’t read the ${what} file. Check its name and permissions.`, { what });
  }
}

/**
 * Runs a command that may have to sign. The key's passphrase is in the file or, where that is needed and someone is at the
 * terminal, asked for: nothing is written before the first signature, so that the command can begin again.
 */
export async function withOpenKey<T>(
  person: string | undefined,
  file: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const unlock = (passphrase: string): Promise<void> => ownHome().unlockKey(ownHome().actor(person).name, passphrase);
  if (file !== undefined) await unlock(passphraseIn(file));
  try {
    return await work();
  } catch (thrown) {
    const isLocked = thrown instanceof Fault && thrown.data.code === 'KEY_LOCKED';
    if (!isLocked || thrown.data.context?.['opens'] !== 'passphrase' || !canAsk()) throw thrown;
    await unlock(await ask(`Passphrase of the signing key of ${ownHome().actor(person).name}: `));
    return work();
  }
}
