import { detailOf, type ErrorData, Fault } from '../../shared/errors.ts';
import type { RestoreOptions } from '../db/index.ts';
import { startThread } from '../workers/threads.ts';
import type { NewProject } from './create-project.ts';
import type { ImportProjectFile } from './import-project-file.ts';

/** Work on a project that is not open. A clock cannot be sent to a worker. */
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
 * Runs a task in a worker thread, so that no window waits for it. Throws what the task throws, and a Fault if the worker ends
 * without an answer: every task leaves things as they were until its very last step.
 */
export async function runTask(task: Task, file?: URL): Promise<void> {
  const worker = startThread('tasks', { workerData: task }, file);
  const ended = Promise.withResolvers<void>();
  let outcome: FromTask | null = null;
  worker.on('message', (message: FromTask) => (outcome = message));
  worker.on('error', (thrown) => ended.reject(stopped(detailOf(thrown))));
  // Not before the thread has ended: until then it may hold the project's lock.
  worker.on('exit', (code) => {
    if (outcome === null) return ended.reject(stopped(`exit ${code}`));
    if (outcome.kind === 'done') return ended.resolve();
    const { code: name, message, context } = outcome.error;
    ended.reject(new Fault(name, message, context));
  });
  await ended.promise;
}
