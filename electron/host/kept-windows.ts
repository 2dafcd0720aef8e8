import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeWhole } from './files.ts';

const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
});
/** Where a window lies, in the screen's own pixels at 100 %. */
export type Bounds = z.infer<typeof bounds>;

const keptWindow = z.object({
  bounds,
  maximised: z.boolean(),
  /** The project it showed; null: the start screen. */
  folder: z.string().nullable(),
  /** Its view state. */
  views: z.record(z.string(), z.json()),
});
export type KeptWindow = z.infer<typeof keptWindow>;

const file = z.object({ unlasting: z.number().int(), windows: z.array(keptWindow).max(50) });

/** The windows as they were left, in the user's data folder, for the next start. */
export interface KeptWindows {
  /**
   * The windows to open again. None where the last start that opened them did not last: what crashed the program once,
   * and once more when it was opened again, is not opened a third time by itself.
   */
  begin(): readonly KeptWindow[];
  /** The program has run for a while, or ended as it should. */
  lasts(): void;
  save(windows: readonly KeptWindow[]): void;
}

export function openKeptWindows(folder: string): KeptWindows {
  const path = join(folder, 'windows.json');
  // A file that cannot be read is put aside; nobody need hear of it.
  const read = (): z.infer<typeof file> => {
    const back = readJson(path, file);
    return back.state === 'read' ? back.value : { unlasting: 0, windows: [] };
  };
  const write = (kept: z.infer<typeof file>): void => writeWhole(path, `${JSON.stringify(kept)}\n`);
  let unlasting = 0;
  return {
    begin() {
      const kept = read();
      if (kept.windows.length === 0) return [];
      unlasting = kept.unlasting === 0 ? 1 : 0;
      write({ ...kept, unlasting });
      return unlasting === 0 ? [] : kept.windows;
    },
    lasts() {
      if (unlasting === 0) return;
      unlasting = 0;
      write({ ...read(), unlasting });
    },
    save: (windows) => write({ unlasting, windows: [...windows] }),
  };
}

/** How much of a window must be on a screen, so that one can get hold of it. */
const GRIP = 120;

/**
 * Where a window may lie on the screens there are now: as it was, if enough of its top is on one of them; else moved, and
 * where it must be made smaller, into the nearest. `screens` are work areas, the first one the main screen.
 */
export function boundsWithin(wanted: Bounds, screens: readonly Bounds[]): Bounds {
  const isHeld = (screen: Bounds): boolean =>
    Math.min(wanted.x + wanted.width, screen.x + screen.width) - Math.max(wanted.x, screen.x) >= GRIP &&
    wanted.y >= screen.y &&
    wanted.y <= screen.y + screen.height - GRIP;
  if (screens.some(isHeld)) return wanted;
  const away = (screen: Bounds): number =>
    Math.hypot(
      wanted.x + wanted.width / 2 - screen.x - screen.width / 2,
      wanted.y + wanted.height / 2 - screen.y - screen.height / 2,
    );
  const [nearest] = [...screens].sort((a, b) => away(a) - away(b));
  if (nearest === undefined) return wanted;
  const width = Math.min(wanted.width, nearest.width);
  const height = Math.min(wanted.height, nearest.height);
  return {
    x: Math.min(Math.max(wanted.x, nearest.x), nearest.x + nearest.width - width),
    y: Math.min(Math.max(wanted.y, nearest.y), nearest.y + nearest.height - height),
    width,
    height,
  };
}
