/** Pages have addresses of this scheme, and their window's name as host: `app://main-1/`. */
export const SCHEME = 'app';

/** The IPC channels between the preload and the gate; there are no others. */
export const CALL = 'sourcebook:call';
export const OFFER = 'sourcebook:offer';
export const EVENT = 'sourcebook:event';

/** A file as the preload passes it on: its path and its name. */
export interface OfferedFile {
  readonly path: string;
  readonly name: string;
}
