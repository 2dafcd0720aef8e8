import type { Gate } from '../gate.ts';
import type { Home } from '../home.ts';
import type { SavedWindow, SavedWindowsFile } from '../saved-windows-file.ts';
import type { Workspace } from '../workspace.ts';
import type { Windows } from './windows.ts';

export interface SavedWindowsOptions {
  readonly windows: Pick<Windows, 'all' | 'open' | 'placeOf'>;
  readonly workspace: Pick<Workspace, 'shownIn' | 'showAgain'>;
  readonly home: Pick<Home, 'settings'>;
  readonly file: SavedWindowsFile;
}

/** Saves the open windows while the program runs, and opens them again when it starts. */
export interface SavedWindows {
  /** Opens the windows of the last start, in their order; resolves when they show what they showed. */
  openAgain(): Promise<void>;
  /** A window has changed. Saves once no more changes follow. */
  changed(): void;
  /** All windows are about to close. Saves them as they are now, and nothing after that. */
  saveAndStop(): void;
  /** The windows stay open after all, or another was opened. */
  resume(): void;
}

/** A start has succeeded after this time: opening the windows didn't crash it. */
const STARTED_MS = 10_000;
/** Dragging a window reports every step. */
const QUIET_MS = 1000;

export function createSavedWindows({ windows, workspace, home, file }: SavedWindowsOptions): SavedWindows {
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const now = (): SavedWindow[] => {
    // People who turned off the list of recent projects don't want their projects listed here either.
    const { keepRecents } = home.settings();
    return windows.all().flatMap((window) => {
      const place = windows.placeOf(window);
      if (place === null) return [];
      const { folder, views } = keepRecents ? workspace.shownIn(window) : { folder: null, views: {} };
      return [{ ...place, folder, views }];
    });
  };
  const save = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const all = now();
    if (all.length > 0) file.save(all);
  };
  const changed = (): void => {
    if (!stopped) timer ??= setTimeout(save, QUIET_MS).unref();
  };

  return {
    async openAgain() {
      const shown = file
        .windowsToOpen()
        .map(({ bounds: at, maximised, folder, views }) =>
          workspace.showAgain(windows.open({ bounds: at, maximised }), { folder, views }),
        );
      setTimeout(() => file.startSucceeded(), STARTED_MS).unref();
      await Promise.all(shown);
    },
    changed,
    saveAndStop() {
      if (stopped) return;
      save();
      file.startSucceeded();
      stopped = true;
    },
    resume() {
      stopped = false;
      changed();
    },
  };
}

/** Calls that change what is saved of a window. */
const CHANGING: ReadonlySet<unknown> = new Set(['view.set', 'app.settings']);

/** A gate that reports such calls. */
export const gateThatSaves = (gate: Gate, { changed }: Pick<SavedWindows, 'changed'>): Gate => ({
  call: (window, name, input) =>
    gate.call(window, name, input).finally(() => {
      if (CHANGING.has(name)) changed();
    }),
});
