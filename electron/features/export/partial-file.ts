import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { exportFault } from '../../../shared/file-faults.ts';
import type { EventPayload } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { WriteContext } from '../../project/context.ts';

type Progress = EventPayload<'export.progress'>;

/** A file is written as `.<name>.<8 hex>.part` in the same folder; this is the ending. */
const PART = '.part';
/** Milliseconds. A partial file that is still being written is never this old. */
const LEFT_MS = 10 * 60_000;

/**
 * A temporary name beside `path`, to be renamed to it once the file is complete. Removes partial files of killed exports. NOT_FOUND,
 * NOT_ALLOWED if the folder does not exist or is not writable.
 */
export function besideOf(path: string): string {
  try {
    sweepBeside(path);
  } catch (thrown) {
    throw exportFault(thrown);
  }
  return join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}${PART}`);
}

/** Removes partial files that killed exports of this file left. */
function sweepBeside(path: string): void {
  const [folder, name] = [dirname(path), basename(path)];
  for (const found of readdirSync(folder)) {
    const [, rest] = found.replace(/^\.+/, '').split(`${name}.`, 2);
    if (!found.startsWith('.') || !/^[0-9a-f]{8}\.part/.test(rest ?? '')) continue;
    const stat = statSync(join(folder, found), { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > LEFT_MS) rmSync(join(folder, found), { force: true });
  }
}

/** Reports the progress to the project's windows. */
export const tell = (context: WriteContext, phase: Progress['phase'], done: number, total: number): void =>
  context.emit('export.progress', { phase, done, total });

/** Throws CANCELLED if the export is to end. */
export function goOn(context: Pick<WriteContext, 'interrupted'>): void {
  if (context.interrupted()) throw new Fault('CANCELLED', 'Stopped. No file was written.');
}
