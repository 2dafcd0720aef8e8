import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes with random access: a file, a part of one, or data in memory. */
export interface ByteRange {
  readonly size: number;
  /** Up to `length` bytes from `offset` on; fewer at the end, none after it. May be a view: do not write to it. */
  read(offset: number, length: number): Buffer;
}

export const memoryRange = (bytes: Buffer): ByteRange => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
});

/** A file that stays open until `close`. */
export interface OpenFile extends ByteRange {
  /** The `size` bytes from `start` on, as a range of its own; it ends with the file. */
  part(start: number, size: number): ByteRange;
  close(): void;
}

/**
 * Block size for files that are read from start to end. A compressed record does not say how long it is, so up to a megabyte
 * is examined for each: with a disk read every time, indexing took three times as long.
 */
export const READ_THROUGH = 4 << 20;
const READ_HERE_AND_THERE = 64 << 10;

/** `ahead`: how much is read at once. Throws the system's errors (ENOENT, EACCES …). */
export function openFile(path: string, ahead = READ_HERE_AND_THERE): OpenFile {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  let block: Buffer = Buffer.alloc(0);
  let blockStart = 0;
  const fill = (offset: number, length: number): Buffer => {
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)));
    let filled = 0;
    while (filled < bytes.length) {
      const read = readSync(file, bytes, filled, bytes.length - filled, offset + filled);
      if (read === 0) break;
      filled += read;
    }
    return bytes.subarray(0, filled);
  };
  const readAt = (offset: number, length: number): Buffer => {
    if (length > ahead) return fill(offset, length);
    if (offset < blockStart || offset + length > blockStart + block.length) {
      // A new buffer each time: views of the last one may still be in use.
      block = fill(offset, ahead);
      blockStart = offset;
    }
    return block.subarray(offset - blockStart, offset - blockStart + length);
  };
  const part = (start: number, length: number): ByteRange => {
    const whole = Math.max(0, Math.min(length, size - start));
    return {
      size: whole,
      read: (offset, wanted) => readAt(start + offset, Math.max(0, Math.min(wanted, whole - offset))),
    };
  };
  return { ...part(0, size), part, close: () => closeSync(file) };
}
