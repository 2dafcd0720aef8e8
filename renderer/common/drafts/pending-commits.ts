/**
 * Work that is delayed, so that many small steps become one commit. It runs before anything else is committed or undone, and when the
 * window closes.
 */
const waiting = new Map<string, { readonly timer: number; readonly run: () => Promise<unknown> }>();

/** Runs `run` once nothing was requested under this name for `rest` ms. Only the last request of a name runs. */
export function runWhenIdle(name: string, rest: number, run: () => Promise<unknown>): void {
  const before = waiting.get(name);
  if (before !== undefined) window.clearTimeout(before.timer);
  else for (const other of waiting.keys()) void runOne(other);
  waiting.set(name, { run, timer: window.setTimeout(() => void runOne(name), rest) });
}

async function runOne(name: string): Promise<void> {
  const one = waiting.get(name);
  if (one === undefined) return;
  waiting.delete(name);
  window.clearTimeout(one.timer);
  await one.run();
}

/** Commits in flight whose effect is shown already. None of these promises rejects. */
const shown = new Set<Promise<unknown>>();

/** Registers a commit whose effect is shown before it is answered: other commits and undo wait for it. */
export async function commitShown<T>(commit: Promise<T>): Promise<T> {
  const ended = commit.catch(() => undefined);
  shown.add(ended);
  try {
    return await commit;
  } finally {
    shown.delete(ended);
  }
}

/** Runs all delayed work now; resolves when that and all shown commits are done. */
export async function runPending(): Promise<void> {
  await Promise.all([...[...waiting.keys()].map(runOne), ...shown]);
}

const onLeaves = new Set<() => void>();

/** Runs `save` whenever this window may be about to close, while it can still make calls. Returns a function that ends this. */
export function onLeave(save: () => void): () => void {
  onLeaves.add(save);
  return () => onLeaves.delete(save);
}

function saveAll(): void {
  void saveEverything();
}

/** Saves typed texts as if the window were left; resolves when delayed work is done. */
export async function saveEverything(): Promise<void> {
  const pending = runPending();
  for (const save of onLeaves) save();
  await pending;
}

/**
 * From now on, a window that closes, reloads or is hidden saves everything first. On `beforeunload` the page is still whole:
 * what is sent then arrives before Electron destroys its frame. A page that ends in another way only gets `pagehide`.
 */
export function commitPendingOnLeave(): void {
  window.addEventListener('beforeunload', saveAll);
  window.addEventListener('pagehide', saveAll);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') saveAll();
  });
}
