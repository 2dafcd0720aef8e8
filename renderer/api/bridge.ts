import type { Bridge } from '../../shared/contract/bridge.ts';
import { asResult, type Transport } from './transport.ts';

declare global {
  interface Window {
    readonly sourcebook?: Bridge;
  }
}

/** Calls through `window.sourcebook`, which the preload puts there under Electron. */
export function bridgeTransport(bridge: Bridge): Transport {
  return {
    call: async (name, input) => asResult(await bridge.call(name, input)),
    offer: async (files) => asResult(await bridge.offer(files)),
    listen: (listener) => bridge.on(listener),
  };
}
