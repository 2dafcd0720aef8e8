import type { Damaged } from './damaged.ts';
import type { Engines } from './engines.ts';
import type { Offers } from './offers.ts';
import type { Opening } from './open-project.ts';
import type { Restore } from './restore.ts';
import type { Shell, WindowId } from './shell.ts';
import type { ViewStates, ViewValues } from './view-states.ts';
import type { WaitingFiles } from './waiting-files.ts';

/** What a window shows, for the next start. */
export interface Left {
  readonly folder: string | null;
  readonly views: ViewValues;
}

/** Windows that come and go, and what they show. */
export interface WindowViews {
  /** The window that came to this project (a folder) last; null where none shows it. */
  windowShowing(folder: string): WindowId | null;
  /** A window made for it shows what `like` shows: two sources of one project on two screens. */
  showSame(window: WindowId, like: WindowId): Promise<void>;
  /** What the window shows, to be shown again at the next start. */
  left(window: WindowId): Left;
  /** A window of the last start shows what it showed. Where it cannot, its start screen says why: nobody asked for it now. */
  showAgain(window: WindowId, left: Left): Promise<void>;
  /** The window is gone: its project is closed with the last window that shows it. */
  closeWindow(window: WindowId): Promise<void>;
  /** Closes every project; after this the program may end. */
  closeAll(): Promise<void>;
}

export interface WindowViewsOptions {
  readonly shell: Pick<Shell, 'tell'>;
  readonly engines: Engines;
  readonly opening: Opening;
  readonly restoring: Restore;
  readonly damaged: Damaged;
  readonly waiting: Pick<WaitingFiles, 'forget'>;
  readonly offers: Offers;
  readonly views: ViewStates;
}

export function createWindowViews(options: WindowViewsOptions): WindowViews {
  const { shell, engines, opening, restoring, damaged, waiting, offers, views } = options;
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
    offers.forget(window);
  };

  return {
    windowShowing: (folder) => engines.windowOf(folder),
    async showSame(window, like) {
      const open = await engines.of(like);
      if (open !== null) await opening.openPath(window, open.folder);
    },
    left(window) {
      const folder = engines.folderOf(window);
      return { folder, views: folder === null ? {} : views.of(window, folder) };
    },
    async showAgain(window, left) {
      if (left.folder === null) return;
      views.give(window, left.folder, left.views);
      try {
        await restoring.openNamed(window, left.folder);
      } catch (thrown) {
        damaged.noteRefusal(window, left.folder, thrown);
        // Its start screen may be drawn already.
        shell.tell(window, 'project.closed', {});
      }
    },
    closeWindow,
    async closeAll() {
      await Promise.all(engines.windows().map(closeWindow));
    },
  };
}
