import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parsed } from '../../../shared/changes/canonical.ts';
import { sha256 } from '../../../shared/model/index.ts';
import { type Roots, rootsOf } from '../../formats/archive/certificates.ts';

/** A root certificate of time-stamping authorities that a person trusts on this installation. */
export const trustedRoot = z.object({
  /** SHA-256 of its DER. */
  fingerprint: sha256,
  /** One attribute a line. */
  subject: z.string(),
  pem: z.string(),
  /** Epoch milliseconds. */
  addedAt: z.number(),
});
export type TrustedRoot = z.infer<typeof trustedRoot>;

/**
 * The roots in the installation’s file; none if there is no file, or one that can’t be read, which the installation’s own data then
 * says. Read at each use, since the command line may change it meanwhile.
 */
export function readTrustedRoots(path: string | undefined): Roots {
  if (path === undefined) return new Map();
  try {
    const read = z.array(trustedRoot).safeParse(parsed(readFileSync(path, 'utf8')));
    return rootsOf(read.success ? read.data.map(({ pem }) => pem) : []);
  } catch {
    return new Map();
  }
}
