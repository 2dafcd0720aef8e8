import { type MessagePort, parentPort } from 'node:worker_threads';
import { type ErrorData, Fault } from '../../shared/errors.ts';
import { readFault } from '../../shared/file-faults.ts';
import { logError, openThreadLog } from '../log/log.ts';
import type { JobProgress } from './pool.ts';
import { jobMessage, type WorkerMessage } from './jobs.ts';

/**
 * A job as the worker runs it. Expected errors are returned; a thrown one ends the job, not the pool. The pool sends each job the
 * input type of jobs.ts, so the input isn't parsed again.
 */
export type JobHandler = (input: never, onProgress: (progress: JobProgress) => void) => Promise<unknown>;

/** The least time between two progress messages, ms. A page takes 3 ms. */
const PROGRESS_EVERY = 40;

/** Makes this thread a worker of the pool, which runs one job after the other. */
export function serveJobs(handlers: ReadonlyMap<string, JobHandler>): void {
  const port = parentPort;
  if (port === null) throw new Error('This file only runs as a worker thread of the pool');
  openThreadLog('pool');
  port.on('message', (message: unknown) => {
    const { id, name, input } = jobMessage.parse(message);
    void run(port, id, handlers.get(name), name, input);
  });
}

async function run(
  port: MessagePort,
  id: number,
  handler: JobHandler | undefined,
  name: string,
  input: unknown,
): Promise<void> {
  const post = (message: WorkerMessage, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  const started = performance.now();
  let reportedAt = 0;
  const onProgress = ({ done, total }: JobProgress): void => {
    if (performance.now() - reportedAt < PROGRESS_EVERY) return;
    reportedAt = performance.now();
    post({ kind: 'progress', id, done, total });
  };
  try {
    if (handler === undefined) throw new Error(`There is no job “${name}”`);
    const output = await handler(input as never, onProgress);
    post({ kind: 'done', id, output }, transferable(output));
  } catch (thrown) {
    logError(thrown, { event: 'job-failed', job: name, ms: performance.now() - started });
    post({ kind: 'failed', id, error: toJobError(thrown) });
  }
}

/** The layer's buffer is transferred, not copied: it may have a hundred megabytes. */
function transferable(output: unknown): ArrayBuffer[] {
  if (typeof output !== 'object' || output === null || !('value' in output)) return [];
  const { value } = output;
  if (typeof value !== 'object' || value === null || !('layerFile' in value)) return [];
  const { layerFile } = value;
  const isWhole =
    layerFile instanceof Uint8Array &&
    layerFile.buffer instanceof ArrayBuffer &&
    layerFile.byteLength === layerFile.buffer.byteLength;
  return isWhole ? [layerFile.buffer] : [];
}

/**
 * The error of a job as data. It names the file, which is the likely cause: only its bytes differ from one job to the next. The
 * detail is kept for debugging.
 */
function toJobError(thrown: unknown): ErrorData {
  if (thrown instanceof Fault) return thrown.data;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  const fault = readFault(thrown);
  if (fault instanceof Fault) return { ...fault.data, context: { detail } };
  if (thrown instanceof RangeError && /allocation|out of memory/i.test(detail)) {
    return { code: 'TOO_LARGE', message: 'This file needs more memory than Sourcebook allows.', context: { detail } };
  }
  return {
    code: 'DAMAGED',
    message: `This file couldn’t be read: it crashed its reader (${detail}).`,
    context: { detail },
  };
}
