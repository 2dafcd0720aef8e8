import { createHash } from 'node:crypto';
import { openPromise, type Entry as ZipEntry, type ZipFile } from 'yauzl';
import { z } from 'zod';
import { detailOf, Fault, withDetail } from '../../../shared/errors.ts';
import type { ArchiveSignature } from '../../../shared/model/index.ts';
import type { Entry, ListedPage } from './entry.ts';
import { jsonExcess } from '../json-size.ts';
import { LIMITS } from './limits.ts';
import { several, type Notes } from './notes.ts';
import { checkSignature } from './signature.ts';

/** A WACZ 1.1.1: a zip of WARCs, lists of pages, and a package that lists all files with their hashes. */
export interface Wacz {
  /** The WARCs, in the order of the zip's directory. `start` is null if the file is compressed and must be unpacked. */
  readonly warcs: readonly { readonly name: string; readonly start: number | null; readonly entry: ZipEntry }[];
  readonly listed: readonly ListedPage[];
  readonly software: string | null;
  /** Whether the package's hashes match. */
  readonly digests: Entry['digest'];
  readonly signature: ArchiveSignature | null;
  readonly zip: ZipFile;
}

const rejected = (what: string): Fault =>
  new Fault('BAD_INPUT', `This WACZ was rejected: ${what}. No capture tool writes such a file.`);
const damaged = (what: string): Fault => new Fault('DAMAGED', `Can’t read this WACZ: ${what}. Ask for a new copy.`);
const many = (): Fault =>
  new Fault('UNSUPPORTED', 'This WACZ contains or refers to other WACZ files. Unpack it, then add each one.');

const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);

/** Reads everything but the WARCs, and checks all hashes. The caller closes `zip`. Throws Faults. */
export async function readWacz(path: string, notes: Notes, onBytes: (done: number) => void): Promise<Wacz> {
  const zip = await openZip(path);
  try {
    const entries = await directoryOf(zip);
    const names = [...entries.keys()].filter((name) => /^archive\/.+\.warc(?:\.gz)?$/i.test(name));
    if ([...entries.keys()].some((name) => /\.wacz$/i.test(name))) throw many();
    const packageBytes = await small(zip, entries.get('datapackage.json'));
    const about = packageOf(packageBytes, notes);
    if (/multi-wacz|wacz-collection/.test(about?.profile ?? '')) throw many();
    if (names.length === 0) throw damaged('it has no WARC in its “archive” folder');
    const digests = await checkPackage({ zip, entries, about, notes, onBytes });
    const signed = await checkDigestFile(zip, entries, packageBytes, notes);
    const warcs = [];
    for (const name of names) {
      const entry = entries.get(name);
      if (entry === undefined) continue;
      const start = entry.compressionMethod === 0 ? await startOf(zip, entry) : null;
      warcs.push({ name, start, entry });
    }
    return {
      warcs,
      listed: await listedPages(zip, entries, notes),
      software: about?.software ?? null,
      digests: digests === 'wrong' || signed.digest === 'wrong' ? 'wrong' : digests,
      signature: signed.signature,
      zip,
    };
  } catch (thrown) {
    zip.close();
    throw thrown;
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      validateEntrySizes: true,
      strictFileNames: true,
    });
  } catch (thrown) {
    if (thrown instanceof Error && 'syscall' in thrown) throw thrown;
    throw withDetail(damaged('it isn’t a complete zip archive'), thrown);
  }
}

async function startOf(zip: ZipFile, entry: ZipEntry): Promise<number> {
  try {
    return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
  } catch (thrown) {
    throw withDetail(damaged(`“${entry.fileName}” isn’t where its list of files says`), thrown);
  }
}

/** The zip's directory; anything that could be an attack is rejected. Sizes are checked again while reading. */
async function directoryOf(zip: ZipFile): Promise<Map<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  const folded = new Set<string>();
  let stored = 0;
  if (zip.entryCount > LIMITS.entries) throw rejected(`it lists ${zip.entryCount} files`);
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (name.endsWith('/')) continue;
      if (entry.isEncrypted()) throw rejected(`“${name}” in it is encrypted`);
      const key = name.normalize('NFC').toLowerCase();
      if (folded.has(key)) throw rejected(`two of its files are named “${name}”`);
      folded.add(key);
      const most = Math.max(LIMITS.ratioFrom, entry.compressedSize * LIMITS.ratio);
      if (entry.uncompressedSize > Math.min(most, LIMITS.unpacked) && entry.compressionMethod !== 0)
        throw new Fault(
          'TOO_LARGE',
          `This WACZ was rejected: “${name}” unpacks to ${megabytes(entry.uncompressedSize)} MB, and Sourcebook unpacks at most ${LIMITS.ratio} times a file’s size and ${LIMITS.unpacked / 2 ** 30} GB. Unpack it with another tool and add its WARCs.`,
        );
      stored += entry.compressedSize;
      // Overlapping entries: each would be read as a separate file.
      if (stored > zip.fileSize) throw rejected('its files overlap');
      entries.set(name, entry);
    }
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    const detail = detailOf(thrown);
    if (/invalid relative path|absolute path|invalid characters/.test(detail))
      throw rejected('a file in it would be written outside its folder');
    throw withDetail(damaged('its list of files can’t be read'), thrown);
  }
  return entries;
}

/** Reads a whole file of the zip; null if there is none. Throws if it is larger than such files are, or damaged. */
async function small(zip: ZipFile, entry: ZipEntry | undefined): Promise<Buffer | null> {
  if (entry === undefined) return null;
  if (entry.uncompressedSize > LIMITS.listFile)
    throw new Fault(
      'TOO_LARGE',
      `This WACZ was rejected: its list “${entry.fileName}” has ${megabytes(entry.uncompressedSize)} MB, and Sourcebook reads up to ${LIMITS.listFile >> 20} MB of one. Unpack it with another tool and add its WARCs.`,
    );
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry))
      if (chunk instanceof Uint8Array) chunks.push(chunk);
  } catch (thrown) {
    throw withDetail(damaged(`“${entry.fileName}” can’t be unpacked`), thrown);
  }
  return Buffer.concat(chunks);
}

const resource = z.object({
  path: z.string().max(2000).optional(),
  hash: z.string().max(300).optional(),
  bytes: z.number().optional(),
  // The names used by WACZ 1.0.0.
  stats: z.object({ hash: z.string().max(300).optional(), bytes: z.number().optional() }).optional(),
});
const dataPackage = z.object({
  profile: z.string().max(200).optional().catch(undefined),
  software: z.string().max(400).optional().catch(undefined),
  resources: z.array(resource).max(LIMITS.entries).default([]),
});
type DataPackage = z.infer<typeof dataPackage>;

function packageOf(bytes: Buffer | null, notes: Notes): DataPackage | null {
  if (bytes === null) {
    notes.add('The WACZ has no datapackage.json, so its files can’t be verified.');
    return null;
  }
  const parsed = dataPackage.safeParse(parse(bytes.toString('utf8')));
  if (parsed.success) return parsed.data;
  notes.add('Can’t read the WACZ’s datapackage.json, so its files can’t be verified.');
  return null;
}

/** Parses JSON; null for invalid JSON, and for JSON that would take more memory than a worker may take. */
function parse(json: string): unknown {
  if (jsonExcess(json, LIMITS.values) !== null) return null;
  try {
    return JSON.parse(json);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

interface Checked {
  readonly zip: ZipFile;
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly about: DataPackage | null;
  readonly notes: Notes;
  readonly onBytes: (done: number) => void;
}

/** Checks that every file the package lists exists and has the listed size and hash. */
async function checkPackage({ zip, entries, about, notes, onBytes }: Checked): Promise<Entry['digest']> {
  if (about === null) return 'none';
  const listed = new Set<string>();
  let state: Entry['digest'] = 'none';
  let done = 0;
  const wrong = (note: string): void => {
    state = 'wrong';
    notes.add(note);
  };
  for (const { path, hash, bytes, stats } of about.resources) {
    if (path === undefined || listed.has(path)) continue;
    listed.add(path);
    const entry = entries.get(path);
    if (entry === undefined) {
      wrong(`“${path}” is listed in the WACZ but missing.`);
      continue;
    }
    const size = bytes ?? stats?.bytes;
    if (size !== undefined && size !== entry.uncompressedSize)
      wrong(`“${path}” has ${entry.uncompressedSize} bytes, but the WACZ says ${size}.`);
    const declared = hash ?? stats?.hash;
    if (declared === undefined) continue;
    const holds = await hasHash(zip, entry, declared, (length) => onBytes((done += length)));
    if (holds === false) wrong(`“${path}” was altered after the WACZ was made: its hash is different.`);
    else if (holds === true && state === 'none') state = 'held';
  }
  const unlisted = [...entries.keys()].filter((name) => name.startsWith('archive/') && !listed.has(name));
  if (unlisted.length > 0)
    notes.add(
      `${several(unlisted.length, 'file of captures is', 'files of captures are')} in the WACZ but not listed.`,
    );
  return state;
}

/** Whether a file has this hash; null for an unknown kind of hash. */
async function hasHash(
  zip: ZipFile,
  entry: ZipEntry,
  declared: string,
  onBytes: (length: number) => void,
): Promise<boolean | null> {
  const parts = /^(?:(md5|sha-?(?:1|256|512)):)?([0-9a-f]{32,128})$/i.exec(declared.trim());
  if (parts?.[2] === undefined) return null;
  const hash = createHash((parts[1] ?? 'sha256').toLowerCase().replace('-', ''));
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      if (!(chunk instanceof Uint8Array)) continue;
      hash.update(chunk);
      onBytes(chunk.length);
    }
  } catch {
    return false; // cannot be unpacked: its content is lost
  }
  return hash.digest('hex') === parts[2].toLowerCase();
}

const digestFile = z.object({ hash: z.string().max(200), signedData: z.unknown().optional() });

async function checkDigestFile(
  zip: ZipFile,
  entries: ReadonlyMap<string, ZipEntry>,
  packageBytes: Buffer | null,
  notes: Notes,
): Promise<{ digest: Entry['digest']; signature: ArchiveSignature | null }> {
  const bytes = await small(zip, entries.get('datapackage-digest.json'));
  if (bytes === null || packageBytes === null) return { digest: 'none', signature: null };
  const parsed = digestFile.safeParse(parse(bytes.toString('utf8')));
  if (!parsed.success) {
    notes.add('Can’t read the WACZ’s datapackage-digest.json.');
    return { digest: 'none', signature: null };
  }
  const hash = `sha256:${createHash('sha256').update(packageBytes).digest('hex')}`;
  const holds =
    hash ===
    parsed.data.hash
      .trim()
      .toLowerCase()
      .replace(/^(?:sha-?256:)?/, 'sha256:');
  if (!holds) notes.add('The WACZ’s file list (datapackage.json) was altered.');
  const digest = holds ? 'held' : 'wrong';
  if (parsed.data.signedData === undefined || parsed.data.signedData === null) return { digest, signature: null };
  return { digest, signature: checkSignature(parsed.data.signedData, hash) };
}

const line = z.object({
  url: z.string().min(1).max(LIMITS.address),
  ts: z
    .union([z.string().max(64), z.number()])
    .nullable()
    .optional()
    .catch(undefined),
  title: z.string().nullable().optional().catch(undefined),
});

/** `pages/pages.jsonl`, then `pages/extraPages.jsonl`: a header line, then one page a line. */
async function listedPages(zip: ZipFile, entries: ReadonlyMap<string, ZipEntry>, notes: Notes): Promise<ListedPage[]> {
  const listed: ListedPage[] = [];
  let bad = 0;
  for (const name of ['pages/pages.jsonl', 'pages/extraPages.jsonl']) {
    const text = (await small(zip, entries.get(name)))?.toString('utf8') ?? '';
    for (const [at, written] of text.split('\n').entries()) {
      if (written.trim() === '' || listed.length >= LIMITS.listed) continue;
      const json = parse(written);
      const page = line.safeParse(json);
      if (page.success) listed.push(listedOf(page.data));
      else if (at > 0 || !(typeof json === 'object' && json !== null && 'format' in json)) bad += 1;
    }
  }
  if (bad > 0) notes.add(`${several(bad, 'line', 'lines')} of the WACZ’s page list can’t be read.`);
  return listed;
}

function listedOf({ url, ts, title }: z.infer<typeof line>): ListedPage {
  const written = typeof ts === 'number' && Math.abs(ts) < 8.64e15 ? new Date(ts).toISOString() : ts;
  const shown = title?.replace(/\s+/g, ' ').trim().slice(0, LIMITS.title).toWellFormed();
  return {
    url,
    ts: typeof written === 'string' ? written : null,
    title: shown === undefined || shown === '' ? null : shown,
  };
}
