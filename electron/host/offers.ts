import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { Offer } from '../../shared/contract/app.ts';
import { Fault } from '../../shared/errors.ts';
import { gather } from './gather.ts';
import type { WindowId } from './shell.ts';

interface Offered {
  readonly window: WindowId;
  readonly path: string;
  /** A copy of ours, which may be put into one folder with others that came with it. */
  readonly isCopy: boolean;
  /** Called when nobody needs the file any more: an upload's own copy goes then. */
  readonly release: () => void;
}

/** Files a page may import: it holds tokens, the host holds the paths, and a token counts only in its own window. */
export interface Offers {
  add(
    window: WindowId,
    path: string,
    options?: { readonly name?: string; readonly isCopy?: boolean; readonly release?: () => void },
  ): Offer;
  /**
   * The paths behind tokens, each of which counts once; of copies that were uploaded together, as they lay with each other.
   * `release` is to be called when they have been read.
   * Throws NOT_FOUND for a token of another window or none at all, and takes none then.
   */
  take(window: WindowId, tokens: readonly string[]): { readonly paths: string[]; readonly release: () => void };
  /** The path behind a token, which goes on counting: a merge is looked at before it is made. NOT_FOUND as {@link take}. */
  look(window: WindowId, token: string): string;
  /** Lets go of one; of another window's, or one that counts no more, nothing. */
  drop(window: WindowId, token: string): void;
  /** Forgets what a window was offered. */
  forget(window: WindowId): void;
}

export function createOffers(): Offers {
  const held = new Map<string, Offered>();
  return {
    add(window, path, { name = basename(path), isCopy = false, release = () => undefined } = {}) {
      const token = randomBytes(16).toString('hex');
      held.set(token, { window, path, isCopy, release });
      return { token, name };
    },
    take(window, tokens) {
      const found = [...new Set(tokens)].map((token) => {
        const one = held.get(token);
        if (one === undefined || one.window !== window) {
          throw new Fault('NOT_FOUND', 'These files are no longer available. Choose or drop them again.');
        }
        return { token, one };
      });
      for (const { token } of found) held.delete(token);
      const own = found.filter(({ one }) => !one.isCopy).map(({ one }) => one.path);
      const copies = found.filter(({ one }) => one.isCopy).map(({ one }) => one.path);
      return { paths: [...own, ...gather(copies)], release: () => found.forEach(({ one }) => one.release()) };
    },
    look(window, token) {
      const one = held.get(token);
      if (one === undefined || one.window !== window)
        throw new Fault('NOT_FOUND', 'This file is no longer available. Choose or drop it again.');
      return one.path;
    },
    drop(window, token) {
      const one = held.get(token);
      if (one === undefined || one.window !== window) return;
      held.delete(token);
      one.release();
    },
    forget(window) {
      for (const [token, one] of held) {
        if (one.window !== window) continue;
        held.delete(token);
        one.release();
      }
    },
  };
}
