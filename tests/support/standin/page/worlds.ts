import type { makeBridge } from './bridge.ts';
import type { makeCodec, Wire } from './codec.ts';

/** Names shared by this run of the stand-in and the pages' preloads; a page's own scripts do not know them. */
export interface Names {
  /** The event through which the two worlds connect. */
  readonly handshake: string;
  /** The function by which the preload's world calls the main process. */
  readonly binding: string;
  /** The function by which the main process calls the preload's world. */
  readonly receive: string;
}

/** A message from the preload's world. */
export type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: Wire }
  | { readonly kind: 'preload-failed'; readonly message: string };

/** A message to it. */
export type ToPage =
  | { readonly kind: 'answer'; readonly id: number; readonly ok: boolean; readonly value: Wire }
  | { readonly kind: 'event'; readonly channel: string; readonly args: Wire };

/**
 * Runs first in the page's own world: waits for the preload's world, and installs what that exposes. Its source text is
 * injected, so it uses nothing from outside itself.
 */
export function mainWorld(names: Names, bridgeOf: typeof makeBridge): void {
  if (window !== window.top) return;
  const freeze = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value;
    for (const inner of Object.values(value)) freeze(inner);
    return Object.freeze(value);
  };
  const meet = (event: Event): void => {
    window.removeEventListener(names.handshake, meet, true);
    event.stopImmediatePropagation();
    const [port] = (event as MessageEvent).ports;
    if (port === undefined) return;
    const bridge = bridgeOf(port, 'page:', 'preload:');
    port.addEventListener('preload:expose', (exposed) => {
      const { key, value } = (exposed as CustomEvent<{ key: string; value: unknown }>).detail;
      Object.defineProperty(window, key, { value: freeze(bridge.in(value)), enumerable: true });
    });
  };
  window.addEventListener(names.handshake, meet, true);
  // The program decides whether a page may open a window before it opens; the page waits as in getPathForFile below.
  window.open = (url = ''): null => {
    const asked = { open: String(url), answer: '' };
    // oxlint-disable-next-line no-debugger -- the way to wait for the main process
    debugger;
    if (asked.answer === 'deny') return null;
    throw new Error('The stand-in does not implement windows that a page opens');
  };
}

/**
 * Runs in the isolated world of every new top-level document, before its scripts: creates the `electron` module that a
 * sandboxed preload can require, and runs the preload. Its source text is injected, so it uses nothing from outside itself.
 */
export function preloadWorld(
  names: Names,
  codecOf: typeof makeCodec,
  bridgeOf: typeof makeBridge,
  preload: (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown) => void,
): void {
  if (window !== window.top) return;
  type Listener = (event: object, ...args: unknown[]) => void;
  const world = globalThis as unknown as Record<string, (message: string) => void>;
  const { port1 } = new MessageChannel();
  window.dispatchEvent(new MessageEvent(names.handshake, { ports: [port1] }));
  const bridge = bridgeOf(port1, 'preload:', 'page:');
  const codec = codecOf();
  const say = (message: FromPage): void => world[names.binding]?.(JSON.stringify(message));
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void; channel: string }
  >();
  const listeners = new Map<string, Set<Listener>>();
  let count = 0;

  const only = <T extends object>(name: string, object: T): T =>
    new Proxy(object, {
      get(target, key, receiver): unknown {
        if (typeof key === 'string' && !(key in target))
          throw new Error(`The stand-in does not implement ${name}.${key}`);
        return Reflect.get(target, key, receiver);
      },
    });

  world[names.receive] = (text: string): void => {
    const message = JSON.parse(text) as ToPage;
    if (message.kind === 'event') {
      const args = codec.decode(message.args) as unknown[];
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...args);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    const value = codec.decode(message.value);
    if (message.ok) call?.resolve(value);
    else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${String(value)}`));
  };

  const ipcRenderer = only('ipcRenderer', {
    on(channel: string, listener: Listener): object {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    off(channel: string, listener: Listener): object {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const id = (count += 1);
      const wire = codec.encode(args);
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, channel });
        say({ kind: 'invoke', id, channel, args: wire });
      });
    },
  });
  const contextBridge = only('contextBridge', {
    exposeInMainWorld: (key: string, api: unknown) => bridge.fire('expose', { key, value: bridge.out(api) }),
  });
  const webUtils = only('webUtils', {
    /**
     * Synchronous in Electron. A page has no synchronous way to ask the main process, so it stops in the debugger; the
     * stand-in reads the file's path over DevTools, writes it into `asked.answer`, and resumes the page.
     */
    getPathForFile(file: File): string {
      const asked = { file, answer: '' };
      // oxlint-disable-next-line no-debugger -- the way to wait for the main process, as said above
      debugger;
      return asked.answer;
    },
  });
  const electron = only('electron (in a preload)', { ipcRenderer, contextBridge, webUtils });

  try {
    const module = { exports: {} };
    preload(
      (name) => {
        if (name === 'electron') return electron;
        throw new Error(`module not found: ${name}`);
      },
      module,
      module.exports,
    );
  } catch (thrown) {
    say({ kind: 'preload-failed', message: thrown instanceof Error ? String(thrown.stack) : String(thrown) });
  }
}
