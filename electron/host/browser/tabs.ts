import type { WindowId } from '../shell.ts';
import type { ShownState } from '../window-views.ts';
import type { Workspace } from '../workspace.ts';

/** The windows of the browser host by address: `/<prefix>/` is the first, `/<prefix>/w2/` the second. */
export interface Tabs {
  /** A new window, and the path of its page below the prefix. */
  open(): { readonly window: WindowId; readonly path: string };
  /** The window of a path below the prefix, and the rest of the path; null if that window was never opened. */
  of(path: string): { readonly window: WindowId; readonly path: string } | null;
}

const FIRST: WindowId = 'main-1';
const OTHER = /^w([1-9]\d{0,5})\/(.*)$/s;

export function createTabs(): Tabs {
  let count = 1;
  return {
    open() {
      count += 1;
      return { window: `main-${count}`, path: `w${count}/` };
    },
    of(path) {
      const [, number, rest = ''] = OTHER.exec(path) ?? [];
      if (number === undefined) return { window: FIRST, path };
      return Number(number) >= 2 && Number(number) <= count ? { window: `main-${number}`, path: rest } : null;
    },
  };
}

/** Which windows are open in a tab. A closed tab isn't reported; only its connection for events ends. */
export interface Presence {
  /** The window's last page has disconnected. */
  disconnected(window: WindowId): void;
  /** A page of the window has made a request: opens the window's project again if it was closed. */
  connected(window: WindowId): Promise<void>;
  close(): void;
}

/** Long enough for a tab to reload, or a machine to wake up. */
const DISCONNECTED_MS = 5 * 60_000;

/**
 * Closes the project of a window that has no tab. Otherwise a closed tab would keep its project locked for every other
 * program until the host ends. The window's address stays valid.
 */
export function createPresence(
  workspace: Pick<Workspace, 'shownIn' | 'isImporting' | 'closeWindow' | 'showAgain'>,
  limit = DISCONNECTED_MS,
): Presence {
  const timers = new Map<WindowId, NodeJS.Timeout>();
  const closed = new Map<WindowId, Promise<ShownState>>();

  const closeProject = (window: WindowId): void => {
    timers.delete(window);
    const shown = workspace.shownIn(window);
    if (shown.folder === null) return;
    // An import goes on without a tab.
    if (workspace.isImporting(shown.folder)) return disconnected(window);
    closed.set(
      window,
      workspace.closeWindow(window).then(
        () => shown,
        () => shown,
      ),
    );
  };
  const disconnected = (window: WindowId): void => {
    clearTimeout(timers.get(window));
    timers.set(window, setTimeout(closeProject, limit, window).unref());
  };

  return {
    disconnected,
    async connected(window) {
      clearTimeout(timers.get(window));
      timers.delete(window);
      const shown = closed.get(window);
      if (shown === undefined) return;
      closed.delete(window);
      await workspace.showAgain(window, await shown);
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
