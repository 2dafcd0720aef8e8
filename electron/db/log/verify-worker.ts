import { parentPort, workerData } from 'node:worker_threads';
import { openThreadLog } from '../../log/log.ts';
import { openBeside } from '../file/connect.ts';
import { Log } from './log.ts';
import { checkTables } from './verify.ts';

/** Checks the tables of a project's database while the engine checks its log: see verifyInThreads. */
openThreadLog('verify');
const store = openBeside(String(workerData));
try {
  // One transaction: commits that are made meanwhile are not seen.
  parentPort?.postMessage(store.sqlite.transaction(() => checkTables(new Log(store))).deferred());
} finally {
  store.close();
}
