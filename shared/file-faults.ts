import { Fault } from './errors.ts';

/** The code of an error of Node or SQLite (`ENOENT`, `SQLITE_BUSY` …); null if it has none. */
export const systemCode = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null;

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE']);
/** SQLITE_IOERR_SHMSIZE: SQLite's shared-memory file could not grow. */
export const isDiskFull = (thrown: unknown): boolean => FULL.has(systemCode(thrown) ?? '');
export const diskFull = (): Fault =>
  new Fault(
    'DISK_FULL',
    'The disk is full, so nothing was written. Work saved earlier is safe. Free some space and try again.',
  );

const FORBIDDEN: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);
/** Whether the system does not allow writing there. */
export const isWriteForbidden = (thrown: unknown): boolean => FORBIDDEN.has(systemCode(thrown) ?? '');

/** An error while reading a person's file, as a Fault they can act on; any other error unchanged. */
export function readFault(thrown: unknown): unknown {
  switch (systemCode(thrown)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Fault('NOT_FOUND', 'File not found. It may have been moved or renamed.');
    case 'EACCES':
    case 'EPERM':
      return new Fault(
        'NOT_ALLOWED',
        'You don’t have permission to read this file. Change its permissions and try again.',
      );
    case 'ELOOP':
    case 'EMLINK':
    case 'ENXIO':
    case 'EISDIR':
      return new Fault('BAD_INPUT', 'Skipped: not a regular file (it may be a folder, link or device).');
    case 'EIO':
      return new Fault('DAMAGED', 'The disk couldn’t read this file. Get a new copy.');
    default:
      return thrown;
  }
}

/** The same for writing into the project's folder. */
export function storeFault(thrown: unknown): unknown {
  if (isDiskFull(thrown)) return diskFull();
  if (!isWriteForbidden(thrown)) return thrown;
  return new Fault(
    'PROJECT_READ_ONLY',
    'Can’t write to the project’s folder. Change its permissions, or copy the project elsewhere.',
  );
}

/** The same for writing an exported file where a person chose. */
export function exportFault(thrown: unknown): unknown {
  if (isDiskFull(thrown)) return diskFull();
  if (isWriteForbidden(thrown))
    return new Fault('NOT_ALLOWED', 'You don’t have permission to write there. Choose another folder.');
  const code = systemCode(thrown);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Fault('NOT_FOUND', 'The folder for the project file doesn’t exist. Create it, or choose another.');
  return thrown;
}
