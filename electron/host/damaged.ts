import type { AppState } from '../../shared/contract/app.ts';
import { toErrorData } from '../../shared/errors.ts';
import type { Home } from './home.ts';
import type { Projects } from './projects.ts';
import type { WindowId } from './shell.ts';

/** The project each window could not open because it is damaged: what its start screen offers to restore. */
export interface Damaged {
  /** Notes what opening a folder threw, where a backup may help: then true. */
  note(window: WindowId, folder: string, thrown: unknown): Promise<boolean>;
  of(window: WindowId): AppState['damaged'];
  /** The folder behind a key, where a window has it. */
  folderOf(window: WindowId, key: string): string | null;
  /** Notes why a project could not be opened that nobody at this window asked for. */
  noteRefusal(window: WindowId, folder: string, thrown: unknown): void;
  refusal(window: WindowId): AppState['refused'];
  forget(window: WindowId): void;
}

export function createDamaged(home: Pick<Home, 'keyOf' | 'placeOf'>, projects: Pick<Projects, 'backupsOf'>): Damaged {
  const found = new Map<WindowId, { readonly folder: string; readonly message: string }>();
  const refusals = new Map<WindowId, NonNullable<AppState['refused']>>();
  return {
    async note(window, folder, thrown) {
      const { code, message } = toErrorData(thrown);
      // Where the database is gone, or its beginning is another's, a folder is no project of ours; its backups are.
      const isOurs = async (): Promise<boolean> =>
        code === 'NOT_A_PROJECT' && (await projects.backupsOf(folder)).length > 0;
      if (code !== 'DAMAGED' && !(await isOurs())) return false;
      found.set(window, { folder, message });
      return true;
    },
    of(window) {
      const one = found.get(window);
      if (one === undefined) return null;
      return { key: home.keyOf(one.folder), place: home.placeOf(one.folder), message: one.message };
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
