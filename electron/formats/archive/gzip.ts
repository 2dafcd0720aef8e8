import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, crc32, createGunzip, createInflateRaw, inflateRawSync } from 'node:zlib';
import { Fault } from '../../../shared/errors.ts';
import type { ByteRange } from './bytes.ts';
import { LIMITS } from './limits.ts';

/**
 * One member of a gzip file (RFC 1952). WARCs are compressed record by record so that one can be read without the others;
 * Node's own gunzip continues across members and does not say where each begins, so headers and trailers are read here.
 */
export interface Member {
  /** Its length in the file, in bytes. */
  readonly length: number;
  /** The unpacked bytes; null if they exceed the limit of one record. */
  readonly bytes: Buffer | null;
  /** The beginning of the unpacked bytes. */
  readonly head: Buffer;
  /** Length of the unpacked bytes. */
  readonly size: number;
  /** The file or the stream ends within it, or its check sum is wrong. */
  readonly damaged: boolean;
}

/** The largest record, with its headers. */
const ROOM = LIMITS.block + 2 * LIMITS.header;
/** Members that unpack to at most this are unpacked at once; larger ones as a stream. */
const AT_ONCE_PACKED = 1 << 20;
const AT_ONCE = 8 << 20;
const PIECE = 256 << 10;

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

/** Length of the header at the start of `bytes`; null if there is none, or it is longer than 64 KB. */
function headerLength(bytes: Buffer): number | null {
  if (!isGzip(bytes) || bytes.length < 18) return null;
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + bytes.readUInt16LE(10);
  for (const named of [8, 16]) {
    if ((flags & named) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return null;
    at = end + 1;
  }
  if ((flags & 2) !== 0) at += 2;
  return at < bytes.length ? at : null;
}

/** The member at `offset`, or null if none begins there. Throws when the budget does. */
export async function readMember(file: ByteRange, offset: number, budget: Budget): Promise<Member | null> {
  const head = file.read(offset, LIMITS.header);
  const header = headerLength(head);
  if (header === null) return null;
  const window = file.read(offset + header, AT_ONCE_PACKED);
  const quick = inflateAtOnce(window, AT_ONCE);
  if (quick !== null) {
    const length = header + quick.used + 8;
    budget.check(quick.bytes.length);
    const trailer = window.subarray(quick.used, quick.used + 8);
    const rest = trailer.length === 8 ? trailer : file.read(offset + header + quick.used, 8);
    const { bytes } = quick;
    return { length, bytes, head: bytes, size: bytes.length, damaged: !fits(rest, bytes) };
  }
  return streamMember(file, offset, header, budget);
}

/** Whether the trailer's check sum and length match `bytes`. */
const fits = (trailer: Buffer, bytes: Buffer): boolean =>
  trailer.length === 8 && trailer.readUInt32LE(0) === crc32(bytes) && trailer.readUInt32LE(4) === bytes.length >>> 0;

/** Unpacks a member; null if it does not end within `packed`, unpacks to more than `limit`, or is damaged. */
function inflateAtOnce(packed: Buffer, limit: number): { bytes: Buffer; used: number } | null {
  try {
    // With `info` Node also returns how far it read, which is missing from @types/node.
    const answer: unknown = inflateRawSync(packed, { info: true, maxOutputLength: limit });
    if (typeof answer !== 'object' || answer === null || !('buffer' in answer) || !('engine' in answer)) return null;
    const { buffer, engine } = answer;
    if (!Buffer.isBuffer(buffer) || typeof engine !== 'object' || engine === null || !('bytesWritten' in engine))
      return null;
    return { bytes: buffer, used: Number(engine.bytesWritten) };
  } catch (thrown) {
    if (isZlib(thrown)) return null;
    throw thrown;
  }
}

const isZlib = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && /^(?:Z_|ERR_BUFFER_TOO_LARGE)/.test(String(thrown.code));

/** Unpacks a member that is too large to unpack at once, or damaged: the bytes before the damage are used. */
async function streamMember(file: ByteRange, offset: number, header: number, budget: Budget): Promise<Member> {
  // A stream that ends too early ends here without an error, but without a trailer.
  const inflate = createInflateRaw({ chunkSize: 64 << 10, finishFlush: constants.Z_SYNC_FLUSH });
  const start = offset + header;
  const feed = function* (): Generator<Buffer> {
    for (let at = start; at < file.size; at += PIECE) yield file.read(at, PIECE);
  };
  const source = Readable.from(feed(), { objectMode: false, highWaterMark: 1 });
  const first: Buffer[] = [];
  let kept: Buffer[] | null = [];
  let size = 0;
  let sum = 0;
  let damaged = false;
  source.on('error', (error) => inflate.destroy(error));
  source.pipe(inflate);
  try {
    for await (const chunk of inflate) {
      if (!(chunk instanceof Buffer)) continue;
      size += chunk.length;
      budget.check(size);
      sum = crc32(chunk, sum);
      if (size - chunk.length < LIMITS.header) first.push(chunk);
      if (size > ROOM) kept = null;
      kept?.push(chunk);
    }
  } catch (thrown) {
    if (!isZlib(thrown)) throw thrown;
    damaged = true;
  } finally {
    source.destroy();
    inflate.destroy();
  }
  const used = inflate.bytesWritten;
  const trailer = file.read(start + used, 8);
  if (trailer.length < 8 || trailer.readUInt32LE(0) !== sum || trailer.readUInt32LE(4) !== size % 2 ** 32)
    damaged = true;
  const bytes = kept === null ? null : Buffer.concat(kept);
  return { length: header + used + 8, bytes, head: bytes ?? Buffer.concat(first), size, damaged };
}

/** The first unpacked bytes of a gzip file; fewer or none if it is damaged. */
export function startOfMember(packed: Buffer): Buffer {
  const header = headerLength(packed);
  if (header === null) return Buffer.alloc(0);
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: AT_ONCE };
    return inflateRawSync(packed.subarray(header, header + 4096), options).subarray(0, LIMITS.header);
  } catch (thrown) {
    if (isZlib(thrown)) return Buffer.alloc(0);
    throw thrown;
  }
}

/** The unpacked bytes of a member whose place is known; null if it is damaged or larger than a record may be. */
export function inflateMember(packed: Buffer): Buffer | null {
  const header = headerLength(packed);
  return header === null ? null : (inflateAtOnce(packed.subarray(header), ROOM)?.bytes ?? null);
}

/**
 * Unpacks a whole gzip file into the file `to`. Returns false if it is damaged; what precedes the damage stays in `to`.
 * Throws a Fault when `budget` does.
 */
export async function unpackTo(
  { path, start, size }: { path: string; start: number; size: number },
  to: string,
  budget: Budget,
  onBytes: (unpacked: number) => void,
): Promise<{ readonly whole: boolean }> {
  let unpacked = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length;
      try {
        budget.check(unpacked);
        onBytes(unpacked);
        done(null, chunk);
      } catch (thrown) {
        done(thrown instanceof Error ? thrown : new Error(String(thrown)));
      }
    },
  });
  try {
    const from = createReadStream(path, { start, end: Math.max(start, start + size - 1) });
    await pipeline(from, createGunzip({ chunkSize: 64 << 10 }), measure, createWriteStream(to, { mode: 0o600 }));
    return { whole: true };
  } catch (thrown) {
    if (isZlib(thrown)) return { whole: false };
    throw thrown;
  }
}

/** Counts the unpacked bytes of an archive, over all its members. */
export interface Budget {
  /** Sets the unpacked length of the current member so far. Throws TOO_LARGE for a decompression bomb. */
  check(unpacked: number): void;
  /** The current member is finished. */
  add(unpacked: number): void;
}

export function unpackingBudget(packed: number, most: number): Budget {
  let before = 0;
  return {
    check: (unpacked) => {
      if (before + unpacked <= most) return;
      throw new Fault(
        'TOO_LARGE',
        `This archive unpacks to more than ${LIMITS.ratio} times its size (${Math.round(most / 2 ** 20)} MB), which no capture tool’s does, so it was rejected. Capture the pages again, or unpack it with another tool and add what you need as files.`,
        { packed, most },
      );
    },
    add: (unpacked) => {
      before += unpacked;
    },
  };
}

/** How much an archive of this size may unpack to. */
export const allowedFor = (packed: number): number => Math.max(LIMITS.ratioFrom, packed * LIMITS.ratio);
