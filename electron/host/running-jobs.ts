/** Long work in a project that the host waits for before it closes the project, or that a person can cancel. */
export type JobKind = 'import' | 'merge' | 'export' | 'exchange';

/** Which jobs are running in which project folder. */
export interface RunningJobs {
  /** Runs `work` as a job of this kind in this folder. */
  run<T>(kind: JobKind, folder: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when no job is running in this folder. */
  idle(folder: string): Promise<void>;
  /** Whether a job of this kind is running in this folder or, without one, in any. */
  isRunning(kind: JobKind, folder?: string): boolean;
}

/** What `work` returns, and the milliseconds it took. */
export async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const begun = performance.now();
  const made = await work();
  return [made, performance.now() - begun];
}

export function createRunningJobs(): RunningJobs {
  const jobs = new Set<{ readonly kind: JobKind; readonly folder: string }>();
  let waiting: { readonly folder: string; readonly done: () => void }[] = [];
  const isBusy = (folder: string): boolean => [...jobs].some((job) => job.folder === folder);
  const tellWaiting = (): void => {
    const idle = waiting.filter(({ folder }) => !isBusy(folder));
    waiting = waiting.filter(({ folder }) => isBusy(folder));
    for (const { done } of idle) done();
  };
  return {
    async run(kind, folder, work) {
      const job = { kind, folder };
      jobs.add(job);
      try {
        return await work();
      } finally {
        jobs.delete(job);
        tellWaiting();
      }
    },
    idle: (folder) => (isBusy(folder) ? new Promise((done) => waiting.push({ folder, done })) : Promise.resolve()),
    isRunning: (kind, folder) =>
      [...jobs].some((job) => job.kind === kind && (folder === undefined || job.folder === folder)),
  };
}
