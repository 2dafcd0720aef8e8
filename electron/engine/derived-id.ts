import { createHash } from 'node:crypto';

/**
 * A UUIDv8 (RFC 9562) from what a thing is, so that two people who make the same thing have made one: the first 16 bytes
 * of SHA-256 over `kind` and the parts, each ended by a zero byte, with version and variant set.
 */
export function derivedId(kind: string, ...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of [kind, ...parts]) hash.update(part, 'utf8').update('\0');
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
