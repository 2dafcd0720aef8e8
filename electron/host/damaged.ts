import type { AppState } from '../../shared/contract/app.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { Home } from './home.ts';
import type { Projects } from './projects.ts';
import type { WindowId } from './shell.ts';

/** The project that a window couldn't open: its start screen says why, and offers the backups of a damaged one. */
export interface Damaged {
  /** Notes the error of opening a folder if a backup may help, and returns whether it may. */
  note(window: WindowId, folder: string, thrown: unknown): Promise<boolean>;
  of(window: WindowId): AppState['damaged'];
  /** The folder with this key, if it is the one this window couldn't open. */
  folderOf(window: WindowId, key: string): string | null;
  /** Notes why a project couldn't be opened that the program opened by itself, at start. */
  noteRefusal(window: WindowId, folder: string, thrown: unknown): void;
  refusal(window: WindowId): AppState['refused'];
  forget(window: WindowId): void;
}

export function createDamaged(home: Pick<Home, 'keyOf' | 'placeOf'>, projects: Pick<Projects, 'backupsOf'>): Damaged {
  const found = new Map<
    WindowId,
    { readonly folder: string; readonly message: string; readonly rebuildable: boolean }
  >();
  const refusals = new Map<WindowId, NonNullable<AppState['refused']>>();
  return {
    async note(window, folder, thrown) {
      const { code, message, context } = toErrorData(thrown);
      // A folder whose database is missing or overwritten is NOT_A_PROJECT, but it may still have backups.
      const hasBackups = async (): Promise<boolean> =>
        code === 'NOT_A_PROJECT' && (await projects.backupsOf(folder)).length > 0;
      if (code !== 'DAMAGED' && !(await hasBackups())) return false;
      found.set(window, { folder, message, rebuildable: context?.['schema'] !== undefined });
      return true;
    },
    of(window) {
      const one = found.get(window);
      if (one === undefined) return null;
      return {
        key: home.keyOf(one.folder),
        place: home.placeOf(one.folder),
        message: one.message,
        rebuildable: one.rebuildable,
      };
    },
    folderOf(window, key) {
      const one = found.get(window);
      return one !== undefined && home.keyOf(one.folder) === key ? one.folder : null;
    },
    noteRefusal: (window, folder, thrown) =>
      void refusals.set(window, { place: home.placeOf(folder), message: toErrorData(thrown).message }),
    refusal: (window) => refusals.get(window) ?? null,
    forget(window) {
      found.delete(window);
      refusals.delete(window);
    },
  };
}
