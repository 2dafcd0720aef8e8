import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { bytesOf, encryptStream, type EncryptFor } from '../age/index.ts';
import { type BagEntry, type BagPlan, type BagSummary, streamBag } from './write.ts';

/** A bag whose entries are all files: it can be sent to another thread. */
export interface BagOfFiles extends BagPlan {
  readonly entries: readonly (Omit<BagEntry, 'content'> & { readonly content: { readonly file: string } })[];
}

/**
 * Writes a bag into the new file `to`, encrypted on its way: it lies nowhere unencrypted. `onProgress` counts bytes of its files.
 * Throws what {@link streamBag} and {@link encryptStream} throw, and leaves an unfinished `to` then: the caller removes it.
 */
export async function writeEncryptedBag(
  to: string,
  plan: BagOfFiles,
  key: EncryptFor,
  onProgress: (done: number, total: number) => void,
): Promise<BagSummary> {
  const total = plan.entries.reduce((sum, { content }) => sum + statSync(content.file).size, 0);
  const { stream, files } = streamBag(plan, { onBytes: (done) => onProgress(done, total) });
  let wrong: unknown = null;
  files.catch((thrown: unknown) => (wrong = thrown));
  try {
    await encryptStream(bytesOf(stream), to, key);
  } catch (thrown) {
    stream.destroy();
    // What was wrong with a file is said, not that the stream ended of it.
    throw wrong ?? thrown;
  }
  return { files: await files, bytes: (await stat(to)).size };
}
