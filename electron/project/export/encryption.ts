import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Fault } from '../../../shared/errors.ts';
import { type AgeHeader, readAgeHeader } from '../../formats/age/header.ts';
import type { EncryptFor } from '../../formats/age/index.ts';
import { targetFault } from '../../formats/bag/faults.ts';
import type { BagOfFiles } from '../../formats/bag/encrypted.ts';
import type { BagSummary } from '../../formats/bag/write.ts';
import type { JobName, Jobs } from '../../workers/jobs.ts';
import { createPool } from '../../workers/pool.ts';
import { readFault } from '../files/faults.ts';

export type { EncryptFor } from '../../formats/age/index.ts';

/** What may open an encrypted file. All that are given are tried. */
export interface Secrets {
  readonly passphrase?: string;
  /** `AGE-SECRET-KEY-1…`: those of a file, and the own people's. */
  readonly identities?: readonly string[];
}

export interface LongWork {
  readonly signal?: AbortSignal;
  /** Bytes. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How project files that are encrypted are called. */
export const ENCRYPTED_SUFFIX = '.age';
/** What a file is opened into until it is whole: `.<name>.<8 hex>.decrypting`. */
const PART = '.decrypting';
/** Without a word for so long, the work is ended; in all it may take twenty times as long. */
const QUIET_MS = 10 * 60_000;

/** How a file is opened where age encrypted it, null where it is not encrypted. Faults: NOT_FOUND, NOT_ALLOWED. */
export function sniffEncrypted(file: string): AgeHeader | null {
  try {
    return readAgeHeader(file);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EISDIR') return null;
    throw readFault(thrown);
  }
}

/**
 * Writes a project file encrypted for a passphrase or for recipients, so that `age -d` opens it. In a thread of its own, straight
 * from the project's files: unencrypted it lies nowhere. `to` must not be there; stopped or failed, it is gone again. Faults:
 * CANCELLED, DISK_FULL, NOT_ALLOWED, BAD_INPUT (a recipient that is none), DAMAGED (a file has not the hash it is kept by).
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
    throw targetFault(thrown);
  }
}

/**
 * Opens an encrypted file into the new file `to`, which only its owner may read. `to` is there once all of it proved whole, and
 * never else. Faults: PASSWORD_NEEDED (no secret of its kind was given; `context.opens` says which), PASSWORD_WRONG,
 * DAMAGED (altered or cut off), CANCELLED, DISK_FULL.
 */
export async function decrypt(file: string, secrets: Secrets, to: string, work: LongWork = {}): Promise<void> {
  await replacing(to, (part) => inThread('decrypt', { from: file, to: part, secrets: allOf(secrets) }, work));
}

/** Looks whether the secrets open an encrypted file, before anybody is asked for more. Faults as {@link decrypt}, nothing is written. */
export const checkSecrets = async (file: string, secrets: Secrets): Promise<void> =>
  void (await inThread('decrypt', { from: file, to: null, secrets: allOf(secrets) }, {}));

const allOf = ({ passphrase, identities = [] }: Secrets) => ({ passphrase: passphrase ?? null, identities });

/** BLAKE2b-512 of a file, in a thread of its own. */
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
      onProgress: ({ page, pages }) => onProgress?.(page ?? 0, pages ?? 0),
    });
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.data.code === 'CANCELLED')
      throw new Fault('CANCELLED', 'Stopped. No file was written.');
    throw thrown;
  } finally {
    // Only then nobody writes to the part any more.
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
    throw targetFault(thrown);
  }
}
