import { createHash } from 'node:crypto';

const ALGORITHMS = new Map([
  ['sha1', 'sha1'],
  ['sha-1', 'sha1'],
  ['sha256', 'sha256'],
  ['sha-256', 'sha256'],
  ['sha512', 'sha512'],
  ['sha-512', 'sha512'],
  ['md5', 'md5'],
]);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, without padding. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let rest = 0;
  let bits = 0;
  for (const byte of bytes) {
    rest = (rest << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(rest >>> (bits - 5)) & 31];
    rest &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET[(rest << (5 - bits)) & 31];
}

/**
 * Whether `digest` (`sha1:B2LTWW…`) matches one of the `candidates`, which are computed one after the other. Tools write it
 * in base32, hexadecimal or base64. Null if it is of an unknown form.
 */
export function checkDigest(
  digest: string | undefined,
  candidates: readonly (() => Uint8Array | null)[],
): boolean | null {
  const parts = /^([\w-]{3,10}):\s*(\S{8,200})$/.exec(digest ?? '');
  const algorithm = ALGORITHMS.get(parts?.[1]?.toLowerCase() ?? '');
  const declared = parts?.[2]?.replace(/=+$/, '');
  if (algorithm === undefined || declared === undefined) return null;
  for (const candidate of candidates) {
    const bytes = candidate();
    if (bytes === null) continue;
    const hash = createHash(algorithm).update(bytes).digest();
    if (isSame(hash, declared)) return true;
  }
  return false;
}

/** Only base64 distinguishes upper and lower case. */
const isSame = (hash: Buffer, declared: string): boolean =>
  hash.toString('hex') === declared.toLowerCase() ||
  base32(hash) === declared.toUpperCase() ||
  hash.toString('base64url') === declared.replaceAll('+', '-').replaceAll('/', '_');
