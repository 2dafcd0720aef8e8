import { Worker, type WorkerOptions } from 'node:worker_threads';

/** The files that run as worker threads, from the source and under the name of the built file. */
const THREADS = {
  /** An open project. */
  engine: '../engine/engine-worker.ts',
  /** One task on a whole project that is not open. */
  tasks: '../engine/task-worker.ts',
  /** Checks an incoming log while a merge inserts it. */
  check: '../db/merge/check-worker.ts',
  /** The pool's jobs. */
  pool: '../engine/job-worker.ts',
} as const;
type ThreadName = keyof typeof THREADS;

/** Starts a worker thread of ours: the one way to do so. `file` is another file in its place, for tests. */
export const startThread = (name: ThreadName, options: WorkerOptions, file: URL = fileOf(name)): Worker =>
  new Worker(file, options);

/**
 * Where a thread's file is, in all three places this module runs in: from source (tests, a fresh clone: Node 24 runs
 * TypeScript), from `out/main` (electron.vite.config.ts gives all workers these names and puts all chunks in one folder, so
 * this module's neighbours are the same whichever chunk holds it), and packaged, where a worker is started from the
 * unpacked copy beside the archive.
 */
function fileOf(name: ThreadName): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL(THREADS[name], here);
  return new URL(`./${name}-worker.js`, here.replace('/app.asar/', '/app.asar.unpacked/'));
}
