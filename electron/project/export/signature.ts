import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Fault } from '../../../shared/errors.ts';
import type { ActingPerson } from '../../db/types.ts';
import { keyLocked } from '../../db/person.ts';
import {
  keyIdOf,
  minisignature,
  minisignKey,
  readMinisignature,
  readMinisignKey,
  verifyMinisign,
} from '../../formats/minisign/index.ts';
import { publicKeyOf } from '../people/people.ts';
import { type LongWork, prehash } from './encryption.ts';

/** The signature's ending, beside the signed file. */
export const SIGNATURE_SUFFIX = '.minisig';
const MAX_SIGNATURE = 64 * 1024;
/** The prefix of a raw Ed25519 key in SPKI (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Writes `<file>.minisig` with the person's key: `minisign -Vm <file> -P <their key>` verifies it. The trusted comment has the
 * file's name (`called`), the time and the whole key, so that a reader who does not know the key can name it. Returns its path.
 */
export async function signFile(
  file: string,
  person: ActingPerson,
  { called = basename(file), at, ...work }: LongWork & { readonly called?: string; readonly at: number },
): Promise<string> {
  if (person.privateKey === null) throw keyLocked(person);
  const digest = await prehash(file, work);
  const publicKey = publicKeyOf(person);
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

/**
 * The result of checking a signature. `holds`: valid, by a known key or the key it names itself. `unknown key`: by a key that is
 * neither known nor named, so it cannot be checked. `does not hold`: by a known or named key, but not over these bytes.
 */
type SignatureState = 'holds' | 'unknown key' | 'does not hold';
export interface CheckedSignature {
  readonly state: SignatureState;
  /** As `minisign` prints it. */
  readonly keyId: string;
  /** The raw key that signed these bytes; null if no known key and not the one it names did. */
  readonly publicKey: Uint8Array | null;
  /** Its trusted comment, one line. Trustworthy only if there is a `publicKey`. */
  readonly comment: string;
}

/**
 * Checks the `.minisig` beside a file; null if there is none. `known` are raw public keys. Our own signatures also name their key:
 * that proves that the owner of this key signed, but not who they are. DAMAGED if the file is not a signature.
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
  if (signed === null) throw new Fault('DAMAGED', `“${basename(path)}” isn’t a prehashed minisign signature.`);
  const digest = await prehash(file, work);
  const comment = signed.trusted;
  const naming = /(?:^|\t)key:(\S+)/.exec(comment)?.[1];
  const named = readMinisignKey(naming ?? '');
  const by = (keys: readonly Uint8Array[]): Uint8Array | null =>
    keys.find((key) => verifyMinisign(signed, digest, key, verifies)) ?? null;
  const of = (state: SignatureState, publicKey: Uint8Array | null): CheckedSignature => ({
    state,
    keyId: signed.keyId,
    publicKey,
    comment,
  });
  const signer = by(known);
  if (signer !== null) return of('holds', signer);
  const self = named === null ? null : by([named]);
  if (self !== null) return of('unknown key', self);
  const isByOneOf = naming !== undefined || known.some((key) => keyIdOf(key) === signed.keyId);
  return of(isByOneOf ? 'does not hold' : 'unknown key', null);
}

function verifies(bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
  return verify(null, bytes, key, signature);
}
