import { createReadStream, rmSync } from 'node:fs';
import { bytesOf, encryptStream, type EncryptFor } from '../../electron/formats/age/index.ts';

/** Encrypts a file into another, replacing it. */
export async function encrypted(from: string, to: string, key: EncryptFor): Promise<void> {
  rmSync(to, { force: true });
  await encryptStream(bytesOf(createReadStream(from)), to, key);
}
