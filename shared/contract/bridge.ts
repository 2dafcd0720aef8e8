import type { Result } from '../errors.ts';
import type { Offer } from './app.ts';
import type { HostEvent } from './http.ts';

/** What the preload puts on `window.sourcebook`: the one bridge between page and host under Electron. */
export interface Bridge {
  /** Any call a renderer may make; the gate rejects all others. */
  readonly call: (name: string, input: unknown) => Promise<Result<unknown>>;
  /** Subscribes to the host's events; returns a function that unsubscribes. */
  readonly on: (listener: (event: HostEvent) => void) => () => void;
  /**
   * Tokens for files that were dropped on the page or chosen in it, for `app.importSources`. The preload passes their paths
   * to the host; the page never sees them.
   */
  readonly offer: (files: readonly File[]) => Promise<Result<readonly Offer[]>>;
}
