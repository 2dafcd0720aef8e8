import { detailOf, type ErrorData, Fault } from '../../shared/errors.ts';
import type { RestoreOptions } from '../db/index.ts';
import { startThread } from '../workers/threads.ts';
import type { NewProject } from './create-project.ts';
import type { ImportProjectFile } from './import-project-file.ts';

/** Work on a whole project that is not open. A clock cannot be sent to a worker. */
export type Task =
  | { readonly kind: 'newProject'; readonly options: Omit<NewProject, 'now'> }
  | { readonly kind: 'importProjectFile'; readonly options: ImportProjectFile }
  | { readonly kind: 'restoreBackup'; readonly options: Omit<RestoreOptions, 'now'> }
  | {
      readonly kind: 'sweepStaging';
      readonly options: { readonly folders: readonly string[]; readonly installation: string };
    };

/** Worker → host, once. */
export type FromTask = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly error: ErrorData };

const stopped = (detail: string): Fault =>
  new Fault('INTERNAL', 'The project task stopped unexpectedly. Nothing was changed; try again.', {
    detail,
  });

/**
 * Does the task in a worker thread of its own, so that no window waits for it. Throws what the work throws, and a Fault
 * where the worker ends without a word: each kind of work leaves things as they were until its very last step.
 */
export async function runTask(task: Task, file?: URL): Promise<void> {
  const worker = startThread('tasks', { workerData: task }, file);
  const ended = Promise.withResolvers<void>();
  let said: FromTask | null = null;
  worker.on('message', (message: FromTask) => (said = message));
  worker.on('error', (thrown) => ended.reject(stopped(detailOf(thrown))));
  // Not before the thread is gone: until then it may hold the project's lock.
  worker.on('exit', (code) => {
    if (said === null) return ended.reject(stopped(`exit ${code}`));
    if (said.kind === 'done') return ended.resolve();
    const { code: name, message, context } = said.error;
    ended.reject(new Fault(name, message, context));
  });
  await ended.promise;
}
