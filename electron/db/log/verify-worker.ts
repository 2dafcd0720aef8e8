import { parentPort, workerData } from 'node:worker_threads';
import { openThreadLog } from '../../log/log.ts';
import { openBeside } from '../file/connect.ts';
import { Log } from './log.ts';
import { checkPart, type ThreadCheck } from './verify.ts';

/** Checks a part of a project's database: see verifyInThreads. */
openThreadLog('verify');
const { file, part } = workerData as ThreadCheck;
const store = openBeside(file);
try {
  // In one transaction, so that commits made during the check are not seen.
  parentPort?.postMessage(store.sqlite.transaction(() => checkPart(new Log(store), part)).deferred());
} finally {
  store.close();
}
