import { detailOf, type ErrorData, Fault } from '../../shared/errors.ts';
import type { RestoreOptions } from '../db/index.ts';
import type { OpenOptions } from '../db/types.ts';
import { startThread } from '../workers/threads.ts';
import type { NewProject } from './create-project.ts';
import type { DecryptProject, EncryptProgress, EncryptProject } from './encrypted-project.ts';
import type { ImportProjectFile } from './import-project-file.ts';

/** Work on a project that is not open. A clock cannot be sent to a worker. */
export type Task =
  | { readonly kind: 'newProject'; readonly options: Omit<NewProject, 'now'> }
  | { readonly kind: 'importProjectFile'; readonly options: ImportProjectFile }
  | { readonly kind: 'restoreBackup'; readonly options: Omit<RestoreOptions, 'now'> }
  | { readonly kind: 'rebuild'; readonly options: Omit<OpenOptions, 'readOnly' | 'now' | 'onCommit'> }
  | { readonly kind: 'encryptProject'; readonly options: Omit<EncryptProject, 'onStep' | 'onProgress' | 'isCancelled'> }
  | { readonly kind: 'decryptProject'; readonly options: DecryptProject }
  | {
      readonly kind: 'sweepStaging';
      readonly options: { readonly folders: readonly string[]; readonly installation: string };
    };

/** Worker → host; the last is `done` or `failed`. `path`: of the file that the task wrote, if it chose its name. */
export type FromTask =
  | ({ readonly kind: 'progress' } & EncryptProgress)
  | { readonly kind: 'done'; readonly path: string | null }
  | { readonly kind: 'failed'; readonly error: ErrorData };
/** Host → worker: the task is to end with CANCELLED, if it still can. */
export const CANCEL = 'cancel';

export interface WatchTask {
  readonly onProgress?: (progress: EncryptProgress) => void;
  readonly signal?: AbortSignal;
}

const stopped = (detail: string): Fault =>
  new Fault('INTERNAL', 'The project task stopped unexpectedly. Nothing was changed; try again.', {
    detail,
  });

/**
 * Runs a task in a worker thread, so that no window waits for it. Throws what the task throws, and a Fault if the worker ends
 * without an answer: every task leaves things as they were until its very last step.
 */
export async function runTask(task: Task, file?: URL): Promise<void> {
  await pathOfTask(task, {}, file);
}

/** The same, for a task that says where it wrote its file, tells its progress and can be cancelled. */
export async function pathOfTask(
  task: Task,
  { onProgress = () => undefined, signal }: WatchTask,
  file?: URL,
): Promise<string> {
  const worker = startThread('tasks', { workerData: task }, file);
  const ended = Promise.withResolvers<string>();
  let outcome: Exclude<FromTask, { kind: 'progress' }> | null = null;
  signal?.addEventListener('abort', () => worker.postMessage(CANCEL), { once: true });
  worker.on('message', (message: FromTask) => {
    if (message.kind === 'progress') onProgress(message);
    else outcome = message;
  });
  worker.on('error', (thrown) => ended.reject(stopped(detailOf(thrown))));
  // Not before the thread has ended: until then it may hold the project's lock.
  worker.on('exit', (code) => {
    if (outcome === null) return ended.reject(stopped(`exit ${code}`));
    if (outcome.kind === 'done') return ended.resolve(outcome.path ?? '');
    const { code: name, message, context } = outcome.error;
    ended.reject(new Fault(name, message, context));
  });
  return ended.promise;
}
