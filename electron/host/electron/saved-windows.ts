import type { Desk } from '../desk.ts';
import type { Gate } from '../gate.ts';
import type { Home } from '../home.ts';
import type { KeptWindow, KeptWindows } from '../kept-windows.ts';
import type { Windows } from './windows.ts';

export interface RememberingOptions {
  readonly windows: Pick<Windows, 'all' | 'open' | 'placeOf'>;
  readonly desk: Pick<Desk, 'left' | 'showAgain'>;
  readonly home: Pick<Home, 'settings'>;
  readonly kept: KeptWindows;
}

/** Windows as they were left: kept while the program runs, opened again when it starts. */
export interface SavedWindows {
  /** Opens the windows of the last start, in their order; resolves when they show what they showed. */
  openAgain(): Promise<void>;
  /** Something of the windows has changed; it is written when no more changes follow. */
  changed(): void;
  /** All of them are about to close: as they are now, they are found at the next start. */
  leaving(): void;
  /** They stay after all, or there are others. */
  staying(): void;
}

/** From here on a start has lasted: what crashed it was not that the windows were opened. */
const LASTS_MS = 10_000;
/** A window that is dragged tells of every step. */
const REST_MS = 1000;

export function createMadeMerges({ windows, desk, home, kept }: RememberingOptions): SavedWindows {
  let timer: NodeJS.Timeout | null = null;
  let over = false;

  const now = (): KeptWindow[] => {
    // Who wants no list of recent projects wants none here.
    const { keepRecents } = home.settings();
    return windows.all().flatMap((window) => {
      const place = windows.placeOf(window);
      if (place === null) return [];
      const { folder, views } = keepRecents ? desk.left(window) : { folder: null, views: {} };
      return [{ ...place, folder, views }];
    });
  };
  const save = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const all = now();
    if (all.length > 0) kept.save(all);
  };
  const changed = (): void => {
    if (!over) timer ??= setTimeout(save, REST_MS).unref();
  };

  return {
    async openAgain() {
      const shown = kept.begin().map(({ bounds, maximised, folder, views }) => {
        return desk.showAgain(windows.open({ bounds, maximised }), { folder, views });
      });
      setTimeout(() => kept.lasts(), LASTS_MS).unref();
      await Promise.all(shown);
    },
    changed,
    leaving() {
      if (over) return;
      save();
      kept.lasts();
      over = true;
    },
    staying() {
      over = false;
      changed();
    },
  };
}

/** Calls after which a window is to be found otherwise. */
const CHANGING: ReadonlySet<unknown> = new Set(['view.set', 'app.settings']);

/** The gate, telling what changes the windows. */
export const rememberingGate = (gate: Gate, { changed }: Pick<SavedWindows, 'changed'>): Gate => ({
  call: (window, name, input) =>
    gate.call(window, name, input).finally(() => {
      if (CHANGING.has(name)) changed();
    }),
});
