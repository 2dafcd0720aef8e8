import { Fault } from '../../../shared/errors.ts';

export const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;

/** What went wrong while writing where a person said, as a Fault they can act on. Anything unknown comes back as it is. */
export function targetFault(thrown: unknown): unknown {
  switch (codeOf(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Fault('DISK_FULL', 'The disk is full, so nothing was saved. Free some space and try again.');
    case 'ENOENT':
    case 'ENOTDIR':
      return new Fault('NOT_FOUND', 'The folder for the project file doesn’t exist. Create it, or choose another.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Fault('NOT_ALLOWED', 'You don’t have permission to write there. Choose another folder.');
    default:
      return thrown;
  }
}
