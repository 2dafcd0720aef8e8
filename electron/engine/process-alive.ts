import { systemCode } from '../../shared/file-faults.ts';

/** Whether a process with this id runs on this machine, under any account. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: it runs, under another account.
    return systemCode(thrown) === 'EPERM';
  }
}
