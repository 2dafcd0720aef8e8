import type { Damaged } from './damaged.ts';
import type { Engines } from './engines.ts';
import type { FilesAwaitingPassphrase, OfferedFiles } from './offered-files.ts';
import type { Opening } from './open-project.ts';
import type { Restore } from './restore.ts';
import type { Shell, WindowId } from './shell.ts';
import type { ViewStates, ViewValues } from './view-states.ts';

/** What a window shows, saved to be shown again. */
export interface ShownState {
  readonly folder: string | null;
  readonly views: ViewValues;
}

/** What windows show as they open and close. */
export interface WindowViews {
  /** The window that opened this project folder last; null if none shows it. */
  windowShowing(folder: string): WindowId | null;
  /** A new window shows the project of `like`, so that one can read two sources of it side by side. */
  showSame(window: WindowId, like: WindowId): Promise<void>;
  /** What the window shows now. */
  shownIn(window: WindowId): ShownState;
  /** Shows in a window what it showed before. If that fails, its start screen says why; it is no error, since nobody asked for it. */
  showAgain(window: WindowId, shown: ShownState): Promise<void>;
  /** The window has closed. Its project is closed with the last window that shows it. */
  closeWindow(window: WindowId): Promise<void>;
  /** Closes every project, before the program ends. */
  closeAll(): Promise<void>;
}

export interface WindowViewsOptions {
  readonly shell: Pick<Shell, 'tell'>;
  readonly engines: Engines;
  readonly opening: Opening;
  readonly restore: Restore;
  readonly damaged: Damaged;
  readonly waiting: Pick<FilesAwaitingPassphrase, 'forget'>;
  readonly offeredFiles: OfferedFiles;
  readonly views: ViewStates;
}

export function createWindowViews(options: WindowViewsOptions): WindowViews {
  const { shell, engines, opening, restore, damaged, waiting, offeredFiles, views } = options;
  const closeWindow = async (window: WindowId): Promise<void> => {
    const open = await engines.of(window);
    try {
      if (open !== null) await views.leave(window, open);
    } finally {
      await opening.closeProject(window);
    }
    views.forget(window);
    damaged.forget(window);
    waiting.forget(window);
    offeredFiles.discardAll(window);
  };

  return {
    windowShowing: (folder) => engines.windowOf(folder),
    async showSame(window, like) {
      const open = await engines.of(like);
      if (open !== null) await opening.openPath(window, open.folder);
    },
    shownIn(window) {
      const folder = engines.folderOf(window);
      return { folder, views: folder === null ? {} : views.of(window, folder) };
    },
    async showAgain(window, shown) {
      if (shown.folder === null) return;
      views.set(window, shown.folder, shown.views);
      try {
        await restore.openNamed(window, shown.folder);
      } catch (thrown) {
        damaged.noteRefusal(window, shown.folder, thrown);
        // The start screen may be on display already, and reads its state again on this event.
        shell.tell(window, 'project.closed', {});
      }
    },
    closeWindow,
    async closeAll() {
      await Promise.all(engines.windows().map(closeWindow));
    },
  };
}
