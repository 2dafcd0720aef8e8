import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { exportFault, readFault, systemCode } from '../../../shared/file-faults.ts';
import { Fault } from '../../../shared/errors.ts';
import { isLongEnough, SHORTEST_PASSPHRASE } from '../../../shared/text/passphrase.ts';
import { type AgeHeader, readAgeHeader } from '../../formats/age/header.ts';
import type { EncryptFor } from '../../formats/age/index.ts';
import type { BagOfFiles } from '../../formats/bag/encrypted.ts';
import type { BagSummary } from '../../formats/bag/write.ts';
import type { JobName, Jobs } from '../../workers/jobs.ts';
import { createPool } from '../../workers/pool.ts';

export type { EncryptFor } from '../../formats/age/index.ts';

/** What can open an encrypted file. All of them are tried. */
export interface Secrets {
  readonly passphrase?: string;
  /** `AGE-SECRET-KEY-1…`: from a file, or those of this installation's people. */
  readonly identities?: readonly string[];
}

export interface LongWork {
  readonly signal?: AbortSignal;
  /** Bytes. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The ending of encrypted project files. */
export const ENCRYPTED_SUFFIX = '.age';
/** A file is decrypted under this ending until it is complete: `.<name>.<8 hex>.decrypting`. */
const PART = '.decrypting';
/** Without progress for this long, the work is stopped; in total it may take twenty times as long. */
const QUIET_MS = 10 * 60_000;

/** The age header of a file; null if it is not encrypted with age. Faults: NOT_FOUND, NOT_ALLOWED. */
export function sniffEncrypted(file: string): AgeHeader | null {
  try {
    return readAgeHeader(file);
  } catch (thrown) {
    if (systemCode(thrown) === 'EISDIR') return null;
    throw readFault(thrown);
  }
}

/**
 * Writes an encrypted project file for a passphrase or for recipients, which `age -d` opens. It runs in a thread and reads the
 * project's files directly, so nothing unencrypted is ever written. `to` must not exist; if stopped or failed, it is removed.
 * Faults: CANCELLED, DISK_FULL, NOT_ALLOWED, BAD_INPUT (an invalid recipient), DAMAGED (a file's bytes do not match its hash).
 */
export async function encryptBag(
  plan: BagOfFiles,
  to: string,
  key: EncryptFor,
  work: LongWork = {},
): Promise<BagSummary> {
  try {
    return await inThread('encryptBag', { to, plan, key }, work);
  } catch (thrown) {
    rmSync(to, { force: true });
    throw exportFault(thrown);
  }
}

/**
 * Decrypts a file into the new file `to`, which only its owner may read. `to` appears only once all of it has been checked. Faults:
 * PASSWORD_NEEDED (no secret of the right kind was given; `context.opens` names the kind), PASSWORD_WRONG, DAMAGED (altered or cut
 * off), CANCELLED, DISK_FULL.
 */
export async function decrypt(file: string, secrets: Secrets, to: string, work: LongWork = {}): Promise<void> {
  await replacing(to, (part) => inThread('decrypt', { from: file, to: part, secrets: allOf(secrets) }, work));
}

/** Whether the secrets open an encrypted file, before a person is asked for more. Faults as {@link decrypt}; nothing is written. */
export const checkSecrets = async (file: string, secrets: Secrets): Promise<void> =>
  void (await inThread('decrypt', { from: file, to: null, secrets: allOf(secrets) }, {}));

const allOf = ({ passphrase, identities = [] }: Secrets) => ({ passphrase: passphrase ?? null, identities });

/** A new passphrase. BAD_INPUT if it is too short. */
export function assertLongEnough(passphrase: string): void {
  if (isLongEnough(passphrase)) return;
  throw new Fault(
    'BAD_INPUT',
    `Use a passphrase of at least ${SHORTEST_PASSPHRASE} characters. Several words are easier to remember than symbols.`,
    { shortest: SHORTEST_PASSPHRASE },
  );
}

/** Encrypts a short text with a passphrase, and back, in a thread: scrypt takes about a second. PASSWORD_WRONG, DAMAGED. */
export const encryptText = (text: string, passphrase: string): Promise<string> =>
  inThread('encryptText', { text, passphrase }, {});
export const decryptText = (armored: string, passphrase: string): Promise<string> =>
  inThread('decryptText', { armored, passphrase }, {});

/** BLAKE2b-512 of a file, computed in a thread. */
export const prehash = (file: string, work: LongWork = {}): Promise<Uint8Array> =>
  inThread('prehash', { path: file }, work);

async function inThread<N extends JobName>(
  name: N,
  input: Jobs[N]['input'],
  { signal, onProgress }: LongWork,
): Promise<Jobs[N]['output']> {
  const pool = createPool({ size: 1 });
  try {
    return await pool.run(name, input, {
      timeoutMs: QUIET_MS,
      ...(signal === undefined ? {} : { signal }),
      onProgress: ({ done, total }) => onProgress?.(done ?? 0, total ?? 0),
    });
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.data.code === 'CANCELLED')
      throw new Fault('CANCELLED', 'Stopped. No file was written.');
    throw thrown;
  } finally {
    // Only then does nothing write to the temporary file any more.
    await pool.close();
  }
}

async function replacing<T>(to: string, write: (part: string) => Promise<T>): Promise<T> {
  const part = join(dirname(to), `.${basename(to)}.${randomBytes(4).toString('hex')}${PART}`);
  try {
    const result = await write(part);
    renameSync(part, to);
    return result;
  } catch (thrown) {
    rmSync(part, { force: true });
    throw exportFault(thrown);
  }
}
