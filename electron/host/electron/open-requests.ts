import { resolve } from 'node:path';
import type { Shell, WindowId } from '../shell.ts';
import type { Workbench } from '../workbench.ts';
import type { Windows } from './windows.ts';

/** Opening projects from outside a page: on a command line, in the menu, by the system. */
export interface OpenRequests {
  /**
   * Opens each path in a window of its own, or brings the window to the front that shows it already. Without paths, brings
   * the front window forward, or opens a new one.
   */
  openEach(paths: readonly string[]): Promise<void>;
  /** Opens a project chosen in a dialog. */
  openChosen(): Promise<void>;
  /** Opens another window showing the project of the front one. */
  newWindow(): Promise<void>;
}

export interface OpenRequestsOptions {
  readonly windows: Pick<Windows, 'front' | 'open' | 'show'>;
  readonly shell: Pick<Shell, 'pickProject'>;
  readonly workbench: Pick<Workbench, 'workspace' | 'gate' | 'tellNotices'>;
  readonly showError: (thrown: unknown) => void;
}

export function createOpenRequests({ windows, shell, workbench, showError }: OpenRequestsOptions): OpenRequests {
  const { workspace, gate, tellNotices } = workbench;
  /** The front window if it shows no project and asks for no passphrase, else a new one. */
  const freeWindow = async (): Promise<WindowId> => {
    const front = windows.front();
    const isFree =
      front !== null && (await workspace.project(front)) === null && workspace.fileAwaitingPassphrase(front) === null;
    return isFree ? front : windows.open();
  };
  const openOne = async (path: string): Promise<void> => {
    const shownIn = workspace.windowShowing(path);
    const window = shownIn ?? (await freeWindow());
    windows.show(window);
    if (shownIn === null) await workspace.openNamed(window, path).catch(showError);
  };

  const openEach = async (paths: readonly string[]): Promise<void> => {
    if (paths.length === 0) windows.show(windows.front() ?? windows.open());
    for (const path of paths) await openOne(path);
    tellNotices();
  };
  return {
    openEach,
    async openChosen() {
      const path = await shell.pickProject(windows.front() ?? windows.open());
      if (path !== null) await openEach([path]);
    },
    async newWindow() {
      const front = windows.front();
      if (front === null) windows.open();
      else await gate.call(front, 'app.newWindow', {});
    },
  };
}

/**
 * The project folders and project files on a command line. Options are Electron's and Chromium's; unless packaged, the
 * second argument is the program's own path.
 */
export function pathsOf(argv: readonly string[], cwd: string, packaged: boolean): string[] {
  return argv
    .slice(packaged ? 1 : 2)
    .filter((arg) => arg !== '' && !arg.startsWith('-'))
    .map((arg) => resolve(cwd, arg));
}
