import type { Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { detailOf, Fault, withDetail } from '../../../shared/errors.ts';
import { readFault, systemCode } from '../../../shared/file-faults.ts';
import { closeSync, openSync, readSync } from 'node:fs';

/** What a zip may hold. Sizes in bytes, unpacked. */
export interface ZipLimits {
  readonly entries: number;
  readonly oneFile: number;
  readonly total: number;
  /** How many times its packed size a file may unpack to, from `ratioFrom` bytes on. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

/** One file of a zip. */
export interface ZipPart {
  readonly path: string;
  readonly bytes: number;
  /** Its content. This, or its stream, fails if it can’t be unpacked or has another size than the directory says: {@link damagedPart}. */
  open(): Promise<Readable>;
}

/** An open zip: its files by path, and the folders that are listed in it, which end in a slash. */
export interface OpenZip {
  readonly parts: ReadonlyMap<string, ZipPart>;
  readonly folders: readonly string[];
  close(): void;
}

/** The faults for a zip that can’t be used, in the words of its format. `what` continues “it …”. */
export interface ZipFaults {
  readonly damaged: (what: string) => Fault;
  readonly refused: (what: string, path: string) => Fault;
  readonly tooLarge: (what: string) => Fault;
  /** The message if a folder was chosen instead of a file. */
  readonly folder: string;
}

const ANY_ZIP: ZipFaults = {
  damaged: (what) => new Fault('DAMAGED', `This file isn’t complete: ${what}. Ask for a new copy.`, { what }),
  refused: (what, path) =>
    new Fault('NOT_ALLOWED', `This file was rejected: ${what} (“${path}”). Don’t trust this copy.`, { what, path }),
  tooLarge: (what) => new Fault('TOO_LARGE', `This file was rejected: ${what}.`, { what }),
  folder: 'This is a folder. Choose a file.',
};

export interface ZipReading {
  readonly faults?: ZipFaults;
  /**
   * Refuse names with a backslash, which some programs write instead of a slash, and zips in which programs that read from the beginning would
   * find other files.
   */
  readonly areNamesStrict?: boolean;
}

/**
 * Opens a zip from outside and reads its directory; unpacks nothing. Throws, with the place: DAMAGED (no zip, or cut short),
 * NOT_ALLOWED (path escape, symbolic link, encrypted file, two files of one name), TOO_LARGE (limits, bombs), NOT_FOUND.
 */
export async function openZip(
  file: string,
  limits: ZipLimits,
  { faults = ANY_ZIP, areNamesStrict = false }: ZipReading = {},
): Promise<OpenZip> {
  const zip = await open(file, faults, areNamesStrict);
  try {
    if (zip.entryCount > limits.entries) throw faults.tooLarge(`it lists ${zip.entryCount} files`);
    const parts = new Map<string, ZipPart>();
    const { files, folders, all } = await entriesOf(zip, limits, faults);
    const contradicted = areNamesStrict ? contradictedEntry(file, all) : null;
    if (contradicted !== null)
      throw faults.refused('read from its beginning it has other files than its directory lists', contradicted);
    for (const entry of files) parts.set(entry.fileName, partOf(zip, entry));
    return { parts, folders, close: () => zip.close() };
  } catch (thrown) {
    zip.close();
    throw thrown;
  }
}

async function open(file: string, { damaged, folder }: ZipFaults, areNamesStrict: boolean): Promise<ZipFile> {
  try {
    return await openPromise(file, {
      lazyEntries: true,
      autoClose: false,
      validateEntrySizes: true,
      strictFileNames: areNamesStrict,
    });
  } catch (thrown) {
    if (systemCode(thrown) === 'EISDIR') throw new Fault('BAD_INPUT', folder);
    const fault = readFault(thrown);
    throw fault instanceof Fault ? fault : withDetail(damaged('it isn’t a whole zip archive'), thrown);
  }
}

/** Its files. Sizes are checked again while they are unpacked. */
async function entriesOf(
  zip: ZipFile,
  limits: ZipLimits,
  faults: ZipFaults,
): Promise<{ files: Entry[]; folders: string[]; all: Entry[] }> {
  const { damaged, refused, tooLarge } = faults;
  const files: Entry[] = [];
  const folders: string[] = [];
  const all: Entry[] = [];
  const folded = new Set<string>();
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      check(entry, limits, faults);
      all.push(entry);
      if (name.endsWith('/')) {
        folders.push(name);
        continue;
      }
      total += entry.uncompressedSize;
      if (total > limits.total) throw tooLarge('it unpacks to more than any project could');
      const key = name.normalize('NFC').toLowerCase();
      if (folded.has(key)) throw refused('two files in it have the same name', name);
      folded.add(key);
      files.push(entry);
    }
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown;
    const detail = detailOf(thrown);
    if (/invalid relative path|absolute path|invalid characters/.test(detail))
      throw refused('a file in it would be written outside the project', detail);
    throw withDetail(damaged('its list of files can’t be read'), thrown);
  }
  return { files, folders, all };
}

const SYMBOLIC_LINK = 0o120000;
const FILE_TYPE = 0o170000;

function check(entry: Entry, limits: ZipLimits, { refused, tooLarge }: ZipFaults): void {
  const name = entry.fileName;
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK)
    throw refused('it contains a symbolic link', name);
  if (entry.isEncrypted()) throw refused('a file in it is encrypted', name);
  if (entry.uncompressedSize > limits.oneFile) throw tooLarge(`“${name}” unpacks to ${entry.uncompressedSize} bytes`);
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize >= limits.ratioFrom && ratio > limits.ratio)
    throw tooLarge(`“${name}” unpacks to ${Math.round(ratio)} times its size`);
}

const partOf = (zip: ZipFile, entry: Entry): ZipPart => ({
  path: entry.fileName,
  bytes: entry.uncompressedSize,
  open: () => zip.openReadStreamPromise(entry),
});

/** Why a file of a zip could not be read to its end. */
export const damagedPart = (path: string, thrown: unknown): Fault =>
  thrown instanceof Fault ? thrown : withDetail(ANY_ZIP.damaged(`“${path}” in it can’t be unpacked`), thrown);

const HEADER = 30;
const SIGNATURE = 0x04034b50;
/** The first bytes of the directory, which stands right after the last content: programs that read a zip from its beginning stop there. */
const DIRECTORY = Buffer.from('PK\x01\x02', 'latin1');
const LONGEST_NAME = 65_535;
/** Stands for a size that is written elsewhere, since it wasn’t known yet or is too large for this field. */
const ELSEWHERE = 0xffff_ffff;
const IS_AFTER = 1 << 3;
/** The most bytes after a content: its checksum and sizes, once more. */
const DESCRIPTOR = 24;

/**
 * The first entry whose own header, before its content, contradicts the directory at the end, or that does not begin right after the entry
 * before it; null if there is none. Programs that read a zip from its beginning, as from a pipe, use these headers: they would find other
 * names, or files that no directory lists. Throws the system’s error.
 */
function contradictedEntry(file: string, entries: readonly Entry[]): string | null {
  const fd = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEADER + LONGEST_NAME);
    let [from, to] = [0, 0];
    const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
    for (const entry of inOrder) {
      const { relativeOffsetOfLocalHeader: at, fileName, fileNameRaw, compressedSize } = entry;
      const need = HEADER + fileNameRaw.length;
      const isRead = readSync(fd, bytes, 0, need, at) === need;
      if (!isRead || at < from || at > to || !isSame(bytes, entry)) return fileName;
      from = at + need + bytes.readUInt16LE(28) + compressedSize;
      to = from + ((bytes.readUInt16LE(6) & IS_AFTER) === 0 ? 0 : DESCRIPTOR);
    }
    const last = inOrder.at(-1);
    if (last === undefined) return null;
    const length = readSync(fd, bytes, 0, to - from + DIRECTORY.length, from);
    return bytes.subarray(0, length).includes(DIRECTORY) ? null : last.fileName;
  } finally {
    closeSync(fd);
  }
}

function isSame(local: Buffer, { fileNameRaw, compressionMethod, compressedSize, uncompressedSize }: Entry): boolean {
  const isSize = (at: number, size: number): boolean =>
    (local.readUInt16LE(6) & IS_AFTER) !== 0 || [size, ELSEWHERE].includes(local.readUInt32LE(at));
  return (
    local.readUInt32LE(0) === SIGNATURE &&
    local.readUInt16LE(8) === compressionMethod &&
    isSize(18, compressedSize) &&
    isSize(22, uncompressedSize) &&
    local.readUInt16LE(26) === fileNameRaw.length &&
    local.subarray(HEADER, HEADER + fileNameRaw.length).equals(fileNameRaw)
  );
}
