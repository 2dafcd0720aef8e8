import { createHash } from 'node:crypto';

/**
 * Detached signatures as `minisign` creates and checks them (https://jedisct1.github.io/minisign/): Ed25519 over the
 * BLAKE2b-512 of the file (“prehashed”, algorithm `ED`), and a second signature over the first and the trusted comment.
 */

const PUBLIC = 'Ed';
const PREHASHED = 'ED';
const KEY_ID_BYTES = 8;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

export interface Minisign {
  /** Hex, as `minisign` prints it. */
  readonly keyId: string;
  /** Over the BLAKE2b-512 of the file. */
  readonly signature: Uint8Array;
  /** One line, covered by `global`. */
  readonly trusted: string;
  /** Over the signature followed by the trusted comment. */
  readonly global: Uint8Array;
}

/** The first eight bytes of the key's SHA-256. `minisign` makes a random one; ours can be derived from the key. */
const keyIdBytes = (publicKey: Uint8Array): Buffer =>
  createHash('sha256').update(publicKey).digest().subarray(0, KEY_ID_BYTES);
/** Printed as a little-endian number. */
const printed = (keyId: Uint8Array): string => Buffer.from(keyId).reverse().toString('hex').toUpperCase();

export const keyIdOf = (publicKey: Uint8Array): string => printed(keyIdBytes(publicKey));

/** The line for `minisign -P`, from a raw Ed25519 public key. */
export const minisignKey = (publicKey: Uint8Array): string =>
  Buffer.concat([Buffer.from(PUBLIC), keyIdBytes(publicKey), publicKey]).toString('base64');

/** The raw public key in such a line; null if it is invalid. */
export function readMinisignKey(line: string): Uint8Array | null {
  const bytes = bytesOf(line, PUBLIC.length + KEY_ID_BYTES + KEY_BYTES);
  if (bytes === null || bytes.subarray(0, PUBLIC.length).toString('latin1') !== PUBLIC) return null;
  return bytes.subarray(PUBLIC.length + KEY_ID_BYTES);
}

/**
 * The text of a `.minisig` file. `digest` is the file's BLAKE2b-512; `sign` signs bytes with the private key of `publicKey`;
 * `trusted` becomes one line.
 */
export function minisignature(of: {
  readonly digest: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
  readonly trusted: string;
}): string {
  const trusted = of.trusted.replace(/[\r\n]+/g, ' ');
  const signature = of.sign(of.digest);
  const global = of.sign(Buffer.concat([signature, Buffer.from(trusted, 'utf8')]));
  const first = Buffer.concat([Buffer.from(PREHASHED), keyIdBytes(of.publicKey), signature]).toString('base64');
  return [
    `untrusted comment: signature by Sourcebook, key ${keyIdOf(of.publicKey)}`,
    first,
    `trusted comment: ${trusted}`,
    Buffer.from(global).toString('base64'),
    '',
  ].join('\n');
}

/** Parses the text of a `.minisig` file; null if it is invalid, or not over a prehash. */
export function readMinisignature(text: string): Minisign | null {
  const [untrusted = '', first = '', comment = '', last = '', ...rest] = text.split(/\r?\n/);
  const bytes = bytesOf(first, PREHASHED.length + KEY_ID_BYTES + SIGNATURE_BYTES);
  const global = bytesOf(last, SIGNATURE_BYTES);
  const trusted = /^trusted comment: (.*)$/.exec(comment);
  if (!untrusted.startsWith('untrusted comment: ') || bytes === null || global === null || trusted === null)
    return null;
  if (bytes.subarray(0, 2).toString('latin1') !== PREHASHED || rest.some((line) => line !== '')) return null;
  return {
    keyId: printed(bytes.subarray(2, 2 + KEY_ID_BYTES)),
    signature: bytes.subarray(2 + KEY_ID_BYTES),
    trusted: trusted[1] ?? '',
    global,
  };
}

/** Whether both signatures are by `publicKey`; `verify` checks an Ed25519 signature. */
export function verifyMinisign(
  signed: Minisign,
  digest: Uint8Array,
  publicKey: Uint8Array,
  verify: (bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean,
): boolean {
  const comment = Buffer.concat([signed.signature, Buffer.from(signed.trusted, 'utf8')]);
  return verify(digest, signed.signature, publicKey) && verify(comment, signed.global, publicKey);
}

/** The bytes of a base64 text if there are exactly this many, or null. */
function bytesOf(base64: string, length: number): Buffer | null {
  const bytes = Buffer.from(base64.trim(), 'base64');
  return bytes.length === length && bytes.toString('base64') === base64.trim() ? bytes : null;
}
