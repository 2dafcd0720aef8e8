import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { getEnvironmentData } from 'node:worker_threads';
import { armor, Decrypter, Encrypter } from 'age-encryption';
import { exportFault } from '../../../shared/file-faults.ts';
import { Fault } from '../../../shared/errors.ts';
import { dearmored } from './armor.ts';
import { damagedEncryption, headerEnds, readAgeHeader } from './header.ts';

/** A passphrase, or recipients (`age1…`): age does not allow both. */
export type EncryptFor =
  | { readonly passphrase: string; /** Logarithm of scrypt's work; absent: age's own. */ readonly work?: number }
  | { readonly recipients: readonly string[] };
/** Secrets that may open an encrypted file; identities are `AGE-SECRET-KEY-1…`. */
export interface Secrets {
  readonly passphrase: string | null;
  readonly identities: readonly string[];
}

const PIECE = 1 << 20;
/** Only this user of the machine may read the file. */
const PRIVATE = 0o600;
type OnProgress = (done: number, total: number) => void;

/**
 * Encrypts a stream into the new file `to`, piece by piece, so memory does not grow with it. BAD_INPUT for an invalid
 * recipient. If it throws or is stopped, an unfinished `to` is left for the caller to remove.
 */
export async function encryptStream(from: ReadableStream<Uint8Array>, to: string, key: EncryptFor): Promise<void> {
  const encrypter = new Encrypter();
  if ('passphrase' in key) setPassphrase(encrypter, key.passphrase, key.work);
  else for (const recipient of key.recipients) addRecipient(encrypter, recipient);
  const encrypted = await encrypter.encrypt(from);
  await writeAll(encrypted, to, (thrown) => thrown);
}

/**
 * The key, in Node's environment data, of the logarithm of scrypt's work where none is given. Threads inherit it. Only tests set it, in their
 * own process (tests/support/scrypt.ts), since a passphrase costs a second of processor otherwise. No option, setting or environment variable
 * reaches it.
 */
const WORK = 'sourcebook.scrypt-work';

function setPassphrase(encrypter: Encrypter, passphrase: string, given?: number): void {
  encrypter.setPassphrase(passphrase);
  const work = given ?? getEnvironmentData(WORK);
  if (typeof work === 'number') encrypter.setScryptWorkFactor(work);
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch {
    throw notARecipient(recipient);
  }
}
const notARecipient = (recipient: string): Fault =>
  new Fault('BAD_INPUT', `“${recipient}” isn’t a valid age recipient. It should start with age1; ask for it again.`, {
    recipient,
  });

/** BAD_INPUT if one of them is no age recipient (for example with a missing letter). */
export function checkRecipients(recipients: readonly string[]): void {
  for (const recipient of recipients) addRecipient(new Encrypter(), recipient);
}

/**
 * Decrypts the file `from` into the new file `to`; without `to`, only checks from the header whether a secret opens it.
 * PASSWORD_NEEDED if none of the secrets is of the right kind, PASSWORD_WRONG if none opens it, DAMAGED if it was altered or
 * is cut short: then `to` is unfinished and must not be used. BAD_INPUT if it is not encrypted.
 */
export async function decryptFile(
  from: string,
  to: string | null,
  secrets: Secrets,
  onProgress: OnProgress,
): Promise<void> {
  const { size } = await stat(from);
  const opened = await openEncrypted(from, secrets, piecesOf(from, size, onProgress));
  if (to === null) return opened.cancel();
  await writeAll(opened, to, (thrown) => (isSystem(thrown) ? thrown : damagedEncryption('it was altered or cut off')));
}

async function openEncrypted(
  from: string,
  secrets: Secrets,
  pieces: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> {
  const header = readAgeHeader(from);
  if (header === null) throw new Fault('BAD_INPUT', 'This file isn’t encrypted with age.');
  if (!headerEnds(from)) throw damagedEncryption('its header is incomplete');
  const decrypter = new Decrypter();
  if (header.opens === 'passphrase') {
    if (secrets.passphrase === null) throw passwordNeeded();
    decrypter.addPassphrase(secrets.passphrase);
  } else {
    if (secrets.identities.length === 0) throw identityNeeded('PASSWORD_NEEDED');
    for (const identity of secrets.identities) addIdentity(decrypter, identity);
  }
  return decrypter.decrypt(header.armored ? dearmored(pieces) : pieces).catch((thrown: unknown) => {
    throw openingFault(thrown, header.opens);
  });
}

/** A short text encrypted with a passphrase, armored: `age -d` opens it. */
export async function encryptText(text: string, passphrase: string): Promise<string> {
  const encrypter = new Encrypter();
  setPassphrase(encrypter, passphrase);
  return armor.encode(await encrypter.encrypt(text));
}

/** PASSWORD_WRONG, DAMAGED. */
export async function decryptText(armored: string, passphrase: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(armor.decode(armored), 'text');
  } catch (thrown) {
    throw openingFault(thrown, 'passphrase');
  }
}

/** The bytes of a file that is encrypted with a passphrase, as a stream. PASSWORD_WRONG; DAMAGED, also while it is read. */
export async function* decryptedStream(from: string, passphrase: string): AsyncGenerator<Uint8Array> {
  const { size } = await stat(from);
  const opened = await openEncrypted(
    from,
    { passphrase, identities: [] },
    piecesOf(from, size, () => undefined),
  );
  const reader = opened.getReader();
  try {
    for (;;) {
      const piece = await reader.read().catch((thrown: unknown) => {
        throw isSystem(thrown) ? thrown : damagedEncryption('it was altered or cut off');
      });
      if (piece.done) return;
      yield piece.value;
    }
  } finally {
    // A stream that failed has ended already.
    await reader.cancel().catch(() => undefined);
  }
}

function addIdentity(decrypter: Decrypter, identity: string): void {
  try {
    decrypter.addIdentity(identity);
  } catch {
    throw new Fault('BAD_INPUT', 'This isn’t a valid age identity. It should start with AGE-SECRET-KEY-1.');
  }
}

const passwordNeeded = (): Fault =>
  new Fault('PASSWORD_NEEDED', 'This file is encrypted with a passphrase. Enter it to continue.', {
    opens: 'passphrase',
  });
const identityNeeded = (code: 'PASSWORD_NEEDED' | 'PASSWORD_WRONG'): Fault =>
  new Fault(
    code,
    'This file is encrypted for other people. Ask the sender to encrypt it for you (your age1… key), or use the right identity.',
    { opens: 'identity' },
  );
/** age only describes its errors in words. */
function openingFault(thrown: unknown, opens: 'passphrase' | 'identity'): unknown {
  if (isSystem(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : '';
  if (!message.includes('no identity matched')) return damagedEncryption('its header was altered');
  if (opens === 'identity') return identityNeeded('PASSWORD_WRONG');
  return new Fault('PASSWORD_WRONG', 'Incorrect passphrase.', { opens });
}

const isSystem = (thrown: unknown): boolean => thrown instanceof Error && 'syscall' in thrown;

/** The file in pieces; each is read when the previous one was consumed. */
function piecesOf(path: string, size: number, onProgress: OnProgress): ReadableStream<Uint8Array> {
  let done = 0;
  return bytesOf(createReadStream(path, { highWaterMark: PIECE }), (piece) => {
    done += piece.length;
    onProgress(done, size);
  });
}

/** A Node stream as a web stream for age: each piece is requested when the previous one was consumed. */
export function bytesOf(
  stream: AsyncIterable<unknown>,
  onPiece: (piece: Uint8Array) => void = () => undefined,
): ReadableStream<Uint8Array> {
  const pieces = stream[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await pieces.next();
        if (next.done === true) return controller.close();
        const piece: unknown = next.value;
        if (!(piece instanceof Uint8Array)) throw new TypeError('A file is read in bytes');
        onPiece(piece);
        controller.enqueue(piece);
      },
      async cancel() {
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Writes a stream to a new file and waits for fsync. */
async function writeAll(
  from: ReadableStream<Uint8Array>,
  to: string,
  readFailure: (thrown: unknown) => unknown,
): Promise<void> {
  const file = await open(to, 'wx', PRIVATE).catch((thrown: unknown) => {
    throw exportFault(thrown);
  });
  try {
    const reader = from.getReader();
    for (;;) {
      const piece = await reader.read().catch((thrown: unknown) => {
        throw readFailure(thrown);
      });
      if (piece.done) break;
      await writePiece(file, piece.value);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A write may write only a part. */
async function writePiece(file: FileHandle, piece: Uint8Array): Promise<void> {
  try {
    for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten;
  } catch (thrown) {
    throw exportFault(thrown);
  }
}
