import { Fault } from '../../../shared/errors.ts';

export const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;

/** What went wrong while writing where a person said, as a Fault they can act on. Anything unknown comes back as it is. */
export function targetFault(thrown: unknown): unknown {
  switch (codeOf(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Fault('DISK_FULL', 'The disk is full. Free some space and try again; nothing was kept.');
    case 'ENOENT':
    case 'ENOTDIR':
      return new Fault('NOT_FOUND', 'The folder for the project file is not there. Make it, or choose another place.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Fault('NOT_ALLOWED', 'You have no permission to write there. Choose another place.');
    default:
      return thrown;
  }
}
