import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { exportFault } from '../../../shared/file-faults.ts';
import type { EventPayload } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { WriteContext } from '../context.ts';

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

/** Removes partial files and folders that killed exports of this file left. */
function sweepBeside(path: string): void {
  const [folder, name] = [dirname(path), basename(path)];
  for (const found of readdirSync(folder)) {
    const [, rest] = found.replace(/^\.+/, '').split(`${name}.`, 2);
    if (!found.startsWith('.') || !/^[0-9a-f]{8}\.part/.test(rest ?? '')) continue;
    const stat = statSync(join(folder, found), { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > LEFT_MS)
      rmSync(join(folder, found), { recursive: true, force: true });
  }
}

/** Reports the progress to the project's windows. */
export const tell = (context: WriteContext, phase: Progress['phase'], done: number, total: number): void =>
  context.emit('export.progress', { phase, done, total });

/** Throws CANCELLED if the export is to end. */
export function goOn(context: Pick<WriteContext, 'interrupted'>): void {
  if (context.interrupted()) throw new Fault('CANCELLED', 'Stopped. No file was written.');
}

/** A part of a text that is written, and how much of the whole is done with it. */
export interface TextPiece {
  readonly text: string;
  readonly passages: number;
}
/** Characters written at once. Between two pieces the export can be stopped, and other calls are answered. */
const PIECE = 1 << 18;

/**
 * Writes a text to a temporary file, which is then renamed: if stopped or killed, a former file stays as it was. Returns its bytes.
 * NOT_FOUND, NOT_ALLOWED, DISK_FULL, CANCELLED.
 */
export async function writeText(
  context: WriteContext,
  path: string,
  pieces: Iterable<TextPiece> | AsyncIterable<TextPiece>,
  total: number,
): Promise<number> {
  const part = besideOf(path);
  try {
    await writePieces(context, part, pieces, total);
    renameSync(part, path);
  } catch (thrown) {
    rmSync(part, { force: true });
    throw exportFault(thrown);
  }
  tell(context, 'done', total, total);
  return statSync(path).size;
}

/** How many entries are read before other calls are answered: some 5 ms. */
const IN_TURN = 200;

/** Iterates with pauses, in which other calls are answered and the export can be stopped (CANCELLED). */
export async function* inTurns<T>(context: WriteContext, all: Iterable<T>): AsyncGenerator<T> {
  let count = 0;
  for (const one of all) {
    if (++count % IN_TURN === 0) {
      await setImmediate();
      goOn(context);
    }
    yield one;
  }
}

async function writePieces(
  context: WriteContext,
  path: string,
  pieces: Iterable<TextPiece> | AsyncIterable<TextPiece>,
  total: number,
): Promise<void> {
  const file = openSync(path, 'wx');
  try {
    let waiting = '';
    for await (const { text, passages } of pieces) {
      waiting += text;
      if (waiting.length < PIECE) continue;
      // Unlike writeSync, this goes on if the system wrote only a part.
      writeFileSync(file, waiting);
      waiting = '';
      tell(context, 'writing', passages, total);
      await setImmediate();
      goOn(context);
    }
    writeFileSync(file, waiting);
    goOn(context);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
