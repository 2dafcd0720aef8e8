import { Fault } from '../../../shared/errors.ts';

const codeOf = (thrown: unknown): unknown => (thrown instanceof Error && 'code' in thrown ? thrown.code : undefined);

/** What went wrong while reading somebody's file, as a Fault a person can act on. Anything unknown comes back as it is. */
export function readFault(thrown: unknown): unknown {
  switch (codeOf(thrown)) {
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
  switch (codeOf(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Fault('DISK_FULL', 'The disk is full. Free some space and try again; existing work is safe.');
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new Fault(
        'PROJECT_READ_ONLY',
        'Can’t write to the project’s folder. Change its permissions, or copy the project elsewhere.',
      );
    default:
      return thrown;
  }
}
