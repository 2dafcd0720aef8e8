import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { storeFault, systemCode } from '../../../shared/file-faults.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Sha256 } from '../../../shared/model/index.ts';
import { hashBytes } from '../files/originals.ts';

/**
 * Frozen pages that wait for their styles are stored with their resources in the project's cache, `cache/pending/<token>/<sha256>`.
 * A host can serve them from there, and they become part of the project only with their styles.
 */
const rootOf = (project: string): string => join(project, 'cache', 'pending');
const TOKEN = /^[0-9a-f]{32}$/;

export interface PendingPage {
  readonly token: string;
  readonly frozen: Sha256;
  readonly resources: readonly Sha256[];
  remove(): void;
}

/** Stores a page and its resources under a random name that cannot be guessed. Throws DISK_FULL, PROJECT_READ_ONLY. */
export function storePendingPage(project: string, page: Uint8Array, resources: readonly Uint8Array[]): PendingPage {
  const token = randomBytes(16).toString('hex');
  const folder = join(rootOf(project), token);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const lay = (bytes: Uint8Array): Sha256 => {
    const hash = hashBytes(bytes);
    writeFileSync(join(folder, hash), bytes, { mode: 0o600 });
    return hash;
  };
  try {
    mkdirSync(folder, { recursive: true });
    return { token, frozen: lay(page), resources: resources.map(lay), remove };
  } catch (thrown) {
    remove();
    throw storeFault(thrown);
  }
}

/** Removes what a killed process left; only the holder of the project's lock may. */
export const sweepPendingPages = (project: string): void => rmSync(rootOf(project), { recursive: true, force: true });

/** A stored file of a waiting page, checked against its hash. Throws NOT_FOUND. */
export function readPendingPage(project: string, token: string, hash: Sha256): Uint8Array {
  const gone = (): Fault => new Fault('NOT_FOUND', 'This page isn’t waiting for its styles any more.');
  if (!TOKEN.test(token)) throw gone();
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(join(rootOf(project), token, hash));
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') throw gone();
    throw thrown;
  }
  if (hashBytes(bytes) !== hash) throw gone();
  return bytes;
}
