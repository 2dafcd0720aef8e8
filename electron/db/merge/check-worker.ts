import { workerData } from 'node:worker_threads';
import { openThreadLog } from '../../log/log.ts';
import { isValidCommit, STATE, VERDICT, type CheckTask } from './check.ts';
import { IncomingRows } from './incoming-rows.ts';
import type { StreamedCommit } from './incoming-stream.ts';
import { openStore } from './incoming.ts';
import { headerBytes } from '../log/packet.ts';
import { isValidSignature } from '../log/signatures.ts';

/**
 * Checks whole commits of an incoming log as a union would: their form, hashes and roots, and the signature of each chain's
 * last commit. It only says whether all are valid.
 */
openThreadLog('check');
const task = workerData as CheckTask;
const state = new Int32Array(task.state);

function areValid(): boolean {
  const store = openStore(task.file);
  try {
    const rows = new IncomingRows(store);
    const tips = new Map<string, Pick<StreamedCommit, 'header' | 'sig'>>();
    let done = 0;
    for (const commit of rows.stream(new Float64Array(task.commits))) {
      if (!isValidCommit(rows, commit)) return false;
      if (commit.header.own !== null) tips.delete(commit.header.own.toString('latin1'));
      tips.set(commit.hash.toString('latin1'), { header: commit.header, sig: commit.sig });
      Atomics.store(state, STATE.done, ++done);
      if (Atomics.load(state, STATE.stop) === 1) return false;
    }
    return [...tips.values()].every(({ header, sig }) => isValidSignature(headerBytes(header), sig, header.key));
  } finally {
    store.close();
  }
}

let verdict: number = VERDICT.invalid;
try {
  verdict = areValid() ? VERDICT.valid : VERDICT.invalid;
} finally {
  Atomics.store(state, STATE.verdict, verdict);
  Atomics.notify(state, STATE.verdict);
}
