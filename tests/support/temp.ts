import { chmodSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * A new empty folder, by its real path (on macOS the temporary folder is behind a link). The caller removes it with
 * `removeFolder`; inside a test, `tempFolder` does so.
 */
export function makeFolder(prefix = 'sourcebook-'): string {
  return realpathSync(mkdtempSync(join(tmpdir(), prefix)));
}

/** Removes a folder with everything in it, read-only files and folders too (originals are stored read-only). */
export function removeFolder(folder: string): void {
  unlock(folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/** A new empty folder that is removed when the running test ends. Call it inside a test; in `beforeAll` use `makeFolder`. */
export function tempFolder(prefix?: string): string {
  const folder = makeFolder(prefix);
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** Files in a folder without the write bit cannot be removed, so the bit is set first. */
function unlock(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isDirectory()) return;
  chmodSync(path, 0o700);
  for (const name of readdirSync(path)) unlock(join(path, name));
}
