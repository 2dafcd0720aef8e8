import { createHash, randomBytes } from 'node:crypto';
import { personId, type PersonId } from '../../shared/model/index.ts';

let lastMs = 0;
let counter = 0;

/** A new UUIDv7 (RFC 9562) in bytes: `now` in milliseconds, a monotonic 12-bit counter, 62 random bits. */
export function newIdBytes(now: number = Date.now()): Buffer {
  const ms = Math.max(0, Math.floor(now));
  if (ms > lastMs) {
    lastMs = ms;
    counter = 0;
  } else counter++;
  const id = Buffer.alloc(16);
  // More than 4,096 ids in one millisecond borrow from the next ones, so that order holds.
  id.writeUIntBE(lastMs + (counter >> 12), 0, 6);
  id.writeUInt16BE(0x7000 | (counter & 0xfff), 6);
  const random = randomBytes(8);
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  random.copy(id, 8);
  return id;
}

/** A new UUIDv7 in lower-case text. */
export const newId = (now?: number): string => idText(newIdBytes(now));

/** UUID text of 16 bytes. */
export const idText = (bytes: Uint8Array): string =>
  idOfHex(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex'));

/** UUID text of 32 hexadecimal digits in lower case. */
export function idOfHex(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** SQL: the UUID text, as projections have it, of an expression that has its 16 bytes, as the log has it. */
export function idTextSql(bytes: string): string {
  const hex = `hex(${bytes})`;
  const parts = [
    [1, 8],
    [9, 4],
    [13, 4],
    [17, 4],
    [21, 12],
  ].map((part) => `substr(${hex}, ${part.join(', ')})`);
  return `lower(${parts.join(` || '-' || `)})`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isIdText = (text: string): boolean => UUID.test(text);

/** Returns the 16 bytes of a UUID in lower-case text; null for any other text. */
export function idBytes(text: string): Buffer | null {
  return UUID.test(text) ? Buffer.from(text.replaceAll('-', ''), 'hex') : null;
}

/** A UUID of version 8 (RFC 9562): the first 16 bytes of the SHA-256 of `bytes`, with version and variant set. */
export function uuid8(bytes: string | Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return idText(hash.subarray(0, 16));
}

/** The person a raw public key (32 bytes) belongs to: {@link uuid8} over it. */
export const personOfKey = (key: Uint8Array): PersonId => personId.parse(uuid8(key));
