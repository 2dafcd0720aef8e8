/**
 * What `work` answers, and the milliseconds of processor time it took on this thread. What else the machine does meanwhile does
 * not count, so a bound on it holds on a busy machine too.
 */
export function timed<T>(work: () => T): { outcome: T; ms: number } {
  const before = process.threadCpuUsage();
  const outcome = work();
  const { user, system } = process.threadCpuUsage(before);
  return { outcome, ms: (user + system) / 1000 };
}

/** The milliseconds alone. */
export const processorTime = (work: () => void): number => timed(work).ms;
