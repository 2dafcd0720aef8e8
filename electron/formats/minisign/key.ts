import { hash } from 'node:crypto';
import { Fault } from '../../../shared/errors.ts';

/** `Ed`: what every minisign key begins with, whichever way it signs. */
const ALGORITHM = Buffer.from('Ed', 'latin1');
const KEY_BYTES = 32;
const ID_BYTES = 8;

/**
 * minisign names keys by eight random bytes; ours derive from the key (SHA-256, the first eight), so that one person's key
 * has one name on every machine.
 */
export const minisignKeyId = (publicKey: Uint8Array): Buffer =>
  hash('sha256', publicKey, 'buffer').subarray(0, ID_BYTES);

/** A raw Ed25519 public key as `minisign -P` takes it: base64 of algorithm, key id and key (jedisct1.github.io/minisign). */
export const minisignKey = (publicKey: Uint8Array): string =>
  Buffer.concat([ALGORITHM, minisignKeyId(publicKey), publicKey]).toString('base64');

/** The raw public key of such a line, or of a `.pub` file's text; BAD_INPUT for anything else. */
export function readMinisignKey(text: string): Buffer {
  const line = text.trim().split(/\r?\n/).at(-1)?.trim() ?? '';
  const bytes = Buffer.from(line, 'base64');
  const isKey = bytes.length === ALGORITHM.length + ID_BYTES + KEY_BYTES && bytes.subarray(0, 2).equals(ALGORITHM);
  if (!isKey || bytes.toString('base64') !== line)
    throw new Fault(
      'BAD_INPUT',
      'This isn’t a minisign public key, which is one line of 56 characters starting with RW.',
    );
  return bytes.subarray(ALGORITHM.length + ID_BYTES);
}
