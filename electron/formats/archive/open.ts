import {
  createWriteStream,
  readdirSync,
  rmSync,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Fault } from '../../../shared/errors.ts';
import { EntryList, readWarc, type OnBytes, type WarcToRead } from './build-warc.ts';
import { openFile, READ_THROUGH, type ByteRange, type OpenFile } from './bytes.ts';
import { type ArchiveIndex, type Entry, type WarcFile, entry, listedPage, warcFile } from './entry.ts';
import { allowedFor, isGzip, startOfMember, unpackingBudget, unpackTo } from './gzip.ts';
import { LIMITS } from './limits.ts';
import { Lookup } from './lookup.ts';
import { createNotes, type Notes } from './notes.ts';
import { pagesOf, type ArchivedPage } from './pages.ts';
import { NeedsUnpacking } from './records.ts';
import { readWacz, type Wacz } from './wacz.ts';
import { createHash, randomBytes } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { archiveSignature, ARCHIVE_FORMATS, digestState } from '../../../shared/model/index.ts';

/** An open archive with its index. */
export interface Archive {
  readonly index: ArchiveIndex;
  readonly lookup: Lookup;
  readonly pages: readonly ArchivedPage[];
  readonly notes: readonly string[];
  /** The WARC that a record is in. */
  file(entry: Entry): ByteRange;
}

interface Known extends Pick<Archive, 'index' | 'lookup' | 'pages' | 'notes'> {
  readonly identity: string;
}

/** Recently used indexes by path: reading one takes half a second, a page a few milliseconds. */
const known = new Map<string, Known>();
const KEPT = 2;

/**
 * Opens the archive at `path` for `work` and closes it afterwards. The index is stored in the file `index` and rebuilt if
 * that is missing, damaged or of another archive. Throws Faults: UNSUPPORTED (ARC, several WACZ), BAD_INPUT, DAMAGED,
 * TOO_LARGE; and the system's errors.
 */
export async function withArchive<T>(
  { path, index }: { readonly path: string; readonly index: string },
  work: (archive: Archive) => T | Promise<T>,
  onBytes: OnBytes = () => undefined,
): Promise<T> {
  const file = openFile(path);
  const unpacked: OpenFile[] = [];
  try {
    const found = await knownOf(path, index, file, onBytes);
    const ranges = found.index.files.map((one) => {
      if (one.unpacked === null) return file.part(one.start, one.size);
      const opened = openFile(unpackedPath(index, one.unpacked));
      unpacked.push(opened);
      return opened;
    });
    return await work({
      ...found,
      file: (entry) => {
        const range = ranges[entry.file];
        if (range === undefined) throw new RangeError(`There is no file ${entry.file} in this archive`);
        return range;
      },
    });
  } finally {
    for (const one of [file, ...unpacked]) one.close();
  }
}

async function knownOf(path: string, index: string, file: OpenFile, onBytes: OnBytes): Promise<Known> {
  const identity = identityOf(file);
  const kept = known.get(index);
  known.delete(index);
  const isThere = kept?.identity === identity && hasUnpacked(index, kept);
  const found = isThere
    ? kept
    : knownFrom(identity, readIndex(index, identity) ?? (await build(path, index, identity, onBytes)));
  known.set(index, found);
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
  return found;
}

/** Whether the unpacked files still exist; the index file itself is not needed while it is in memory. */
function hasUnpacked(index: string, { index: { files } }: Known): boolean {
  return files.every(({ unpacked, size }) => {
    if (unpacked === null) return true;
    try {
      const opened = openFile(unpackedPath(index, unpacked));
      opened.close();
      return opened.size === size;
    } catch {
      return false; // removed: it is unpacked again
    }
  });
}

function knownFrom(identity: string, index: ArchiveIndex): Known {
  const notes = createNotes();
  for (const note of index.notes) notes.add(note);
  const lookup = new Lookup(index.entries);
  const pages = pagesOf(index, lookup, notes);
  return { identity, index, lookup, pages, notes: notes.list() };
}

async function build(path: string, index: string, identity: string, onBytes: OnBytes): Promise<ArchiveIndex> {
  dropUnpacked(index);
  const file = openFile(path, READ_THROUGH);
  try {
    const notes = createNotes();
    const isZip = file.read(0, 2).toString('latin1') === 'PK';
    const built = await (isZip ? buildWacz : buildWarc)(path, index, file, notes, onBytes);
    writeIndex(index, identity, built);
    return built;
  } finally {
    file.close();
  }
}

/** Removes files of an earlier or interrupted build. */
function dropUnpacked(index: string): void {
  const name = `${basename(index)}.unpacked-`;
  for (const one of readdirSync(dirname(index)))
    if (one.startsWith(name)) rmSync(join(dirname(index), one), { force: true });
}

async function buildWarc(
  path: string,
  index: string,
  file: OpenFile,
  notes: Notes,
  onBytes: OnBytes,
): Promise<ArchiveIndex> {
  checkIsWarc(file);
  const list = new EntryList(file.size);
  const whole = { name: basename(path), unpacked: null, start: 0, size: file.size };
  const stored = await readOrUnpack(
    { range: file, file: 0, name: null, path, from: whole, index },
    list,
    notes,
    onBytes,
  );
  if (list.records === 0) throw notWarc();
  list.finish(notes);
  const { software, records, digests, entries } = list;
  return {
    format: 'warc',
    software,
    softwareFrom: software === null ? null : 'warcinfo',
    records,
    digests,
    signature: null,
    notes: notes.list(),
    files: [stored],
    listed: [],
    entries,
  };
}

const notWarc = (): Fault =>
  new Fault('BAD_INPUT', 'This isn’t a valid WARC: it has no records. It may be cut off, or another kind of file.');

/** Rejects files known to be something else. */
function checkIsWarc(file: OpenFile): void {
  if (file.size === 0) throw new Fault('BAD_INPUT', 'This file is empty.');
  const head = file.read(0, 64 << 10);
  const start = isGzip(head) ? startOfMember(head) : head;
  if (start.toString('latin1', 0, 11) === 'filedesc://')
    throw new Fault(
      'UNSUPPORTED',
      'This is an ARC file, an older format than WARC, which Sourcebook can’t read. Convert it to WARC, for example with “warcio recompress”.',
    );
}

interface Unpackable extends WarcToRead {
  /** The place of the range in its file. */
  readonly path: string;
  readonly from: WarcFile;
  readonly index: string;
}

/** Reads a WARC in place or, if it is compressed as a whole, from a file beside the index. Returns where its records are. */
async function readOrUnpack(warc: Unpackable, list: EntryList, notes: Notes, onBytes: OnBytes): Promise<WarcFile> {
  const back = list.mark();
  try {
    await readWarc(warc, list, notes, onBytes);
    return warc.from;
  } catch (thrown) {
    if (!(thrown instanceof NeedsUnpacking)) throw thrown;
  }
  back();
  const { path, from, index, file, name } = warc;
  // Above the numbers used for WARCs that are deflated in a WACZ.
  const number = LIMITS.entries + file;
  const to = unpackedPath(index, number);
  makeNew(to);
  const most = Math.min(LIMITS.unpacked, allowedFor(from.size));
  const { whole } = await unpackTo(
    { path, start: from.start, size: from.size },
    to,
    unpackingBudget(from.size, most),
    onBytes,
  );
  if (!whole)
    notes.add(`${name === null ? 'The file' : `“${name}”`} is damaged or cut off; everything before that was read.`);
  const unpacked = openFile(to, READ_THROUGH);
  try {
    await readWarc({ range: unpacked, file, name }, list, notes, onBytes);
    return { name: from.name, unpacked: number, start: 0, size: unpacked.size };
  } finally {
    unpacked.close();
  }
}

async function buildWacz(
  path: string,
  index: string,
  file: OpenFile,
  notes: Notes,
  onBytes: OnBytes,
): Promise<ArchiveIndex> {
  const wacz = await readWacz(path, notes, onBytes);
  try {
    const list = new EntryList(file.size);
    const files: WarcFile[] = [];
    const onDisk = unpackingBudget(file.size, Math.min(LIMITS.unpacked, allowedFor(file.size)));
    for (const [at, warc] of wacz.warcs.entries()) {
      if (list.full) break;
      const read = await readPacked(warc, { path, index, file, at, zip: wacz.zip }, list, notes, onBytes);
      files.push(read);
      if (read.unpacked === null) continue;
      onDisk.check(read.size);
      onDisk.add(read.size);
    }
    list.finish(notes);
    const { records, entries } = list;
    const software = wacz.software ?? list.software;
    const digests =
      list.digests === 'wrong' || wacz.digests === 'wrong' ? 'wrong' : list.digests === 'held' ? 'held' : wacz.digests;
    const { listed, signature } = wacz;
    return {
      format: 'wacz',
      software,
      softwareFrom: software === null ? null : wacz.software === null ? 'warcinfo' : 'datapackage.json',
      records,
      digests,
      signature,
      notes: notes.list(),
      files,
      listed,
      entries,
    };
  } finally {
    wacz.zip.close();
  }
}

/** One WARC of a WACZ: read inside the zip or, if it is deflated, from a file beside the index. */
async function readPacked(
  { name, start, entry }: Wacz['warcs'][number],
  { path, index, file, at, zip }: { path: string; index: string; file: OpenFile; at: number; zip: Wacz['zip'] },
  list: EntryList,
  notes: Notes,
  onBytes: OnBytes,
): Promise<WarcFile> {
  if (start !== null) {
    const from = { name, unpacked: null, start, size: entry.compressedSize };
    return readOrUnpack(
      { range: file.part(start, entry.compressedSize), file: at, name, path, from, index },
      list,
      notes,
      onBytes,
    );
  }
  const to = unpackedPath(index, at);
  // Made first: no stream is opened, and so no file made, where the zip is damaged before this entry’s data.
  makeNew(to);
  try {
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(to, { mode: 0o600 }));
  } catch (thrown) {
    if (thrown instanceof Error && 'syscall' in thrown) throw thrown;
    notes.add(`“${name}” in the WACZ can’t be fully unpacked; everything before the damage was read.`);
  }
  const opened = openFile(to, READ_THROUGH);
  try {
    const from = { name, unpacked: at, start: 0, size: opened.size };
    return await readOrUnpack({ range: opened, file: at, name, path: to, from, index }, list, notes, onBytes);
  } finally {
    opened.close();
  }
}

/** Increased when an older index would be read wrongly, or when a new one finds more. */
const VERSION = 1;
const MARK = `sourcebook-archive-index ${VERSION}`;
/** The largest index, unpacked; the limits on names and records keep ours below it. */
const MOST = 512 << 20;
const ENDS = 64 << 10;

/** A file beside the index that a WARC was unpacked to. */
const unpackedPath = (index: string, number: number): string => `${index}.unpacked-${number}`;

/** Makes an empty file in place of whatever is there: through a link, what is unpacked would be written to a file of somebody’s choice. */
function makeNew(path: string): void {
  rmSync(path, { recursive: true, force: true });
  writeFileSync(path, '', { flag: 'wx', mode: 0o600 });
}

/** Identifies an archive and its version: its size, beginning and end. */
function identityOf(file: OpenFile): string {
  const hash = createHash('sha256').update(file.read(0, ENDS));
  hash.update(file.read(Math.max(0, file.size - ENDS), ENDS));
  return `${file.size} ${hash.digest('hex')}`;
}

/** Records as arrays without keys: half the size, and quicker to parse. */
const KEYS = [
  'file',
  'offset',
  'length',
  'skip',
  'type',
  'url',
  'date',
  'status',
  'kind',
  'bytes',
  'digest',
  'payload',
  'refersUrl',
  'refersDate',
  'location',
  'title',
  'posted',
  'cut',
] as const satisfies readonly (keyof Entry)[];

const stored = z.object({
  identity: z.string(),
  format: z.enum(ARCHIVE_FORMATS),
  software: z.string().nullable(),
  softwareFrom: z.string().nullable(),
  records: z.number().int().nonnegative(),
  digests: digestState,
  signature: archiveSignature.nullable(),
  notes: z.array(z.string()),
  files: z.array(warcFile),
  listed: z.array(listedPage),
  /** Arrays; each is checked as the entry it encodes. */
  entries: z.array(z.unknown()),
});

/** Writes it to a temporary file and renames that: a kill leaves the old one or the new. */
function writeIndex(path: string, identity: string, { entries, ...rest }: ArchiveIndex): void {
  const rows = entries.map((one) => KEYS.map((key) => one[key]));
  const content: z.infer<typeof stored> = {
    ...rest,
    identity,
    notes: [...rest.notes],
    files: [...rest.files],
    listed: [...rest.listed],
    entries: rows,
  };
  const packed = zstdCompressSync(Buffer.from(JSON.stringify(content)));
  const sum = createHash('sha256').update(packed).digest('hex');
  const beside = `${path}.new-${randomBytes(6).toString('hex')}`;
  writeFileSync(beside, Buffer.concat([Buffer.from(`${MARK} ${sum}\n`), packed]), { mode: 0o600 });
  renameSync(beside, path);
}

/**
 * The index at `path` if it is undamaged and belongs to the archive with this identity; otherwise null, and it must be built.
 * Its folder can be emptied at any time and may have come with the project, so everything in it is checked.
 */
function readIndex(path: string, identity: string): ArchiveIndex | null {
  if (!existsSync(path)) return null;
  const file = readFileSync(path);
  const line = file.subarray(0, MARK.length + 66).toString('latin1');
  const packed = file.subarray(line.length);
  if (line !== `${MARK} ${createHash('sha256').update(packed).digest('hex')}\n`) return null;
  const parsed = stored.safeParse(parse(packed));
  if (!parsed.success || parsed.data.identity !== identity) return null;
  const { entries: rows, identity: _, ...rest } = parsed.data;
  const entries: Entry[] = [];
  for (const cells of rows) {
    if (!Array.isArray(cells) || cells.length !== KEYS.length) return null;
    const one = entry.safeParse(Object.fromEntries(KEYS.map((key, at) => [key, cells[at]])));
    if (!one.success || one.data.file >= rest.files.length) return null;
    entries.push(one.data);
  }
  return rest.files.every((one) => one.unpacked === null || sizeOf(unpackedPath(path, one.unpacked)) === one.size)
    ? { ...rest, entries }
    : null;
}

function parse(packed: Buffer): unknown {
  try {
    return JSON.parse(zstdDecompressSync(packed, { maxOutputLength: MOST }).toString('utf8'));
  } catch {
    return null; // damaged: it is built again
  }
}

const sizeOf = (path: string): number | null => statSync(path, { throwIfNoEntry: false })?.size ?? null;
