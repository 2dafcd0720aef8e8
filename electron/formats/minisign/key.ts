import { hash } from 'node:crypto';
import { Fault } from '../../../shared/errors.ts';

/** `Ed`, with which every minisign key begins, whichever way it signs. */
const ALGORITHM = Buffer.from('Ed', 'latin1');
const KEY_BYTES = 32;
const ID_BYTES = 8;

/**
 * minisign names keys by eight random bytes; ours are derived from the key (the first eight of its SHA-256), so that one
 * person's key has the same name on every machine.
 */
export const minisignKeyId = (publicKey: Uint8Array): Buffer =>
  hash('sha256', publicKey, 'buffer').subarray(0, ID_BYTES);

/**
 * A raw Ed25519 public key in the form `minisign -P` takes: base64 of algorithm, key id and key
 * (jedisct1.github.io/minisign).
 */
export const minisignKey = (publicKey: Uint8Array): string =>
  Buffer.concat([ALGORITHM, minisignKeyId(publicKey), publicKey]).toString('base64');

/** The raw public key in such a line, or in the text of a `.pub` file; BAD_INPUT for anything else. */
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
