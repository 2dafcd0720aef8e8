/** Plain tar (POSIX.1-1988, ustar): regular files only, which any `tar` unpacks. Written and read as a stream. */

export interface TarEntry {
  /** Relative, with `/`; at most 255 bytes. */
  readonly path: string;
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** Seconds since 1970. */
  readonly mtime: number;
}

const BLOCK = 512;
const NAME = 100;
const PREFIX = 155;

/** The archive of these files, piece by piece. `bytesOf` must give exactly as many bytes as the entry says. */
export async function* tarOf<E extends TarEntry>(
  entries: Iterable<E>,
  bytesOf: (entry: E) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (const entry of entries) {
    yield headerOf(entry);
    let written = 0;
    for await (const piece of bytesOf(entry)) {
      written += piece.length;
      yield piece;
    }
    if (written !== entry.size) throw new TarError(`${entry.path} changed while it was read`);
    if (written % BLOCK !== 0) yield new Uint8Array(BLOCK - (written % BLOCK));
  }
  yield new Uint8Array(2 * BLOCK);
}

/** The archive isn’t one of ours, or a file changed meanwhile. */
export class TarError extends Error {}

function headerOf({ path, size, mode, mtime }: TarEntry): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  const [prefix, name] = splitPath(path);
  header.write(name, 0, 'utf8');
  header.write(octal(mode, 7), 100, 'latin1');
  header.write(octal(0, 7), 108, 'latin1');
  header.write(octal(0, 7), 116, 'latin1');
  writeSize(header, size);
  header.write(octal(mtime, 11), 136, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\0', 257, 'latin1');
  header.write('00', 263, 'latin1');
  header.write(prefix, 345, 'utf8');
  header.write(`${octal(checksumOf(header), 6)}\0 `, 148, 'latin1');
  return header;
}

const octal = (value: number, digits: number): string => Math.floor(value).toString(8).padStart(digits, '0');

/** Above 8 GiB as GNU tar and bsdtar write it: a set high bit, then the number in base 256. */
function writeSize(header: Buffer, size: number): void {
  if (size < 0o100000000000) return void header.write(octal(size, 11), 124, 'latin1');
  header.writeUInt8(0x80, 124);
  header.writeBigUInt64BE(BigInt(size), 128);
}
function readSize(header: Buffer): number {
  return header.readUInt8(124) === 0x80 ? Number(header.readBigUInt64BE(128)) : readOctal(header, 124, 12);
}

function splitPath(path: string): [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= NAME) return ['', path];
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(prefix) <= PREFIX && Buffer.byteLength(name) <= NAME && name !== '') return [prefix, name];
  }
  throw new TarError(`The path ${path} is too long`);
}

/** The sum of the header’s bytes, its own field counted as spaces. */
function checksumOf(header: Buffer): number {
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 0x20 : header.readUInt8(at);
  return sum;
}

function readOctal(header: Buffer, at: number, length: number): number {
  const text = header.toString('latin1', at, at + length).replace(/[\0 ]+$/, '');
  if (!/^[0-7]*$/.test(text)) throw new TarError('A number in the archive can’t be read');
  return text === '' ? 0 : Number.parseInt(text, 8);
}
const readText = (header: Buffer, at: number, length: number): string =>
  header.toString('utf8', at, at + length).replace(/\0[\s\S]*$/, '');

/**
 * Reads an archive as {@link tarOf} writes it, one file after the other. `take` must read each file’s bytes to the end. Throws
 * {@link TarError} for anything but regular files, for a damaged header and for an archive without its end.
 */
export async function readTar(
  pieces: AsyncIterable<Uint8Array>,
  take: (entry: TarEntry, bytes: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const input = new Pieces(pieces);
  try {
    await readFiles(input, take);
  } finally {
    await input.close();
  }
}

async function readFiles(
  input: Pieces,
  take: (entry: TarEntry, bytes: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  for (;;) {
    const header = await input.exactly(BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const entry = entryOf(header);
    let left = entry.size;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      while (left > 0) {
        const piece = await input.atMost(left);
        left -= piece.length;
        yield piece;
      }
    }
    await take(entry, bytes());
    if (left > 0) throw new TarError(`${entry.path} was not read to its end`);
    if (entry.size % BLOCK !== 0) await input.exactly(BLOCK - (entry.size % BLOCK));
  }
  await input.exactly(BLOCK);
  // The end of the encryption is checked only when its last piece is read.
  await input.end();
}

function entryOf(header: Buffer): TarEntry {
  if (readOctal(header, 148, 8) !== checksumOf(header)) throw new TarError('A header of the archive is damaged');
  if (header.toString('latin1', 156, 157) !== '0') throw new TarError('The archive has something other than files');
  const [prefix, name] = [readText(header, 345, PREFIX), readText(header, 0, NAME)];
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    size: readSize(header),
    mode: readOctal(header, 100, 8) & 0o777,
    mtime: readOctal(header, 136, 12),
  };
}

/** Reads a stream in pieces of the requested sizes. */
class Pieces {
  private readonly from: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.from = pieces[Symbol.asyncIterator]();
  }

  async atMost(count: number): Promise<Uint8Array> {
    while (this.rest.length === 0) {
      const next = await this.from.next();
      if (next.done === true) throw new TarError('The archive is cut off');
      this.rest = next.value;
    }
    const piece = this.rest.subarray(0, count);
    this.rest = this.rest.subarray(piece.length);
    return piece;
  }

  async exactly(count: number): Promise<Buffer> {
    const all = Buffer.alloc(count);
    for (let at = 0; at < count;) {
      const piece = await this.atMost(count - at);
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }

  async close(): Promise<void> {
    await this.from.return?.();
  }

  async end(): Promise<void> {
    if (this.rest.length > 0 || (await this.from.next()).done !== true) throw new TarError('The archive has a tail');
  }
}
