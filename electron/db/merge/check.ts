import { startThread } from '../../workers/threads.ts';
import { bodyRoot, commitHash, headerBytes, misshapen } from '../log/packet.ts';
import type { IncomingDatabase } from './incoming.ts';
import type { IncomingRows } from './incoming-rows.ts';
import type { StreamedCommit } from './incoming-stream.ts';

/** What the checking worker is given. */
export interface CheckTask {
  readonly file: string;
  /** Numbers of the commits to check, as doubles. */
  readonly commits: SharedArrayBuffer;
  /** See {@link STATE}: the verdict, how many commits are checked, whether to stop. */
  readonly state: SharedArrayBuffer;
}

export const STATE = { verdict: 0, done: 1, stop: 2 } as const;
export const VERDICT = { none: 0, valid: 1, invalid: 2 } as const;

/** A worker that checks incoming commits while the caller, which does not return to its event loop, inserts them. */
export interface Check {
  failed(): boolean;
  /** Waits for the verdict. False if a commit is invalid, or the worker died or hangs. */
  wait(): boolean;
  stop(): void;
}

const LOOK_MS = 100;
/** If the worker has checked no commit for this long, it counts as dead. */
const PATIENCE_MS = 30_000;

export function startCheck(incoming: IncomingDatabase, commits: readonly number[]): Check {
  const list = new SharedArrayBuffer(commits.length * 8);
  new Float64Array(list).set(commits);
  const shared = new SharedArrayBuffer(12);
  const state = new Int32Array(shared);
  const task: CheckTask = { file: incoming.file, commits: list, state: shared };
  const worker = startThread('check', {
    workerData: task,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 48 },
  });
  worker.unref();
  // Without a listener the event would end this process.
  worker.on('error', () => Atomics.store(state, STATE.verdict, VERDICT.invalid));
  return {
    failed: () => Atomics.load(state, STATE.verdict) === VERDICT.invalid,
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
    if (verdict !== VERDICT.none) return verdict === VERDICT.valid;
    const now = Atomics.load(state, STATE.done);
    if (now !== done) [done, since] = [now, performance.now()];
    else if (performance.now() - since > PATIENCE_MS) return false;
  }
}

/** Whether a whole commit is well formed and its hash and root match its content. The signature is not checked here. */
export function isValidCommit(
  rows: IncomingRows,
  { hash, header, sig, seed, label, rows: changed }: StreamedCommit,
): boolean {
  // The changes of a whole commit are numbered from 1 without a gap.
  if (changed.some(([, i], k) => i !== k + 1)) return false;
  const body = { seed, label, changes: changed.map((row) => rows.changeOf(row)) };
  if (misshapen({ header, sig, body }, rows.project) !== null) return false;
  return bodyRoot(body).equals(header.root) && commitHash(headerBytes(header), sig).equals(hash);
}
