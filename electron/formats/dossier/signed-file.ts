import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parsed } from '../../../shared/changes/canonical.ts';
import type { BagRead } from '../bag/folder-read.ts';

/**
 * What people signed of what a dossier says, in its folder: commits of the project’s log, of which only what belongs to the dossier is shown.
 * What is signed is in DESIGN.md’s log: a header, over the hashes of all its changes.
 */
export const SIGNED_PATH = 'data/signed.json';
/** Bytes. A commit of 100,000 changes takes six million. */
const LARGEST = 256 * 2 ** 20;
/** Characters of the hashes of one file: with more, further commits are left out, and what they show isn’t shown. */
export const MOST_HASHES = 64 * 2 ** 20;

const hex = (bytes: number) =>
  z
    .string()
    .length(bytes * 2)
    .regex(/^[0-9a-f]*$/);
const proof = z.object({
  header: z
    .string()
    .max(5_000_000)
    .regex(/^(?:[0-9a-f]{2})*$/),
  signature: hex(64),
  leaves: z.base64(),
  shown: z.array(
    z.object({
      at: z.int().positive(),
      salt: hex(16),
      entity: z.string(),
      id: z.uuid(),
      field: z.string(),
      value: z.json(),
    }),
  ),
});
const signedFile = z.object({ 'Sourcebook-Signed': z.literal(1), commits: z.array(proof).max(1_000_000) });
export type SignedFile = z.infer<typeof signedFile>;

/** Null if it isn’t there; `wrong` if it can’t be read. */
export function readSigned({ folder, files, manifest }: BagRead): SignedFile | null | 'wrong' {
  const bytes = files.get(SIGNED_PATH);
  if (bytes === undefined || !manifest.has(SIGNED_PATH)) return null;
  if (bytes > LARGEST) return 'wrong';
  const read = signedFile.safeParse(parsed(readFileSync(join(folder, SIGNED_PATH), 'utf8')));
  return read.success ? read.data : 'wrong';
}
