import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { exportFault } from '../../../shared/file-faults.ts';
import { Fault } from '../../../shared/errors.ts';
import { FORMAT_FIELD, FORMAT_VERSION } from './layout.ts';

export interface BagEntry {
  /** Below the top folder: `data/originals/ab/…`. */
  readonly path: string;
  readonly content: { readonly file: string } | { readonly text: Iterable<string> };
  /** Deflated or stored: compressed formats (PDFs, images, .zst) are stored, since deflating them again only costs time. */
  readonly deflate: boolean;
  /** The SHA-256 its bytes must have, if its name states one. */
  readonly expect: string | null;
}

/**
 * The time of every entry, so that a project file does not tell when files were written. A zip holds local time, and yazl
 * adds a second time in UTC: together they reveal the time zone, so every entry has the same local time and no second one.
 */
const NO_TIME = { mtime: new Date(2000, 0, 1, 12), forceDosTimestamp: true, mode: 0o100644 };

/** A bag to be written. */
export interface BagPlan {
  /** Name of its top folder. */
  readonly top: string;
  /** Lines of bag-info.txt. */
  readonly info: Readonly<Record<string, string>>;
  readonly entries: Iterable<BagEntry>;
}

export interface BagWatch {
  readonly signal?: AbortSignal;
  /** Called with the number of files done. */
  readonly onFile?: (done: number) => void;
  /** Called with the bytes of files written so far. */
  readonly onBytes?: (done: number) => void;
}

export interface BagSummary {
  readonly bytes: number;
  readonly files: number;
}

/**
 * Writes a zipped BagIt 1.0 bag to a temporary file beside `out` and renames it, so that a kill leaves the old file or the
 * new one. Throws DAMAGED if an entry's bytes do not have the hash in its name, CANCELLED when `signal` fires, NOT_FOUND,
 * NOT_ALLOWED or DISK_FULL if it cannot be written; then nothing is left behind. `onFile` gets the number of files done.
 */
export async function writeBag(out: string, plan: BagPlan, options: BagWatch = {}): Promise<BagSummary> {
  const part = join(dirname(out), `.${basename(out)}.${randomBytes(4).toString('hex')}.part`);
  await clearLeftovers(out);
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream, createWriteStream(part, { flags: 'wx' }));
  try {
    const summary = await Promise.race([fill(zip, plan, options), written.then(() => failEarly())]);
    zip.end();
    await written;
    const bytes = await syncFile(part);
    await rename(part, out);
    return { ...summary, bytes };
  } catch (thrown) {
    await abandon(zip, written, part);
    throw exportFault(thrown);
  }
}

/**
 * The same bag as a stream, for encryption: it is never on disk. `files` resolves to the number of files once all were
 * written; if one does not have the hash in its name, both fail with DAMAGED. Nothing is written before the stream is read.
 */
export function streamBag(plan: BagPlan, options: BagWatch = {}): { stream: Readable; files: Promise<number> } {
  const zip = new ZipFile();
  const stream = zip.outputStream;
  if (!(stream instanceof Readable)) throw new TypeError('yazl writes into a stream of Node');
  const filled = fill(zip, plan, options).then(
    ({ files }) => {
      zip.end();
      return files;
    },
    (thrown: unknown) => {
      stream.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)));
      throw thrown;
    },
  );
  return { stream, files: filled };
}

/** A partial file that is still being written is never this old. */
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
  throw new Fault('INTERNAL', 'The project file is incomplete, so nothing was exported. Try again.');
}

/** Ends the unfinished zip and removes it; the stream error this causes is ignored. */
async function abandon(zip: ZipFile, written: Promise<void>, part: string): Promise<void> {
  const stream = zip.outputStream;
  if (stream instanceof Readable) stream.destroy();
  await written.then(
    () => undefined,
    () => undefined,
  );
  await rm(part, { force: true });
}

async function fill(zip: ZipFile, { top, info, entries }: BagPlan, options: BagWatch): Promise<{ files: number }> {
  const manifest: string[] = [];
  const tags: string[] = [];
  let octets = 0;
  const addText = (path: string, text: string): void => {
    const bytes = Buffer.from(text, 'utf8');
    zip.addBuffer(bytes, `${top}/${path}`, NO_TIME);
    tags.push(`${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`);
  };
  addText('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
  for (const entry of entries) {
    if (options.signal?.aborted === true) throw new Fault('CANCELLED', 'Export stopped. No file was written.');
    const before = octets;
    const { sha256, bytes } = await addEntry(zip, top, entry, (done) => options.onBytes?.(before + done));
    if (entry.expect !== null && entry.expect !== sha256) {
      throw new Fault(
        'DAMAGED',
        `“${entry.path}” has been altered, so it can’t be exported. Verify the project to see what’s damaged, then restore the file from a copy.`,
        { path: entry.path, expected: entry.expect, found: sha256 },
      );
    }
    octets += bytes;
    manifest.push(`${sha256}  ${entry.path}\n`);
    options.onFile?.(manifest.length);
  }
  const lines = infoLines(info, { octets, files: manifest.length });
  addText(
    'bag-info.txt',
    Object.entries(lines)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join(''),
  );
  addText('manifest-sha256.txt', manifest.join(''));
  const tagManifest = Buffer.from(tags.join(''), 'utf8');
  zip.addBuffer(tagManifest, `${top}/tagmanifest-sha256.txt`, NO_TIME);
  return { files: manifest.length };
}

/** The labels and values of bag-info.txt. `octets`: of all `files` of the payload. */
export const infoLines = (
  info: Readonly<Record<string, string>>,
  { octets, files }: { readonly octets: number; readonly files: number },
): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...info, [FORMAT_FIELD]: String(FORMAT_VERSION), 'Payload-Oxum': `${octets}.${files}` }).map(
      ([name, value]) => [name, value.replace(/\s+/g, ' ').trim()],
    ),
  );

/** Adds one payload file and waits until its last byte is in the zip, so that the manifest lists what was really written. */
async function addEntry(
  zip: ZipFile,
  top: string,
  entry: BagEntry,
  onBytes: (done: number) => void,
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
  zip.addReadStream(measure, `${top}/${entry.path}`, { ...NO_TIME, compress: entry.deflate });
  await pipeline(source, measure);
  return { sha256: hash.digest('hex'), bytes };
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
