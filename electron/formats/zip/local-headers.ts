import { closeSync, openSync, readSync } from 'node:fs';
import type { Entry } from 'yauzl';

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
export function contradictedEntry(file: string, entries: readonly Entry[]): string | null {
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
