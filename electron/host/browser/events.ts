import type { ServerResponse } from 'node:http';
import type { HostEvent } from '../../../shared/contract/http.ts';
import type { WindowId } from '../shell.ts';
import { COMMON_HEADERS } from '../walls.ts';

/** A page that stopped reading is let go when this much waits for it; its EventSource connects again. */
const MOST_WAITING = 16 * 2 ** 20;
/** Between two signs of life, in ms: a page notices by their absence that the host is gone. */
const HEARTBEAT = 20_000;

/** Events to the tabs of each window, as Server-Sent Events (HTML Living Standard, 9.2). */
export interface EventStream {
  connect(response: ServerResponse, window: WindowId): void;
  send(window: WindowId, event: HostEvent): void;
  /** To the tabs of all windows. */
  sendAll(event: HostEvent): void;
  close(): void;
}

/** `onAlone` hears of each window whose last page stopped listening. */
export function createEventStream(onAlone: (window: WindowId) => void): EventStream {
  const open = new Map<ServerResponse, WindowId>();
  const write = (text: string, to?: WindowId): void => {
    for (const [response, window] of open) {
      if (to !== undefined && to !== window) continue;
      if (response.writableLength > MOST_WAITING) response.destroy();
      else response.write(text);
    }
  };
  const beat = setInterval(() => write(':\n\n'), HEARTBEAT);
  beat.unref();
  return {
    connect(response, window) {
      response.writeHead(200, { ...COMMON_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
      response.write(':\n\n');
      open.set(response, window);
      response.on('close', () => {
        open.delete(response);
        if (![...open.values()].includes(window)) onAlone(window);
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
