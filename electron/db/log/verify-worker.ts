import { parentPort, workerData } from 'node:worker_threads';
import { openThreadLog } from '../../log/log.ts';
import type { Store } from '../file/store.ts';
import { Log } from './log.ts';
import { checkBackups } from './verify-backups.ts';
import { onOwnConnection, type ThreadCheck } from './verify-threads.ts';
import { checkPart } from './verify.ts';

/** Checks a part of a project's database, or some of its backups: see verify-threads.ts. */
openThreadLog('verify');
const { file, isImage, part } = workerData as ThreadCheck;
const check = (project: Store): unknown =>
  typeof part === 'string' ? checkPart(new Log(project), part) : checkBackups(part.folder, part.backups, project);
parentPort?.postMessage(onOwnConnection({ file, isImage }, check));
