import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { exportFault } from '../../../shared/file-faults.ts';
import type { EventPayload } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { WriteContext } from '../../project/context.ts';

type Progress = EventPayload<'export.progress'>;

/** What is being written lies beside its place under `.<name>.<8 hex>.part`, with ends of its own. */
const PART = '.part';
/** A part that somebody still writes to is never this old. */
const LEFT_MS = 10 * 60_000;

/**
 * A new name beside `path`, to be renamed over it when all of it is there. What a kill left of earlier tries goes. NOT_FOUND,
 * NOT_ALLOWED where its folder is none, or is not for this person.
 */
export function besideOf(path: string): string {
  try {
    sweepBeside(path);
  } catch (thrown) {
    throw exportFault(thrown);
  }
  return join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}${PART}`);
}

/** Removes what a kill left of earlier tries to write this file. */
function sweepBeside(path: string): void {
  const [folder, name] = [dirname(path), basename(path)];
  for (const found of readdirSync(folder)) {
    const [, rest] = found.replace(/^\.+/, '').split(`${name}.`, 2);
    if (!found.startsWith('.') || !/^[0-9a-f]{8}\.part/.test(rest ?? '')) continue;
    const stat = statSync(join(folder, found), { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > LEFT_MS) rmSync(join(folder, found), { force: true });
  }
}

/** Tells the project's windows how far it is. */
export const tell = (context: WriteContext, phase: Progress['phase'], done: number, total: number): void =>
  context.emit('export.progress', { phase, done, total });

/** Throws CANCELLED where somebody wants it to end. */
export function goOn(context: Pick<WriteContext, 'interrupted'>): void {
  if (context.interrupted()) throw new Fault('CANCELLED', 'Stopped. No file was written.');
}
