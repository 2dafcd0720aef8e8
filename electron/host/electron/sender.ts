import type { WindowId } from '../shell.ts';
import { SCHEME } from './channels.ts';

/** Who asks over IPC: of an IpcMainInvokeEvent what counts. A frame that is going away is null, or has no address. */
export interface Sender<Contents> {
  readonly sender: Contents;
  readonly senderFrame: { readonly parent: object | null; readonly url: string } | null;
}

/** The window whose page is asking; null for frames in it, for pages elsewhere, and for a page that is going away. */
export function senderOf<Contents>(
  windows: { of(contents: Contents): WindowId | null },
  { sender, senderFrame }: Sender<Contents>,
): WindowId | null {
  const window = windows.of(sender);
  if (window === null || senderFrame === null || senderFrame.parent !== null) return null;
  const address = URL.parse(senderFrame.url);
  return address?.protocol === `${SCHEME}:` && address.host === window ? window : null;
}
