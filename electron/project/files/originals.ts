import { createHash, hash as digestOf, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  createReadStream,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { constants as zlib, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { readFault, storeFault } from '../../../shared/file-faults.ts';
import { Fault } from '../../../shared/errors.ts';
import { sha256, type Sha256 } from '../../../shared/model/index.ts';

/**
 * The project folder's files by hash: `originals/ab/<sha256>` (bytes as received) and `layers/ab/<sha256>` (text layers, frozen
 * pages and their resources). Files are written under a temporary name, synced, renamed and made read-only; they never change.
 *
 * A layer's hash covers its uncompressed bytes, so that machines with different compressors give it the same name; on disk it is
 * `<sha256>.zst` if that is smaller, else `<sha256>`.
 */
export interface Originals {
  readonly folder: string;
  originalPath(hash: Sha256): string;
  /** The path of a layer, compressed or not; the path without compression if it is missing. */
  layerPath(hash: Sha256): string;
  hasOriginal(hash: Sha256): boolean;
  hasLayer(hash: Sha256): boolean;
  /**
   * Copies while hashing; a stored file with that hash is kept, unless its own bytes have changed: then the copy replaces it.
   * Symbolic links and special files are rejected. Throws Faults: NOT_FOUND, NOT_ALLOWED, BAD_INPUT, DISK_FULL,
   * PROJECT_READ_ONLY, CANCELLED; then nothing is left behind.
   */
  takeOriginal(fromPath: string, signal?: AbortSignal): Promise<{ sha256: Sha256; bytes: number; existed: boolean }>;
  /** Removes an original that no source needs. */
  dropOriginal(hash: Sha256): void;
  /**
   * Stores a layer, a frozen page or a resource; returns its hash. A stored file with that hash is kept, unless its own bytes have
   * changed. Throws DISK_FULL, PROJECT_READ_ONLY.
   */
  putLayer(bytes: Uint8Array): Sha256;
  /** The uncompressed bytes, checked against their hash. Throws DAMAGED. */
  readLayer(hash: Sha256): Uint8Array;
  /** Reads and hashes; null if the file is missing. */
  hashOriginal(hash: Sha256): Promise<Sha256 | null>;
  hashLayer(hash: Sha256): Promise<Sha256 | null>;
}

export const hashBytes = (bytes: Uint8Array): Sha256 => sha256.parse(digestOf('sha256', bytes, 'hex'));

/** A layer’s bytes as they are stored, if that is smaller. */
export const compressedLayer = (bytes: Uint8Array): Uint8Array =>
  zstdCompressSync(bytes, { params: { [zlib.ZSTD_c_compressionLevel]: LEVEL } });

const COPY_BUFFER = 1 << 20;
const UNPACK_BUFFER = 1 << 20;
/** zstd's default is 3; level 6 makes layers a fifth smaller at 100 MB/s, and they are written once. */
const LEVEL = 6;
/** The most bytes of an uncompressed layer. We write no larger one, and a compression bomb must not fill the memory. */
const MAX_LAYER = 1024 * 2 ** 20;
const PART = '.part';

/** The files of one project folder. Writes nothing until the first file is stored. */
export function openOriginals(folder: string): Originals {
  const place = (kind: 'originals' | 'layers', hash: Sha256): string => join(folder, kind, hash.slice(0, 2), hash);
  const originalPath = (hash: Sha256): string => place('originals', hash);
  const layerPath = (hash: Sha256): string => {
    const plain = place('layers', hash);
    const compressed = `${plain}.zst`;
    return existsSync(compressed) ? compressed : plain;
  };
  let isSwept = false;
  const partIn = (kind: 'originals' | 'layers'): string => {
    if (!isSwept) for (const each of ['originals', 'layers']) sweep(join(folder, each));
    isSwept = true;
    return partPath(join(folder, kind));
  };
  const hashOriginal = (hash: Sha256): Promise<Sha256 | null> => hashFile(originalPath(hash));

  return {
    folder,
    originalPath,
    layerPath,
    hasOriginal: (hash) => isPlain(originalPath(hash)),
    hasLayer: (hash) => isPlain(layerPath(hash)),
    takeOriginal: async (fromPath, signal) => {
      const part = partIn('originals');
      try {
        const copied = await copyAndHash(fromPath, part, signal);
        const target = originalPath(copied.sha256);
        const existed = (await hashOriginal(copied.sha256)) === copied.sha256;
        if (existed) rmSync(part);
        else putInPlace(part, target);
        return { ...copied, existed };
      } catch (thrown) {
        rmSync(part, { force: true });
        throw thrown;
      }
    },
    dropOriginal: (hash) => rmSync(originalPath(hash), { force: true }),
    putLayer: (bytes) => {
      const hash = hashBytes(bytes);
      const path = layerPath(hash);
      if (isWhole(path, hash)) return hash;
      const compressed = compressedLayer(bytes);
      const isSmaller = compressed.length < bytes.length;
      const target = place('layers', hash);
      const written = isSmaller ? `${target}.zst` : target;
      store(isSmaller ? compressed : bytes, written, partIn('layers'));
      // A damaged file under the other name would be read first.
      if (path !== written) rmSync(path, { force: true });
      return hash;
    },
    readLayer: (hash) => {
      // Most are compressed: asking first which of the two there is took as long as opening it.
      const plain = place('layers', hash);
      const bytes = readStored(`${plain}.zst`) ?? readStored(plain);
      if (bytes === null)
        throw new Fault(
          'DAMAGED',
          'A file is missing from this project’s “layers” folder. Restore it from a copy of the project.',
          { sha256: hash },
        );
      if (hashBytes(bytes) !== hash) throw changed(hash);
      return bytes;
    },
    hashOriginal,
    hashLayer: async (hash) => {
      const path = layerPath(hash);
      if (!path.endsWith('.zst')) return hashFile(path);
      try {
        const bytes = readStored(path);
        return bytes === null ? null : hashBytes(bytes);
      } catch (thrown) {
        // A file that cannot be decompressed has no hash of its own; that of its stored bytes differs from its name.
        if (thrown instanceof Fault && thrown.data.code === 'DAMAGED') return hashFile(path);
        throw thrown;
      }
    },
  };
}

const changed = (hash: Sha256): Fault =>
  new Fault('DAMAGED', 'A file in this project’s “layers” folder was altered. Restore it from a copy of the project.', {
    sha256: hash,
  });

/** A new temporary name in `folder`, so that renaming stays within one file system. */
function partPath(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (thrown) {
    throw storeFault(thrown);
  }
  return join(folder, `.${randomBytes(8).toString('hex')}${PART}`);
}

/** Removes temporary files left by a killed process. Only the holder of the project's lock may write to its folder. */
function sweep(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.endsWith(PART)) rmSync(join(folder, name), { force: true });
}

async function copyAndHash(from: string, to: string, signal?: AbortSignal): Promise<{ sha256: Sha256; bytes: number }> {
  const input = await openPlainFile(from);
  try {
    const output = await open(to, 'wx', 0o600).catch((thrown: unknown) => {
      throw storeFault(thrown);
    });
    try {
      return await pump(input, output, signal);
    } finally {
      await output.close();
    }
  } finally {
    await input.close();
  }
}

/** Opens a regular file, never the target of a link, and never a pipe, which could block for ever. */
async function openPlainFile(path: string): Promise<FileHandle> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch((thrown: unknown) => {
    throw readFault(thrown);
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new Fault('BAD_INPUT', 'Skipped: not a regular file (it may be a folder, link or device).');
}

async function pump(
  input: FileHandle,
  output: FileHandle,
  signal?: AbortSignal,
): Promise<{ sha256: Sha256; bytes: number }> {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(COPY_BUFFER);
  let bytes = 0;
  for (;;) {
    if (signal?.aborted === true) throw new Fault('CANCELLED', 'Import stopped.');
    const { bytesRead } = await input.read(buffer, 0, buffer.length, bytes).catch((thrown: unknown) => {
      throw readFault(thrown);
    });
    if (bytesRead === 0) break;
    const piece = buffer.subarray(0, bytesRead);
    hash.update(piece);
    try {
      await writeAll(output, piece);
    } catch (thrown) {
      throw storeFault(thrown);
    }
    bytes += bytesRead;
  }
  await output.sync().catch((thrown: unknown) => {
    throw storeFault(thrown);
  });
  return { sha256: sha256.parse(hash.digest('hex')), bytes };
}

async function writeAll(output: FileHandle, piece: Uint8Array): Promise<void> {
  for (let done = 0; done < piece.length;) {
    const { bytesWritten } = await output.write(piece, done, piece.length - done);
    done += bytesWritten;
  }
}

function store(bytes: Uint8Array, target: string, part: string): void {
  try {
    const file = openSync(part, 'wx', 0o600);
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    putInPlace(part, target);
  } catch (thrown) {
    rmSync(part, { force: true });
    throw storeFault(thrown);
  }
}

/** Read-only, under its own name, and synced with the folder's entry. */
function putInPlace(part: string, target: string): void {
  try {
    mkdirSync(dirname(target), { recursive: true });
    chmodSync(part, 0o400);
    renameSync(part, target);
    syncFolder(dirname(target));
  } catch (thrown) {
    throw storeFault(thrown);
  }
}

/** A stored file's uncompressed bytes; null if it is missing. Throws DAMAGED if it cannot be decompressed. */
function readStored(path: string): Uint8Array | null {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true) return null;
  if (stat.size > MAX_LAYER)
    throw new Fault(
      'DAMAGED',
      'A file in this project’s “layers” folder is larger than any that Sourcebook writes. Restore it from a copy of the project.',
    );
  if (!path.endsWith('.zst')) return readFileSync(path);
  const stored = readPacked(path, stat.size);
  try {
    const bytes = declaredSize(stored);
    if (bytes === null || bytes > MAX_LAYER) throw new Error('It doesn’t say its size, or is larger than any layer.');
    // In one piece, which takes a quarter less time; a file can say that it is larger than it is. A buffer that is full when all is
    // unpacked makes zlib ask for another: with room left, 39 KB take 84 µs instead of 97.
    const chunkSize = Math.max(zlib.Z_MIN_CHUNK, Math.min(bytes + 1, UNPACK_BUFFER));
    return zstdDecompressSync(stored, { maxOutputLength: Math.max(1, bytes), chunkSize });
  } catch (thrown) {
    throw new Fault(
      'DAMAGED',
      'A file in this project’s “layers” folder can’t be unpacked. Restore it from a copy of the project.',
      {
        detail: thrown instanceof Error ? thrown.message : String(thrown),
      },
    );
  }
}

/** For the bytes of one compressed file, until they are unpacked: most are smaller, and a buffer for each took a third of reading it. */
const packed = Buffer.allocUnsafeSlow(256 * 1024);
function readPacked(path: string, size: number): Buffer {
  if (size > packed.length) return readFileSync(path);
  const file = openSync(path, 'r');
  try {
    let read = 0;
    for (let more = 1; more > 0 && read < size; read += more) more = readSync(file, packed, read, size - read, read);
    return packed.subarray(0, read);
  } finally {
    closeSync(file);
  }
}

/**
 * The uncompressed size in bytes that a zstd frame states in its header (RFC 8878, 3.1.1.1), as our frames always do; null if it states none.
 * A compression bomb is refused by it before anything is unpacked.
 */
function declaredSize(stored: Buffer): number | null {
  if (stored.length < 6 || stored.readUInt32LE(0) !== 0xfd2fb528) return null;
  // A header is 18 bytes at most; the shortest frames are shorter.
  const header = Buffer.concat([stored.subarray(0, 18), Buffer.alloc(18)]);
  const descriptor = header.readUInt8(4);
  const isOne = (descriptor & 0x20) !== 0;
  const at = 5 + (isOne ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  switch (descriptor >> 6) {
    case 0:
      return isOne ? header.readUInt8(at) : null;
    case 1:
      return header.readUInt16LE(at) + 256;
    case 2:
      return header.readUInt32LE(at);
    default:
      return Number(header.readBigUInt64LE(at));
  }
}

/** Whether a layer is stored with the bytes its name promises. */
function isWhole(path: string, hash: Sha256): boolean {
  try {
    const bytes = readStored(path);
    return bytes !== null && hashBytes(bytes) === hash;
  } catch (thrown) {
    const fault = readFault(thrown);
    if (fault instanceof Fault && fault.data.code === 'DAMAGED') return false;
    throw fault;
  }
}

/** The most bytes of one file in a project file. A file that claims more would be read for hours. */
const MOST_BYTES = 64 * 2 ** 30;
/** Neither a link, which leads out of the project, nor a pipe or device, which never ends. */
const isPlain = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;

async function hashFile(path: string): Promise<Sha256 | null> {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true || stat.size > MOST_BYTES) return null;
  // A stream takes a buffer of COPY_BUFFER for each file, however small.
  if (stat.size <= COPY_BUFFER) return hashBytes(readFileSync(path));
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: COPY_BUFFER })) {
    if (piece instanceof Uint8Array) hash.update(piece);
  }
  return sha256.parse(hash.digest('hex'));
}

/** Makes a rename in a folder survive a power failure. Windows cannot open a folder, and keeps renames in its journal. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
