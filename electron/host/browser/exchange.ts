import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Fault } from '../../../shared/errors.ts';
import { isRunning } from '../../engine/process-alive.ts';

/** Room for files on their way in and out of a browser; private, and gone when the host ends. */
export interface Exchange {
  /**
   * Takes an uploaded file. `path` is what to import: the file, or the topmost folder of its name where the page gave one
   * (`documents/2023/a.pdf`), so that the import's report names it as the person knows it. Throws TOO_LARGE over `limit`.
   */
  receive(name: string, body: Readable, limit: number): Promise<{ path: string; remove: () => void }>;
  /** A path for a file to be written at and fetched from. */
  outgoing(name: string): { path: string; ticket: string };
  close(): void;
}

/**
 * Opens the exchange under the user's data folder, and clears what hosts that were killed have left there: copies of
 * evidence must not pile up where nobody sees them.
 */
export function openExchange(homeFolder: string): Exchange {
  const all = join(homeFolder, 'exchange');
  mkdirSync(all, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(all)) {
    if (!isRunning(Number(name.split('-')[0]))) rmSync(join(all, name), { recursive: true, force: true });
  }
  const own = join(all, `${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(own, { mode: 0o700 });

  return {
    async receive(name, body, limit) {
      const parts = partsOf(name);
      const place = join(own, randomBytes(8).toString('hex'));
      const path = join(place, ...parts);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const remove = (): void => rmSync(place, { recursive: true, force: true });
      try {
        await pipeline(body, counted(limit), createWriteStream(path, { mode: 0o600, flags: 'wx' }));
      } catch (thrown) {
        remove();
        throw thrown;
      }
      return { path: join(place, parts[0] ?? ''), remove };
    },
    outgoing(name) {
      const ticket = randomBytes(16).toString('hex');
      const place = join(own, ticket);
      mkdirSync(place, { mode: 0o700 });
      return { path: join(place, name), ticket };
    },
    close: () => rmSync(own, { recursive: true, force: true }),
  };
}

/** The name's parts, none of which leads anywhere: no dots, no separators, no control characters. */
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

function counted(limit: number): Transform {
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
