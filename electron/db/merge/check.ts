import { Worker } from 'node:worker_threads';
import type { IncomingDatabase } from './incoming.ts';

/** What the checking worker is given. */
export interface CheckTask {
  readonly file: string;
  /** Numbers of the commits to check, as doubles. */
  readonly commits: SharedArrayBuffer;
  /** {@link STATE}: how it stands, how far it is, whether to stop. */
  readonly state: SharedArrayBuffer;
}

export const STATE = { verdict: 0, done: 1, stop: 2 } as const;
export const VERDICT = { none: 0, holds: 1, fails: 2 } as const;

/** A worker that checks commits of a foreign log while the caller, which never returns to its event loop, puts them in. */
export interface Check {
  failed(): boolean;
  /** Waits for the verdict. False where something does not hold, and where the worker died or hangs. */
  wait(): boolean;
  stop(): void;
}

const LOOK_MS = 100;
/** Without a commit checked for so long, the worker is taken for dead. */
const PATIENCE_MS = 30_000;

export function startCheck(foreign: IncomingDatabase, commits: readonly number[]): Check {
  const list = new SharedArrayBuffer(commits.length * 8);
  new Float64Array(list).set(commits);
  const shared = new SharedArrayBuffer(12);
  const state = new Int32Array(shared);
  const task: CheckTask = { file: foreign.file, commits: list, state: shared };
  const worker = new Worker(checkEntry(), {
    workerData: task,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 48 },
  });
  worker.unref();
  // What goes wrong in it is a verdict that never comes; the event would end this process.
  worker.on('error', () => Atomics.store(state, STATE.verdict, VERDICT.fails));
  return {
    failed: () => Atomics.load(state, STATE.verdict) === VERDICT.fails,
    wait: () => waited(state),
    stop: () => {
      Atomics.store(state, STATE.stop, 1);
      void worker.terminate();
    },
  };
}

function waited(state: Int32Array): boolean {
  let [done, since] = [-1, performance.now()];
  for (;;) {
    Atomics.wait(state, STATE.verdict, VERDICT.none, LOOK_MS);
    const verdict = Atomics.load(state, STATE.verdict);
    if (verdict !== VERDICT.none) return verdict === VERDICT.holds;
    const now = Atomics.load(state, STATE.done);
    if (now !== done) [done, since] = [now, performance.now()];
    else if (performance.now() - since > PATIENCE_MS) return false;
  }
}

/** Where the worker's file is: from source, from `out/main`, and packaged, as electron/workers/entry.ts has it for the others. */
function checkEntry(): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL('./check-worker.ts', here);
  return new URL('./check-worker.js', here.replace('/app.asar/', '/app.asar.unpacked/'));
}
