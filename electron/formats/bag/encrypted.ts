import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { bytesOf, encryptStream, type EncryptFor } from '../age/index.ts';
import { type BagEntry, type BagPlan, type BagSummary, streamBag } from './write.ts';

/** A bag whose entries are all files, so that it can be sent to another thread. */
export interface BagOfFiles extends BagPlan {
  readonly entries: readonly (Omit<BagEntry, 'content'> & { readonly content: { readonly file: string } })[];
}

/**
 * Writes a bag into the new file `to`, encrypted as a stream: no unencrypted copy is written. `onProgress` gets the bytes of
 * its files so far. Throws what {@link streamBag} and {@link encryptStream} throw; an unfinished `to` is then left for the
 * caller to remove.
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
    // Report what was wrong with a file, rather than that the stream ended because of it.
    throw wrong ?? thrown;
  }
  return { files: await files, bytes: (await stat(to)).size };
}
