import type { Result } from '../errors.ts';
import type { Offer } from './app.ts';
import type { HostEvent } from './http.ts';

/** What the preload puts on `window.sourcebook`: the one bridge between page and host under Electron. */
export interface Bridge {
  /** Any call a renderer may make; the gate refuses all others. */
  readonly call: (name: string, input: unknown) => Promise<Result<unknown>>;
  /** Listens to everything the host tells; returns what ends it. */
  readonly on: (listener: (event: HostEvent) => void) => () => void;
  /**
   * Files that were dropped on the page or chosen in it: what stands for them in `app.importSources`. Their paths go
   * from the preload to the host and never reach the page.
   */
  readonly offer: (files: readonly File[]) => Promise<Result<readonly Offer[]>>;
}
