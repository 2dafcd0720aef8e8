import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors.ts';
import { logError, openThreadLog } from '../log/log.ts';
import { restoreBackup } from '../db/index.ts';
import { newProject } from './create-project.ts';
import { importProjectFile, sweepStaging } from './import-project-file.ts';
import type { FromTask, Task } from './tasks.ts';

/** Runs one task on a whole project as a worker thread; only electron/engine/tasks.ts starts it. */
const port = parentPort;
if (port === null) throw new Error('electron/engine/task-worker.ts runs only as a worker thread');
openThreadLog('task');
const say = (message: FromTask): void => port.postMessage(message);

async function run(task: Task): Promise<void> {
  switch (task.kind) {
    case 'newProject':
      return newProject(task.options);
    case 'importProjectFile':
      return importProjectFile(task.options);
    case 'restoreBackup':
      return void restoreBackup(task.options);
    case 'sweepStaging':
      return sweepStaging(task.options.folders, task.options.installation);
  }
}

try {
  await run(workerData as Task);
  say({ kind: 'done' });
} catch (thrown) {
  logError(thrown, { event: 'job-failed', job: (workerData as Task).kind });
  say({ kind: 'failed', error: toErrorData(thrown) });
}
