import { createReadStream, rmSync } from 'node:fs';
import { bytesOf, sealStream, type SealFor } from '../../electron/formats/age/index.ts';

/** Seals a file into another, which goes if it is there. */
export async function sealed(from: string, to: string, key: SealFor): Promise<void> {
  rmSync(to, { force: true });
  await sealStream(bytesOf(createReadStream(from)), to, key);
}
