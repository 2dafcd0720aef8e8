import { makeCodec, type Wire } from './page/codec.ts';
import { notImplemented, strict } from './strict.ts';

interface Sender {
  readonly mainFrame: { readonly url: string; readonly parent: null };
}

/** What a handler gets: the calling page and its frame, which is always the top frame, since preloads run only there. */
export interface InvokeEvent {
  readonly sender: Sender;
  readonly senderFrame: Sender['mainFrame'];
}
type Handler = (event: InvokeEvent, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();
export const codec = makeCodec();

export const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel: string): void => void handlers.delete(channel),
});

/** Runs the handler of a channel; rejects with the message Electron gives a page. */
export async function invoke(sender: Sender, channel: string, args: Wire): Promise<Wire> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  const list = codec.decode(args);
  if (!Array.isArray(list)) throw notImplemented('an invocation without arguments');
  return codec.encode(await handler({ sender, senderFrame: sender.mainFrame }, ...list));
}
