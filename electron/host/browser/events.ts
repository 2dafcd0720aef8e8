import type { ServerResponse } from 'node:http';
import type { HostEvent } from '../../../shared/contract/http.ts';
import { COMMON_HEADERS } from '../walls.ts';

/** A page that stopped reading is let go when this much waits for it; its EventSource connects again. */
const MOST_WAITING = 16 * 2 ** 20;
/** Between two signs of life, in ms: a page notices by their absence that the host is gone. */
const HEARTBEAT = 20_000;

/** Events to every open tab, as Server-Sent Events (HTML Living Standard, 9.2). */
export interface EventStream {
  connect(response: ServerResponse): void;
  send(event: HostEvent): void;
  close(): void;
}

export function createEventStream(): EventStream {
  const open = new Set<ServerResponse>();
  const write = (text: string): void => {
    for (const response of open) {
      if (response.writableLength > MOST_WAITING) response.destroy();
      else response.write(text);
    }
  };
  const beat = setInterval(() => write(':\n\n'), HEARTBEAT);
  beat.unref();
  return {
    connect(response) {
      response.writeHead(200, { ...COMMON_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
      response.write(':\n\n');
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    send: (event) => write(`data: ${JSON.stringify(event)}\n\n`),
    close() {
      clearInterval(beat);
      for (const response of open) response.end();
    },
  };
}
