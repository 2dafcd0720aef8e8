import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib';
import { readHeader, type Header } from './fields.ts';
import { LIMITS } from './limits.ts';

/** An HTTP response from a block (RFC 9112): header and body, the body as recorded. */
export interface HttpMessage {
  /** Null if the status line cannot be read. */
  readonly status: number | null;
  readonly fields: Header['fields'];
  readonly raw: Buffer;
}

/** Reads an HTTP response; null if the block does not begin like one. */
export function readResponse(block: Buffer): HttpMessage | null {
  if (!/^HTTP\/\d/.test(block.toString('latin1', 0, 8))) return null;
  const header = readHeader(block, 'latin1');
  if (header === null) return null;
  const status = /^HTTP\/\S+\s+(\d{3})(?:\s|$)/.exec(header.first)?.[1];
  return {
    status: status === undefined ? null : Number(status),
    fields: header.fields,
    raw: block.subarray(header.length),
  };
}

/** The method of a request block, or null. */
export const methodOf = (block: Buffer): string | null =>
  /^([A-Z]{3,20}) /.exec(block.toString('latin1', 0, 24))?.[1] ?? null;

/**
 * The body without chunked encoding. Some tools decode it but leave the header: a body that is not chunked is returned as it
 * is. A body that is cut within a chunk is returned up to the cut.
 */
export function dechunked({ fields, raw }: Pick<HttpMessage, 'fields' | 'raw'>): Buffer {
  if (!/\bchunked\b/i.test(fields.get('transfer-encoding') ?? '')) return raw;
  // One buffer, since a body in chunks of one byte each would otherwise be millions of buffers.
  const body = Buffer.allocUnsafe(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length;) {
    const line = raw.subarray(at, at + CHUNK_LINE);
    const end = line.indexOf(10);
    const size = end < 0 ? null : chunkSize(line.toString('latin1', 0, end));
    if (size === null && at === 0) return raw;
    if (size === null || size === 0) break;
    const start = at + end + 1;
    length += raw.copy(body, length, start, Math.min(raw.length, start + size));
    at = start + size;
    if (raw[at] === 13) at += 1;
    if (raw[at] === 10) at += 1;
  }
  return body.subarray(0, length);
}

const CHUNK_LINE = 1024;
function chunkSize(line: string): number | null {
  const hex = /^\s*([0-9a-f]{1,8})\s*(?:;.*)?\r?$/i.exec(line)?.[1];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}

type Unpack = (bytes: Buffer, limit: number, partly: boolean) => Buffer;

const zlibFlush = (partly: boolean) => (partly ? { finishFlush: constants.Z_SYNC_FLUSH } : {});
const gunzip: Unpack = (bytes, limit, partly) => gunzipSync(bytes, { maxOutputLength: limit, ...zlibFlush(partly) });
const UNPACK: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  // RFC 9110 means zlib; some servers send raw deflate.
  [
    'deflate',
    (bytes, limit, partly) => {
      const options = { maxOutputLength: limit, ...zlibFlush(partly) };
      const isZlib = ((bytes[0] ?? 0) & 15) === 8 && bytes.length > 1 && bytes.readUInt16BE(0) % 31 === 0;
      return isZlib ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
    },
  ],
  [
    'br',
    (bytes, limit, partly) =>
      brotliDecompressSync(bytes, {
        maxOutputLength: limit,
        ...(partly && { finishFlush: constants.BROTLI_OPERATION_FLUSH }),
      }),
  ],
  [
    'zstd',
    (bytes, limit, partly) =>
      zstdDecompressSync(bytes, { maxOutputLength: limit, ...(partly && { finishFlush: constants.ZSTD_e_flush }) }),
  ],
]);

export interface Decoded {
  readonly bytes: Buffer;
  /** Its content encoding is unknown, damaged, or unpacks to more than the limit; then the body is as recorded. */
  readonly failed: boolean;
  /** Because it unpacks to more than the limit. */
  readonly tooLarge: boolean;
}

/** A body without its content encodings. `partly`: only the beginning of one, decoded as far as possible. */
export function decoded(
  body: Buffer,
  fields: Header['fields'],
  { limit = LIMITS.body, partly = false }: { limit?: number; partly?: boolean } = {},
): Decoded {
  const encodings = (fields.get('content-encoding') ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'identity');
  const asRecorded = { bytes: body, failed: encodings.length > 0, tooLarge: false };
  if (encodings.length > LIMITS.encodings) return asRecorded;
  let bytes = body;
  for (const encoding of encodings.reverse()) {
    const unpack = UNPACK.get(encoding);
    if (unpack === undefined) return asRecorded;
    try {
      bytes = unpack(bytes, limit, partly);
    } catch (thrown) {
      if (!(thrown instanceof Error) || !('code' in thrown)) throw thrown;
      // Stored decoded by the tool, damaged, or a decompression bomb.
      return { ...asRecorded, tooLarge: thrown.code === 'ERR_BUFFER_TOO_LARGE' };
    }
  }
  return { bytes, failed: false, tooLarge: false };
}

/** How much of a compressed body is unpacked to see how it begins. */
const PACKED_HEAD = 24 << 10;
const HEAD_MOST = 16 << 20;

/**
 * Why a page can’t be read from its record: `packed`, it is compressed more often than its header says; `bomb`, it unpacks to more than is
 * read.
 */
export type Unreadable = 'packed' | 'bomb';

/** The first bytes of a body without its content encodings, at most as many as are searched for a title. */
export function headOf(body: Buffer, fields: Header['fields']): { head: Buffer; unreadable: Unreadable | null } {
  if ((fields.get('content-encoding') ?? '') === '') return headFrom(body);
  const { bytes, tooLarge } = decoded(body.subarray(0, PACKED_HEAD), fields, { limit: HEAD_MOST, partly: true });
  return tooLarge ? { head: Buffer.alloc(0), unreadable: 'bomb' } : headFrom(bytes);
}

const headFrom = (bytes: Buffer): { head: Buffer; unreadable: Unreadable | null } => ({
  head: bytes.subarray(0, LIMITS.titleWithin),
  unreadable: PACKED.some((magic) => bytes.subarray(0, magic.length).equals(magic)) ? 'packed' : null,
});
/** How gzip and Zstandard begin. */
const PACKED = [Buffer.from([0x1f, 0x8b, 0x08]), Buffer.from([0x28, 0xb5, 0x2f, 0xfd])];

/** The charset of a Content-Type, as written. */
export function charsetOf(type: string): string | null {
  const found = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(type);
  return (found?.[1] ?? found?.[2])?.trim() ?? null;
}
