import { Fault } from '../../shared/errors.ts';
import { isUnnamed } from '../../shared/model/person-name.ts';
import { diskFull, isDiskFull, isWriteForbidden, systemCode } from '../../shared/file-faults.ts';

const READ_ONLY = 'This project is read-only: its folder isn’t writable. Copy it to a folder you own to make edits.';
const DAMAGED =
  'The project’s database is damaged; it was left untouched. Restore a backup, or verify the project to see what’s damaged.';

export const readOnly = (): Fault => new Fault('PROJECT_READ_ONLY', READ_ONLY);
/** `kept`: the backup of what was written until then; null if none could be made. */
export const replacedWhileOpen = (kept: string | null): Fault =>
  new Fault(
    'PROJECT_READ_ONLY',
    `Another program replaced this project’s database while it was open. Nothing more is saved here. ${
      kept === null
        ? 'What was saved before could not be copied: don’t close this window before you have exported it.'
        : `What was saved before is kept as the backup “${kept}”.`
    }`,
    kept === null ? {} : { kept },
  );
/** `by`: the person who has it open, if known. */
export const locked = (by: { readonly name: string } | null = null): Fault =>
  new Fault(
    'PROJECT_LOCKED',
    by === null
      ? 'This project is open in another window or program. Close it there first, then try again.'
      : `${by.name} has this project open in another window or program. Close it there to make edits here.`,
    by === null ? {} : { by: by.name },
  );
export const isLocked = (thrown: unknown): boolean => thrown instanceof Fault && thrown.data.code === 'PROJECT_LOCKED';
/** NAME_NEEDED for someone who has not entered a name: their edits would bear everyone’s. */
export function assertNamed({ name }: { readonly name: string }): void {
  if (isUnnamed(name)) throw new Fault('NAME_NEEDED', 'Enter your name first. Your edits are signed with it.');
}
export const damaged = (detail: string): Fault => new Fault('DAMAGED', DAMAGED, { detail });

/** An error of SQLite or the file system as a Fault, if a person can do something about it; any other unchanged. */
export function asFault(thrown: unknown): unknown {
  if (thrown instanceof Fault) return thrown;
  const code = systemCode(thrown);
  if (code === null) return thrown;
  if (isDiskFull(thrown)) return diskFull();
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN' || isWriteForbidden(thrown)) return readOnly();
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return locked();
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_IOERR_SHORT_READ')
    return damaged(code);
  return thrown;
}

/** Runs `work` and turns what it throws into faults; see {@link asFault}. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw asFault(thrown);
  }
}

export const nothingTo = (what: 'undo' | 'redo'): Fault =>
  what === 'undo'
    ? new Fault('NOTHING_TO_UNDO', 'You have nothing to undo here.')
    : new Fault('NOTHING_TO_REDO', 'Nothing to redo.');
