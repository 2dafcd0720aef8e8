import { join } from 'node:path';
import { z } from 'zod';
import { bounds } from './electron/window-bounds.ts';
import { readJson, writeWhole } from './files.ts';

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
  /**
   * Windows that showed this project (its real path) show the start screen next time. For a project that becomes an encrypted
   * file: the views have words that somebody searched for. Every host and the command line share the file.
   */
  forgetProject(project: string): void;
}

/** `folder`: the user's data folder. */
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
    forgetProject(project) {
      const saved = read();
      if (!saved.windows.some((one) => one.folder === project)) return;
      const windows = saved.windows.map((one) => (one.folder === project ? { ...one, folder: null, views: {} } : one));
      write({ ...saved, windows });
    },
  };
}
