import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Random access to a file's bytes. */
export interface ByteSource {
  readonly length: number;
  /** The bytes from `start` to `end` (exclusive), both within the file. Valid until the next call. */
  read(start: number, end: number): Uint8Array;
  close(): void;
}

const BLOCK = 256 * 1024;
const BLOCKS = 64;

/**
 * A file, read in blocks of 256 KB, of which the last 64 used are cached: PDFium reads 512 bytes at a time, all over the
 * file. Throws file-system errors.
 */
export function fileSource(path: string): ByteSource {
  const file = openSync(path, 'r');
  const { size: length } = fstatSync(file);
  const blocks = new Map<number, Uint8Array>();

  const block = (index: number): Uint8Array => {
    const known = blocks.get(index);
    if (known !== undefined) {
      if (blocks.size >= BLOCKS) {
        blocks.delete(index);
        blocks.set(index, known);
      }
      return known;
    }
    const bytes = new Uint8Array(Math.min(BLOCK, length - index * BLOCK));
    fill(file, bytes, index * BLOCK);
    const oldest = blocks.keys().next();
    if (blocks.size >= BLOCKS && oldest.done !== true) blocks.delete(oldest.value);
    blocks.set(index, bytes);
    return bytes;
  };

  return {
    length,
    read: (start, end) => {
      const index = Math.floor(start / BLOCK);
      if (end <= (index + 1) * BLOCK) return block(index).subarray(start - index * BLOCK, end - index * BLOCK);
      const bytes = new Uint8Array(end - start);
      for (let at = start; at < end;) {
        const from = block(Math.floor(at / BLOCK));
        const piece = from.subarray(at % BLOCK, Math.min(from.length, (at % BLOCK) + end - at));
        bytes.set(piece, at - start);
        at += piece.length;
      }
      return bytes;
    },
    close: () => closeSync(file),
  };
}

function fill(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    const read = readSync(file, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new Error('The file became shorter while it was read');
    done += read;
  }
}

/** Bytes that are in memory already. */
export const memorySource = (bytes: Uint8Array): ByteSource => ({
  length: bytes.length,
  read: (start, end) => bytes.subarray(start, end),
  close: () => undefined,
});
