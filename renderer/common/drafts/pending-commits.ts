/** Work that waits a moment so that a row of small steps becomes one commit. Whoever commits or undoes settles it first. */
const waiting = new Map<string, { readonly timer: number; readonly run: () => Promise<unknown> }>();

/** Runs once nothing of this name has been asked for so long (ms); what was asked before is dropped for it. */
export function runWhenIdle(name: string, rest: number, run: () => Promise<unknown>): void {
  const before = waiting.get(name);
  if (before !== undefined) window.clearTimeout(before.timer);
  else for (const other of waiting.keys()) void settleOne(other);
  waiting.set(name, { run, timer: window.setTimeout(() => void settleOne(name), rest) });
}

async function settleOne(name: string): Promise<void> {
  const one = waiting.get(name);
  if (one === undefined) return;
  waiting.delete(name);
  window.clearTimeout(one.timer);
  await one.run();
}

/** Runs what waits, now; resolves when it is done. */
export async function settle(): Promise<void> {
  await Promise.all([...waiting.keys()].map(settleOne));
}

const leaves = new Set<() => void>();

/** Runs whenever this window may be about to go, and while it can still call; returns what ends that. */
export function onGoing(leave: () => void): () => void {
  leaves.add(leave);
  return () => leaves.delete(leave);
}

function goAway(): void {
  void settle();
  for (const leave of leaves) leave();
}

/**
 * From now on a window that closes, loads anew or goes out of sight keeps nothing to itself. `beforeunload` comes while the
 * page is whole: what is sent then is there before Electron lets go of its frame. A page that is ended otherwise gets
 * `pagehide` only.
 */
export function commitPendingOnLeave(): void {
  window.addEventListener('beforeunload', goAway);
  window.addEventListener('pagehide', goAway);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') goAway();
  });
}
