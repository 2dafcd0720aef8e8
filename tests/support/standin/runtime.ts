import { randomBytes } from 'node:crypto';
import type { Devtools } from './devtools.ts';
import type { Names } from './page/worlds.ts';

/** The parsed command line, as in Electron. */
export interface Started {
  readonly appFolder: string;
  readonly about: { readonly name?: string; readonly productName?: string; readonly version?: string };
  /** Chromium's switches, without their dashes. */
  readonly switches: ReadonlyMap<string, string>;
}

let started: Started | null = null;
let devtools: Devtools | null = null;

/** Set once by bootstrap.ts, before anything of the program runs. */
export function begin(how: Started): void {
  started = how;
}
export function how(): Started {
  if (started === null) throw new Error('The stand-in runs only through its `electron` command');
  return started;
}

/** Set once, when Chromium runs. */
export function chromiumRuns(connection: Devtools): void {
  devtools = connection;
}
export function chromium(): Devtools {
  if (devtools === null) throw new Error('Electron is not ready yet');
  return devtools;
}

/** What windows report to the app, which imports them, so they cannot import it. */
export const lifecycle = {
  isReady: (): boolean => false,
  contentsCreated: (_contents: object): void => undefined,
  lastWindowClosed: (): void => undefined,
};

const secret = randomBytes(12).toString('hex');
export const names: Names = { handshake: `meet-${secret}`, binding: `say_${secret}`, receive: `hear_${secret}` };

export const PRELOAD_WORLD = 'Electron Isolated Context';
