import type { Sha256 } from '../../shared/model/index.ts';

/**
 * The project folder's files by hash: `originals/ab/<sha256>` (bytes as received) and `layers/ab/<sha256>` (text layers,
 * frozen pages and their resources). Files are written beside, fsynced, renamed and made read-only; never changed.
 *
 * A layer's hash covers its uncompressed bytes, so that two machines with different compressors still name one layer
 * alike; on disk it is `<sha256>.zst` where that is smaller, else `<sha256>`.
 */
export interface Originals {
  readonly folder: string;
  originalPath(hash: Sha256): string;
  layerPath(hash: Sha256): string;
  hasOriginal(hash: Sha256): boolean;
  hasLayer(hash: Sha256): boolean;
  /** Copies while hashing; a file that is already there by that hash is kept. */
  takeOriginal(fromPath: string, signal?: AbortSignal): Promise<{ sha256: Sha256; bytes: number; existed: boolean }>;
  putLayer(bytes: Uint8Array): Sha256;
  readLayer(hash: Sha256): Uint8Array;
  /** Reads and hashes; null when the file is missing. */
  hashOriginal(hash: Sha256): Promise<Sha256 | null>;
  hashLayer(hash: Sha256): Promise<Sha256 | null>;
}
