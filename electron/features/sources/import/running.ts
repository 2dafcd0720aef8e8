import { Fault } from '../../../../shared/errors.ts';
import type { ProjectDb } from '../../../db/types.ts';

/** An import that is going on. */
export interface Running {
  readonly signal: AbortSignal;
  readonly cancel: () => void;
  /** Waits for what a person answers about this file; null when they skip it, or the import is cancelled. */
  answer(path: string): Promise<string | null>;
  /** Hands over the answer. Throws NOT_FOUND where nobody asked. */
  hear(path: string, password: string | null): void;
}

/** By project and job. They end with the engine, and nothing of them is stored. */
const imports = new WeakMap<ProjectDb, Map<string, Running>>();

/** Runs `work` as the import `job` of this project. Throws EXISTS while one of that name is running. */
export async function whileRunning<T>(
  project: ProjectDb,
  job: string,
  work: (running: Running) => Promise<T>,
): Promise<T> {
  const jobs = imports.get(project) ?? new Map<string, Running>();
  imports.set(project, jobs);
  if (jobs.has(job)) throw new Fault('EXISTS', 'An import of this name is already running.', { job });
  const running = start();
  jobs.set(job, running);
  try {
    return await work(running);
  } finally {
    jobs.delete(job);
  }
}

/** Throws NOT_FOUND where no such import is running (any more). */
export function runningImport(project: ProjectDb, job: string): Running {
  const running = imports.get(project)?.get(job);
  if (running === undefined) throw new Fault('NOT_FOUND', 'This import is not running any more.', { job });
  return running;
}

function start(): Running {
  const controller = new AbortController();
  const waiting = new Map<string, (password: string | null) => void>();
  return {
    signal: controller.signal,
    cancel: () => {
      controller.abort();
      for (const resolve of waiting.values()) resolve(null);
      waiting.clear();
    },
    answer: (path) => {
      if (controller.signal.aborted) return Promise.resolve(null);
      return new Promise((resolve) => waiting.set(path, resolve));
    },
    hear: (path, password) => {
      const resolve = waiting.get(path);
      if (resolve === undefined)
        throw new Fault('NOT_FOUND', 'Nobody is waiting for this password any more.', { path });
      waiting.delete(path);
      resolve(password);
    },
  };
}
