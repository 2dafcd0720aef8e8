import { setImmediate as turn } from 'node:timers/promises';
import type { Fault } from '../../shared/errors.ts';

/** Lets other calls run if this work has had the thread for a while. */
export type Pause = () => Promise<void>;
const AT_MOST_MS = 12;

/** Makes a pause that throws `closed()` if the project was closed during it. */
export function pausesWhile(isOpen: () => boolean, closed: () => Fault): Pause {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < AT_MOST_MS) return;
    await turn();
    if (!isOpen()) throw closed();
    since = performance.now();
  };
}
