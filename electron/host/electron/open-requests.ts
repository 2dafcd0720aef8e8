import type { Shell, WindowId } from '../shell.ts';
import type { Workbench } from '../workbench.ts';
import type { Windows } from './windows.ts';

/** Projects that are named outside of any page: on a command line, in the menu, by the system. */
export interface OpenRequests {
  /**
   * Each path in a window of its own; one that a window shows already brings that to the front. Without a path the window in
   * front comes forward, or a new one opens.
   */
  openEach(paths: readonly string[]): Promise<void>;
  /** Asks for a project, and opens it. */
  openAsked(): Promise<void>;
  /** Another window of what the one in front shows. */
  newWindow(): Promise<void>;
}

export interface ComingOptions {
  readonly windows: Pick<Windows, 'front' | 'open' | 'show'>;
  readonly shell: Pick<Shell, 'pickProject'>;
  readonly workbench: Pick<Workbench, 'desk' | 'gate' | 'tellNotices'>;
  readonly complain: (thrown: unknown) => void;
}

export function createOpenRequests({ windows, shell, workbench, complain }: ComingOptions): OpenRequests {
  const { desk, gate, tellNotices } = workbench;
  /** A window that shows no project yet and asks for no passphrase, else a new one. */
  const freeWindow = async (): Promise<WindowId> => {
    const front = windows.front();
    const isFree = front !== null && (await desk.project(front)) === null && desk.waitingFile(front) === null;
    return isFree ? front : windows.open();
  };
  const openOne = async (path: string): Promise<void> => {
    const there = desk.windowShowing(path);
    const window = there ?? (await freeWindow());
    windows.show(window);
    if (there === null) await desk.openNamed(window, path).catch(complain);
  };

  const openEach = async (paths: readonly string[]): Promise<void> => {
    if (paths.length === 0) windows.show(windows.front() ?? windows.open());
    for (const path of paths) await openOne(path);
    tellNotices();
  };
  return {
    openEach,
    async openAsked() {
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
