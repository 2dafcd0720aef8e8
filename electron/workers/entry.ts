/**
 * The files that run as worker threads: the engine (electron/engine/worker.ts), tasks on whole projects
 * (electron/engine/task-worker.ts) and the pool's (electron/workers/worker.ts).
 */
export type WorkerName = 'engine' | 'tasks' | 'pool';

const SOURCES: Readonly<Record<WorkerName, string>> = {
  engine: '../engine/worker.ts',
  tasks: '../engine/task-worker.ts',
  pool: './worker.ts',
};

/**
 * Where a worker's file is: `new Worker(workerEntry('pool'))`. Works in all three places this module runs in: from
 * source (tests, a fresh clone: Node 24 runs TypeScript), from `out/main` (electron.vite.config.ts gives all workers
 * these names and puts all chunks in one folder, so this module's neighbours are the same whichever chunk holds it), and
 * packaged, where a worker is started from the unpacked copy beside the archive.
 */
export function workerEntry(name: WorkerName): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL(SOURCES[name], here);
  return new URL(`./${name}-worker.js`, here.replace('/app.asar/', '/app.asar.unpacked/'));
}
