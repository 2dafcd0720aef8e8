import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Fault } from '../../../shared/errors.ts';
import { isRunning } from '../../engine/process-alive.ts';

/** Temporary files of uploads and downloads, readable by this account only and deleted when the host ends. */
export interface TemporaryFiles {
  /**
   * Stores an uploaded file. `path` is what to import: the file, or the topmost folder if its name has folders
   * (`documents/2023/a.pdf`), so that the import report shows the name the person knows. TOO_LARGE over `limit` bytes.
   */
  store(name: string, body: Readable, limit: number): Promise<{ path: string; remove: () => void }>;
  /** A path to write a file for download at, and the ticket in its address. */
  forDownload(name: string): { path: string; ticket: string };
  /** Removes what was written for download. */
  removeDownloads(): void;
  close(): void;
}

/** Whether a path is an upload’s, which is deleted once it was read. */
export const isUploaded = (homeFolder: string, path: string): boolean =>
  path.startsWith(join(homeFolder, 'exchange') + sep);

/**
 * Makes the folder for temporary files in the user's data folder, and deletes what killed hosts left there, so that copies of
 * evidence don't accumulate unseen.
 */
export function openTemporaryFiles(homeFolder: string): TemporaryFiles {
  const all = join(homeFolder, 'exchange');
  mkdirSync(all, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(all)) {
    if (!isRunning(Number(name.split('-')[0]))) rmSync(join(all, name), { recursive: true, force: true });
  }
  const own = join(all, `${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(own, { mode: 0o700 });
  const downloads = new Set<string>();

  return {
    async store(name, body, limit) {
      const parts = partsOf(name);
      const folder = join(own, randomBytes(8).toString('hex'));
      const path = join(folder, ...parts);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const remove = (): void => rmSync(folder, { recursive: true, force: true });
      try {
        await pipeline(body, limitedTo(limit), createWriteStream(path, { mode: 0o600, flags: 'wx' }));
      } catch (thrown) {
        remove();
        throw thrown;
      }
      return { path: join(folder, parts[0] ?? ''), remove };
    },
    forDownload(name) {
      const ticket = randomBytes(16).toString('hex');
      const folder = join(own, ticket);
      mkdirSync(folder, { mode: 0o700 });
      downloads.add(folder);
      return { path: join(folder, name), ticket };
    },
    removeDownloads() {
      for (const folder of downloads) rmSync(folder, { recursive: true, force: true });
      downloads.clear();
    },
    close: () => rmSync(own, { recursive: true, force: true }),
  };
}

/** The folders and the file of a name, made safe: no `..`, no separators, no control characters. */
function partsOf(name: string): string[] {
  const parts = name
    .toWellFormed()
    .split(/[/\\]+/)
    .map((part) => part.replace(/[\p{Cc}<>:"|?*]/gu, '_').slice(0, 120))
    .filter((part) => !/^[. ]*$/.test(part));
  if (parts.length === 0 || parts.length > 32)
    throw new Fault('BAD_INPUT', 'This file’s name can’t be used. Rename it and try again.');
  return parts;
}

function limitedTo(limit: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) done(tooLarge(limit));
      else done(null, chunk);
    },
  });
}

export const tooLarge = (limit: number): Fault =>
  new Fault('TOO_LARGE', `Too large: the limit is ${Math.floor(limit / 2 ** 20)} MB at a time.`, {
    limit,
  });
