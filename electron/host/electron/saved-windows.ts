import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeWhole } from '../files.ts';
import type { Gate } from '../gate.ts';
import type { Home } from '../home.ts';
import type { Workspace } from '../workspace.ts';
import { bounds } from './window-bounds.ts';
import type { Windows } from './windows.ts';

const savedWindow = z.object({
  bounds,
  maximised: z.boolean(),
  /** The project it showed; null: the start screen. */
  folder: z.string().nullable(),
  /** Its view state. */
  views: z.record(z.string(), z.json()),
});
export type SavedWindow = z.infer<typeof savedWindow>;

/** `unlasting`: 1 while a start that opened the windows has not yet succeeded. */
const savedFile = z.object({ unlasting: z.number().int(), windows: z.array(savedWindow).max(50) });

/** The file in the user's data folder that holds the open windows for the next start. */
export interface SavedWindowsFile {
  /**
   * The windows to open at start. None if the last start opened them and didn't succeed: whatever crashed the program is
   * not opened again by itself. The start after that opens them again.
   */
  windowsToOpen(): readonly SavedWindow[];
  /** The program has run for a while, or has ended normally. */
  startSucceeded(): void;
  save(windows: readonly SavedWindow[]): void;
}

export function openSavedWindowsFile(folder: string): SavedWindowsFile {
  const path = join(folder, 'windows.json');
  // A file that can't be read is renamed, and the program starts without it.
  const read = (): z.infer<typeof savedFile> => {
    const back = readJson(path, savedFile);
    return back.state === 'read' ? back.value : { unlasting: 0, windows: [] };
  };
  const write = (saved: z.infer<typeof savedFile>): void => writeWhole(path, `${JSON.stringify(saved)}\n`);
  let unlasting = 0;
  return {
    windowsToOpen() {
      const saved = read();
      if (saved.windows.length === 0) return [];
      unlasting = saved.unlasting === 0 ? 1 : 0;
      write({ ...saved, unlasting });
      return unlasting === 0 ? [] : saved.windows;
    },
    startSucceeded() {
      if (unlasting === 0) return;
      unlasting = 0;
      write({ ...read(), unlasting });
    },
    save: (windows) => write({ unlasting, windows: [...windows] }),
  };
}

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
