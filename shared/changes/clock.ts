/**
 * The hybrid clock: one safe integer, milliseconds × {@link TICKS} + counter. It orders the commits of all replicas: close to
 * wall time if the machines' clocks are right, and never against causality if they are wrong.
 */
export const TICKS = 1024;

/** The year 2200. Beyond it a clock only grows by one, so that a machine with a wrong clock cannot use up the range. */
export const LIMIT = Date.UTC(2200, 0, 1) * TICKS;

/** The clock of a new commit: greater than every clock seen, and never moved past LIMIT by a wall clock. */
export function nextClock(wallMs: number, seen: number): number {
  const wall = Math.min(Math.max(0, Math.floor(wallMs)) * TICKS, LIMIT);
  return Math.max(wall, seen + 1);
}

/** Whether a commit's clock may follow the greatest clock among its parents: the same answer on every replica. */
export function isValidClock(clock: number, seen: number): boolean {
  return Number.isSafeInteger(clock) && clock > seen && (clock <= LIMIT || clock === seen + 1);
}
