import { Worker, type WorkerOptions } from 'node:worker_threads';

/** The files that run as worker threads, from the source and under the name of the built file. */
const THREADS = {
  /** An open project. */
  engine: '../engine/engine-worker.ts',
  /** One task on a whole project that is not open. */
  tasks: '../engine/task-worker.ts',
  /** Checks an incoming log while a merge inserts it. */
  check: '../db/merge/check-worker.ts',
  /** Checks a project's log or its tables while the engine checks its files. */
  verify: '../db/log/verify-worker.ts',
  /** The pool's jobs. */
  pool: '../engine/job-worker.ts',
} as const;
type ThreadName = keyof typeof THREADS;

/**
 * MB of a thread's heap for new objects. With V8's default the engine took 340 MB for a project of 100,000 passages once opened and listed;
 * with 12 MB it takes 250 and is as fast. It also keeps a full heap from ending the process: when a pool's worker reaches its limit, Node ends
 * the worker and allows 16 MB more until it has ended. By default one collection moves 16 MB of new objects and more, and V8 ended the whole
 * process (SIGABRT, “Reached heap limit”) if a file filled its reader's memory quickly; with 12 MB a collection moves 4 MB. Reading a PDF
 * takes the same processor time.
 */
export const YOUNG_MB = 12;

/** Starts a worker thread; all are started here. `file` replaces its file in tests. */
export const startThread = (name: ThreadName, options: WorkerOptions, file: URL = fileOf(name)): Worker =>
  new Worker(file, {
    ...options,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB, ...options.resourceLimits },
  });

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
