import type { ServerResponse } from 'node:http';
import type { HostEvent } from '../../../shared/contract/http.ts';
import type { WindowId } from '../shell.ts';
import { COMMON_HEADERS } from '../security-headers.ts';

/** Bytes buffered for a page that has stopped reading, before its connection is closed. Its EventSource then reconnects. */
const BUFFER_LIMIT = 16 * 2 ** 20;
/** A comment is sent this often: a page that gets none knows that the host has ended. */
const HEARTBEAT_MS = 20_000;

/** Sends events to the tabs of each window, as Server-Sent Events (HTML Living Standard, 9.2). */
export interface EventStream {
  connect(response: ServerResponse, window: WindowId): void;
  send(window: WindowId, event: HostEvent): void;
  /** To the tabs of all windows. */
  sendAll(event: HostEvent): void;
  close(): void;
}

/** `onDisconnected` is called for each window when its last page disconnects. */
export function createEventStream(onDisconnected: (window: WindowId) => void): EventStream {
  const open = new Map<ServerResponse, WindowId>();
  const write = (text: string, to?: WindowId): void => {
    for (const [response, window] of open) {
      if (to !== undefined && to !== window) continue;
      if (response.writableLength > BUFFER_LIMIT) response.destroy();
      else response.write(text);
    }
  };
  const beat = setInterval(() => write(':\n\n'), HEARTBEAT_MS);
  beat.unref();
  return {
    connect(response, window) {
      response.writeHead(200, { ...COMMON_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
      response.write(':\n\n');
      open.set(response, window);
      response.on('close', () => {
        open.delete(response);
        if (![...open.values()].includes(window)) onDisconnected(window);
      });
    },
    send: (window, event) => write(`data: ${JSON.stringify(event)}\n\n`, window),
    sendAll: (event) => write(`data: ${JSON.stringify(event)}\n\n`),
    close() {
      clearInterval(beat);
      for (const response of open.keys()) response.end();
    },
  };
}
