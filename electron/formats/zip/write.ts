import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { Fault } from '../../../shared/errors.ts';
import { exportFault } from '../../../shared/file-faults.ts';

/** One file of a zip. */
export interface ZipEntry {
  readonly path: string;
  readonly content: { readonly file: string } | { readonly text: Iterable<string> };
  /** Deflated or stored: compressed formats (PDFs, images, .zst) are stored, since deflating them again only costs time. */
  readonly deflate: boolean;
}

/**
 * The time of every entry, so that a file does not tell when those in it were written. A zip holds local time, and yazl
 * adds a second time in UTC: together they reveal the time zone, so every entry has the same local time and no second one.
 */
export const NO_TIME = { mtime: new Date(2000, 0, 1, 12), forceDosTimestamp: true, mode: 0o100644 };

/**
 * Writes a zip to a temporary file beside `out` and renames it, so that a kill leaves the old file or the new one. `fill` adds
 * its files and returns what is to be known of them. Returns that, and the zip's size in bytes. Throws what `fill` throws;
 * NOT_FOUND, NOT_ALLOWED or DISK_FULL if it cannot be written. Then nothing is left behind.
 */
export async function writeZip<T>(
  out: string,
  fill: (zip: ZipFile) => Promise<T>,
): Promise<{ filled: T; bytes: number }> {
  const part = join(dirname(out), `.${basename(out)}.${randomBytes(4).toString('hex')}.part`);
  await clearLeftovers(out);
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream, createWriteStream(part, { flags: 'wx' }));
  try {
    const filled = await Promise.race([fill(zip), written.then(() => failEarly())]);
    zip.end();
    await written;
    const bytes = await syncFile(part);
    await rename(part, out);
    return { filled, bytes };
  } catch (thrown) {
    await abandon(zip, written, part);
    throw exportFault(thrown);
  }
}

/**
 * Adds one file and waits until its last byte is in the zip, so that a manifest can list what was really written. Returns its
 * SHA-256 (hex) and bytes; `onBytes` gets the bytes so far.
 */
export async function addEntry(
  zip: ZipFile,
  entry: ZipEntry,
  onBytes: (done: number) => void = () => undefined,
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      onBytes(bytes);
      done(null, chunk);
    },
  });
  const source =
    'file' in entry.content
      ? createReadStream(entry.content.file)
      : Readable.from(entry.content.text, { objectMode: false });
  // yazl keeps this function until the zip is finished, and with a stream in it the whole chain behind that.
  let given: Transform | null = measure;
  unpooled(() =>
    zip.addReadStreamLazy(entry.path, { ...NO_TIME, compress: entry.deflate }, (take) => {
      if (given !== null) take(null, given);
      given = null;
    }),
  );
  await pipeline(source, measure);
  return { sha256: hash.digest('hex'), bytes };
}

/**
 * Runs `work` while Node allocates each buffer by itself. yazl keeps the name of every file until the zip is finished, and a piece of Node’s
 * pool keeps all 64 KiB of the pool in memory: 80 MB for a REFI-QDA project of 1,000 sources.
 */
function unpooled(work: () => void): void {
  const before = Buffer.poolSize;
  Buffer.poolSize = 0;
  try {
    work();
  } finally {
    Buffer.poolSize = before;
  }
}

/** Milliseconds. A partial file older than this is left by a killed process: one that is being written is never this old. */
const LEFT_MS = 10 * 60_000;

/** Removes partial files left by killed processes. One that cannot be removed does no harm and stays. */
async function clearLeftovers(out: string): Promise<void> {
  const folder = dirname(out);
  const [before, after] = [`.${basename(out)}.`, '.part'];
  const names = await readdir(folder).catch((thrown: unknown) => {
    throw exportFault(thrown);
  });
  for (const name of names) {
    const middle = name.slice(before.length, -after.length);
    if (!name.startsWith(before) || !name.endsWith(after) || !/^[0-9a-f]{8}$/.test(middle)) continue;
    const path = join(folder, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LEFT_MS) await rm(path, { force: true }).catch(() => undefined);
  }
}

function failEarly(): never {
  throw new Fault('INTERNAL', 'The file is incomplete, so nothing was exported. Try again.');
}

/** Ends the unfinished zip and removes it; the stream error that this causes is ignored. */
async function abandon(zip: ZipFile, written: Promise<void>, part: string): Promise<void> {
  const stream = zip.outputStream;
  if (stream instanceof Readable) stream.destroy();
  await written.then(
    () => undefined,
    () => undefined,
  );
  await rm(part, { force: true });
}

async function syncFile(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
