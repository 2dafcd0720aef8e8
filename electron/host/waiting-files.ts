import type { Offer } from '../../shared/contract/app.ts';
import type { Offers } from './offers.ts';
import type { Shell, WindowId } from './shell.ts';

/** Encrypted project files that were named outside of any page, each in the window that asks for its passphrase. */
export interface WaitingFiles {
  /** Keeps it for the window's page, which is told, or asks when it is there. One that waited there before is let go. */
  add(window: WindowId, path: string): void;
  /** What waits in the window, until it is opened or left: a page that is loaded anew asks again. */
  waitingFile(window: WindowId): Offer | null;
  /** Lets go of a file that was offered to this window, whether or not it waited. */
  leaveFile(window: WindowId, token: string): void;
  /** The window is gone, and what it was offered with it. */
  forget(window: WindowId): void;
}

export function createWaitingFiles(shell: Pick<Shell, 'tell'>, offers: Offers): WaitingFiles {
  const waiting = new Map<WindowId, Offer>();
  const leave = (window: WindowId, token: string): void => {
    if (waiting.get(window)?.token === token) waiting.delete(window);
    offers.drop(window, token);
  };
  return {
    add(window, path) {
      const before = waiting.get(window);
      if (before !== undefined) leave(window, before.token);
      waiting.set(window, offers.add(window, path));
      shell.tell(window, 'app.fileWaits', {});
    },
    waitingFile: (window) => waiting.get(window) ?? null,
    leaveFile: leave,
    forget: (window) => void waiting.delete(window),
  };
}
