import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { Fault } from '../../../shared/errors.ts';
import { addEntry, NO_TIME, writeZip, type ZipEntry } from '../zip/write.ts';
import { DECLARATION, FORMAT_FIELD, FORMAT_VERSION } from './layout.ts';

/** `path`: below the top folder, `data/originals/ab/…`. */
export interface BagEntry extends ZipEntry {
  /** The SHA-256 its bytes must have, if its name states one. */
  readonly expect: string | null;
}

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
  const { filled, bytes } = await writeZip(out, (zip) => fill(zip, plan, options));
  return { ...filled, bytes };
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

async function fill(zip: ZipFile, { top, info, entries }: BagPlan, options: BagWatch): Promise<{ files: number }> {
  const manifest: string[] = [];
  const tags: string[] = [];
  let octets = 0;
  const addText = (path: string, text: string): void => {
    const bytes = Buffer.from(text, 'utf8');
    zip.addBuffer(bytes, `${top}/${path}`, NO_TIME);
    tags.push(`${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`);
  };
  addText('bagit.txt', DECLARATION);
  for (const entry of entries) {
    if (options.signal?.aborted === true) throw new Fault('CANCELLED', 'Export stopped. No file was written.');
    const before = octets;
    const { sha256, bytes } = await addEntry(zip, { ...entry, path: `${top}/${entry.path}` }, (done) =>
      options.onBytes?.(before + done),
    );
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

/** The labels and values of bag-info.txt. `octets`: of all `files` of the payload; `format`: its version, by default the present one. */
export const infoLines = (
  info: Readonly<Record<string, string>>,
  {
    octets,
    files,
    format = FORMAT_VERSION,
  }: { readonly octets: number; readonly files: number; readonly format?: number },
): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...info, [FORMAT_FIELD]: String(format), 'Payload-Oxum': `${octets}.${files}` }).map(
      ([name, value]) => [name, value.replace(/\s+/g, ' ').trim()],
    ),
  );
