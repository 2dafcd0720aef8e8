import {
  callPath,
  EVENTS_PATH,
  hostEvent,
  httpSession,
  SESSION_PATH,
  TOKEN_HEADER,
  uploadPath,
} from '../../shared/contract/http.ts';
import { ENTITIES } from '../../shared/changes/registry.ts';
import { fail, ok, type Result } from '../../shared/errors.ts';
import { offer } from '../../shared/contract/app.ts';
import { asResult, type Transport } from './transport.ts';

const GONE = 'Sourcebook has stopped. Start it again, then open the address it prints.';

/** What browsers let all requests together carry that outlive their page, in bytes. */
const OUTLIVING = 64 * 1024;

/** Calls to the HTTP gate of `sourcebook serve`; shared/contract/http.ts says what lies where. */
export function httpTransport(): Transport {
  let session: Promise<string> | null = null;
  const outlives = whatOutlives();

  const token = (): Promise<string> => {
    session ??= fetch(SESSION_PATH, { cache: 'no-store' })
      .then((response) => response.json())
      .then((body) => httpSession.parse(body).token);
    return session;
  };

  const send = async (path: string, init: RequestInit, headers: Record<string, string>): Promise<Result<unknown>> => {
    try {
      const response = await fetch(path, { ...init, headers: { ...headers, [TOKEN_HEADER]: await token() } });
      return asResult(await response.json());
    } catch {
      // A browser tells a page no more than that a request failed: the host is gone, or its session is.
      session = null;
      return fail('INTERNAL', GONE);
    }
  };

  const upload = async (file: File): Promise<Result<unknown>> => {
    const name = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
    return send(uploadPath(name), { method: 'PUT', body: file }, { 'content-type': 'application/octet-stream' });
  };

  return {
    call: (name, input) => {
      const body = JSON.stringify(input);
      // What is kept of a window is often written a moment before it goes.
      const { keepalive, sent } = outlives(body, name === 'view.set');
      const answer = send(callPath(name), { method: 'POST', body, keepalive }, { 'content-type': 'application/json' });
      void answer.finally(sent);
      return answer;
    },

    offer: async (files) => {
      const offers: unknown[] = [];
      // One at a time: a folder of a thousand files must not open a thousand connections.
      for (const file of files) {
        const answer = await upload(file);
        if (!answer.ok) return answer;
        offers.push(offer.parse(answer.value));
      }
      return ok(offers);
    },

    listen: (listener) => {
      const source = new EventSource(EVENTS_PATH);
      let wasOpen = false;
      source.addEventListener('open', () => {
        // What was told while there was no connection is lost: anything may have changed.
        if (wasOpen) listener({ event: 'project.changed', payload: { entities: [...ENTITIES], label: '' } });
        wasOpen = true;
      });
      source.addEventListener('message', (message: MessageEvent<string>) => {
        const parsed = hostEvent.safeParse(JSON.parse(message.data));
        if (parsed.success) listener(parsed.data);
      });
      return () => source.close();
    },
  };
}

/**
 * Which requests must reach the host although their page goes: those made while it goes. A browser refuses them beyond a
 * size, so what is too large goes as any other does: it is sent, but not waited for.
 */
function whatOutlives(): (body: string, late: boolean) => { readonly keepalive: boolean; readonly sent: () => void } {
  let going = false;
  let carried = 0;
  const goes = (): void => {
    going = true;
    // It may stay after all, as it does when a link turns out to be a download.
    setTimeout(() => (going = false));
  };
  window.addEventListener('beforeunload', goes, { capture: true });
  window.addEventListener('pagehide', goes, { capture: true });
  return (body, late) => {
    const isLate = late || going || document.visibilityState === 'hidden';
    const bytes = isLate ? new TextEncoder().encode(body).length : 0;
    const keepalive = isLate && carried + bytes < OUTLIVING;
    if (keepalive) carried += bytes;
    return { keepalive, sent: () => (carried -= keepalive ? bytes : 0) };
  };
}
