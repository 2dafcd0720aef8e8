import type { Desk } from '../desk.ts';
import type { Left } from '../window-views.ts';
import type { WindowId } from '../shell.ts';

/** Which windows somebody sits at. A tab that is closed tells nobody; its connection for events ends. */
export interface Presence {
  /** No page of the window listens any more. */
  away(window: WindowId): void;
  /** A page of the window asks for something: it shows again what it showed. */
  back(window: WindowId): Promise<void>;
  close(): void;
}

/** A tab that is reloaded, or a machine that wakes up, is back by then. */
const REST_MS = 5 * 60_000;

/**
 * Lets go of the project of a window that has no tab: else one that was closed would keep its project open, and from every
 * other program, until the host ends. Its address goes on to mean the same.
 */
export function createPresence(
  desk: Pick<Desk, 'left' | 'isImporting' | 'closeWindow' | 'showAgain'>,
  rest = REST_MS,
): Presence {
  const timers = new Map<WindowId, NodeJS.Timeout>();
  const parked = new Map<WindowId, Promise<Left>>();

  const park = (window: WindowId): void => {
    timers.delete(window);
    const left = desk.left(window);
    if (left.folder === null) return;
    // Files go on coming in while nobody looks.
    if (desk.isImporting(left.folder)) return away(window);
    parked.set(
      window,
      desk.closeWindow(window).then(
        () => left,
        () => left,
      ),
    );
  };
  const away = (window: WindowId): void => {
    clearTimeout(timers.get(window));
    timers.set(window, setTimeout(park, rest, window).unref());
  };

  return {
    away,
    async back(window) {
      clearTimeout(timers.get(window));
      timers.delete(window);
      const left = parked.get(window);
      if (left === undefined) return;
      parked.delete(window);
      await desk.showAgain(window, await left);
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
