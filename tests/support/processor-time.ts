/**
 * The result of `work`, and the milliseconds of processor time it took on this thread. Other work on the machine does not
 * count, so a limit on it holds on a busy machine too.
 */
export function timed<T>(work: () => T): { outcome: T; ms: number } {
  const before = process.threadCpuUsage();
  const outcome = work();
  const { user, system } = process.threadCpuUsage(before);
  return { outcome, ms: (user + system) / 1000 };
}

/** The milliseconds alone. */
export const processorTime = (work: () => void): number => timed(work).ms;
