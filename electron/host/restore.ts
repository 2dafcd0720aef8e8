import type { Backup } from '../db/index.ts';
import { Fault } from '../../shared/errors.ts';
import type { Damaged } from './damaged.ts';
import type { Engines } from './engines.ts';
import type { Home } from './home.ts';
import type { Opening } from './open-project.ts';
import type { Actor, Projects } from './projects.ts';
import { isAboutPassphrase } from './secrets.ts';
import type { FilesAwaitingPassphrase } from './offered-files.ts';
import type { WindowId } from './shell.ts';

/** Restoring backups, also of a project that can't be opened. */
export interface Restore {
  /**
   * Opens a path given outside of the page: on a command line, in a menu, by the system. If the project is too damaged to
   * open, the window's start screen says so and offers its backups; if the file needs a passphrase, the window asks for
   * it. Neither is an error.
   */
  openNamed(window: WindowId, path: string): Promise<void>;
  /** The backups of the project with this key: a recent one, or the one this window couldn't open. */
  backupsOf(window: WindowId, key: string): Promise<Backup[]>;
  /** Restores a backup of the window's project or, with a key, of that project, and opens it in the window. */
  restoreBackup(window: WindowId, name: string, key?: string): Promise<void>;
}

export interface RestoreHostOptions {
  readonly home: Pick<Home, 'folderOf'>;
  readonly projects: Projects;
  readonly engines: Engines;
  readonly damaged: Damaged;
  readonly opening: Opening;
  readonly waiting: Pick<FilesAwaitingPassphrase, 'add'>;
  readonly actor: () => Actor;
}

export function createRestore(options: RestoreHostOptions): Restore {
  const { home, projects, engines, damaged, opening, waiting, actor } = options;

  const folderOf = (window: WindowId, key: string): string => {
    const folder = damaged.folderOf(window, key) ?? home.folderOf(key);
    if (folder === null)
      throw new Fault('NOT_FOUND', 'That project is no longer in the list. Open it from its folder.');
    return folder;
  };
  const folderIn = async (window: WindowId): Promise<string> => {
    const open = await engines.of(window);
    if (open === null) throw new Fault('NOT_FOUND', 'No project is open in this window. Open or create one first.');
    return open.folder;
  };

  return {
    async openNamed(window, path) {
      try {
        await opening.openPath(window, path);
      } catch (thrown) {
        if (isAboutPassphrase(thrown)) return waiting.add(window, path);
        if (damaged.of(window) === null || (await engines.of(window)) !== null) throw thrown;
      }
    },
    backupsOf: async (window, key) => projects.backupsOf(folderOf(window, key)),
    async restoreBackup(window, name, key) {
      const folder = key === undefined ? await folderIn(window) : folderOf(window, key);
      const restore = (): Promise<void> => projects.restoreBackup(folder, actor(), name);
      // Another window may have it open.
      if (engines.folders().includes(folder)) await engines.reopen(folder, actor, restore);
      else await restore();
      await opening.openPath(window, folder);
    },
  };
}
