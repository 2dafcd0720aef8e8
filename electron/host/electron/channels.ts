import type { WindowId } from '../shell.ts';

/** The scheme of the pages' addresses, whose host is the window's id: `app://main-1/`. */
export const SCHEME = 'app';

/** The IPC channels between the preload and the gate; there are no others. */
export const CALL = 'sourcebook:call';
export const OFFER = 'sourcebook:offer';
export const EVENT = 'sourcebook:event';

/** A dropped or chosen file, as the preload sends it. */
export interface OfferedFile {
  readonly path: string;
  readonly name: string;
}

/** The parts of an IpcMainInvokeEvent that say who sent it. `senderFrame` is null for a frame that is being closed. */
export interface Sender<Contents> {
  readonly sender: Contents;
  readonly senderFrame: { readonly parent: object | null; readonly url: string } | null;
}

/** The window whose page sent a message. Null for frames inside the page, other pages, and a page that is being closed. */
export function senderOf<Contents>(
  windows: { of(contents: Contents): WindowId | null },
  { sender, senderFrame }: Sender<Contents>,
): WindowId | null {
  const window = windows.of(sender);
  if (window === null || senderFrame === null || senderFrame.parent !== null) return null;
  const address = URL.parse(senderFrame.url);
  return address?.protocol === `${SCHEME}:` && address.host === window ? window : null;
}
