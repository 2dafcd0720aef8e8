import { createWriteStream, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Fault } from '../../../shared/errors.ts';
import { EntryList, readWarc, type OnBytes, type WarcToRead } from './build-warc.ts';
import { openFile, READ_THROUGH, type ByteRange, type OpenFile } from './bytes.ts';
import type { ArchiveIndex, Entry, WarcFile } from './entry.ts';
import { allowedFor, isGzip, startOfMember, unpackingBudget, unpackTo } from './gzip.ts';
import { identityOf, makeNew, readIndex, unpackedPath, writeIndex } from './index-file.ts';
import { LIMITS } from './limits.ts';
import { Lookup } from './lookup.ts';
import { createNotes, type Notes } from './notes.ts';
import { pagesOf, type ArchivedPage } from './pages.ts';
import { NeedsUnpacking } from './records.ts';
import { readWacz, type Wacz } from './wacz.ts';

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
