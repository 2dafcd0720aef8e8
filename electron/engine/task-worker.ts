import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors.ts';
import { logError, openThreadLog } from '../log/log.ts';
import { rebuildProject, restoreBackup } from '../db/index.ts';
import { newProject } from './create-project.ts';
import { decryptProject, encryptProject } from './encrypted-project.ts';
import { importProjectFile } from './import-project-file.ts';
import { sweepStaging } from './staging-folders.ts';
import { CANCEL, type FromTask, type Task } from './tasks.ts';

/** Runs one task on a whole project as a worker thread; only electron/engine/tasks.ts starts it. */
const port = parentPort;
if (port === null) throw new Error('electron/engine/task-worker.ts runs only as a worker thread');
openThreadLog('task');
const say = (message: FromTask): void => port.postMessage(message);
let isCancelled = false;
port.on('message', (message) => (isCancelled ||= message === CANCEL));
// The thread ends with its task.
port.unref();

/** The path of a file that the task named itself; else null. */
async function run(task: Task): Promise<string | null> {
  switch (task.kind) {
    case 'newProject':
      newProject(task.options);
      return null;
    case 'importProjectFile':
      await importProjectFile(task.options);
      return null;
    case 'restoreBackup':
      restoreBackup(task.options);
      return null;
    case 'rebuild':
      rebuildProject(task.options);
      return null;
    case 'encryptProject':
      return encryptProject({
        ...task.options,
        onProgress: (progress) => say({ kind: 'progress', ...progress }),
        isCancelled: () => isCancelled,
      });
    case 'decryptProject':
      await decryptProject(task.options);
      return null;
    case 'sweepStaging':
      sweepStaging(task.options.folders, task.options.installation);
      return null;
  }
}

try {
  const path = await run(workerData as Task);
  say({ kind: 'done', path });
} catch (thrown) {
  logError(thrown, { event: 'job-failed', job: (workerData as Task).kind });
  say({ kind: 'failed', error: toErrorData(thrown) });
}
