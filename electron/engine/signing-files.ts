import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Fault } from '../../shared/errors.ts';
import type { Person } from '../db/types.ts';
import {
  minisignature,
  minisignKey,
  readMinisignature,
  readMinisignKey,
  verifyMinisign,
} from '../formats/minisign/index.ts';
import { rawPublicKey } from './people.ts';
import { type LongWork, prehash } from './sealing.ts';

/** Beside the signed file. */
export const SIGNATURE_SUFFIX = '.minisig';
const MAX_SIGNATURE = 64 * 1024;
/** In front of a raw Ed25519 key in SPKI (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Writes `<file>.minisig` with the person's key: `minisign -Vm <file> -P <their key>` verifies it. `called` is the file's
 * name in the trusted comment, beside the time and the whole key, so that a reader who has not met it can name it. Answers
 * its path.
 */
export async function signFile(
  file: string,
  person: Person,
  { called = basename(file), at, ...work }: LongWork & { readonly called?: string; readonly at: number },
): Promise<string> {
  const digest = await prehash(file, work);
  const publicKey = rawPublicKey(person.privateKey);
  const key = createPrivateKey(person.privateKey);
  const time = Math.floor(at / 1000);
  const text = minisignature({
    digest,
    publicKey,
    sign: (bytes) => sign(null, bytes, key),
    trusted: `timestamp:${time}\tfile:${called}\thashed\tkey:${minisignKey(publicKey)}`,
  });
  const path = file + SIGNATURE_SUFFIX;
  const part = `${path}.part`;
  try {
    writeFileSync(part, text, { flush: true });
    renameSync(part, path);
  } finally {
    rmSync(part, { force: true });
  }
  return path;
}

/** What a signature beside a file is worth. */
export interface CheckedSignature {
  /** It is over these bytes, by the key named. */
  readonly ok: boolean;
  /** As `minisign` prints it. */
  readonly keyId: string;
  /** The raw key that signed; null where none that is known, nor the one it names itself, did. */
  readonly publicKey: Uint8Array | null;
  /** Its trusted comment, one line. Only to be believed where `ok`. */
  readonly comment: string;
}

/**
 * Checks the `.minisig` beside a file; null where there is none. `known` are raw public keys that may have signed; a
 * signature of ours names its key besides, which proves that whoever has it signed, and not who that is. DAMAGED where
 * what lies there is no signature.
 */
export async function checkSignatureOf(
  file: string,
  known: readonly Uint8Array[],
  work: LongWork = {},
): Promise<CheckedSignature | null> {
  const path = file + SIGNATURE_SUFFIX;
  if (!existsSync(path)) return null;
  const readable = statSync(path).size <= MAX_SIGNATURE;
  const signed = readable ? readMinisignature(readFileSync(path, 'utf8')) : null;
  if (signed === null)
    throw new Fault('DAMAGED', `“${basename(path)}” is not a signature of minisign over a prehashed file.`);
  const digest = await prehash(file, work);
  const named = readMinisignKey(/(?:^|\t)key:(\S+)/.exec(signed.trusted)?.[1] ?? '');
  const publicKey = [...known, ...(named === null ? [] : [named])].find((key) =>
    verifyMinisign(signed, digest, key, verifies),
  );
  return { ok: publicKey !== undefined, keyId: signed.keyId, publicKey: publicKey ?? null, comment: signed.trusted };
}

function verifies(bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
  return verify(null, bytes, key, signature);
}
