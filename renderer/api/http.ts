import {
  callPath,
  EVENTS_PATH,
  hostEvent,
  httpSession,
  SESSION_PATH,
  TOKEN_HEADER,
  uploadPath,
} from '../../shared/contract/http.ts';
import { ENTITIES } from '../../shared/changes/kinds.ts';
import { fail, ok, type Result } from '../../shared/errors.ts';
import { offer } from '../../shared/contract/app.ts';
import { asResult, type Transport } from './transport.ts';

const GONE = 'Sourcebook has stopped. Start it again, then open the address it prints.';

/** The most bytes that browsers allow all `keepalive` requests together. */
const OUTLIVING = 64 * 1024;

/** Calls to the HTTP gate of `sourcebook serve`; its paths are in shared/contract/http.ts. */
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
      // A browser says only that a request failed: the host has ended, or the session is no longer valid.
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
      // View state is often written just before the window closes.
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
        // Events sent while there was no connection are lost: anything may have changed.
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
 * Requests made while the page is closing use `keepalive`, so that they still reach the host. Browsers refuse such
 * requests beyond a size: a larger one is sent normally, and may be lost.
 */
function whatOutlives(): (body: string, late: boolean) => { readonly keepalive: boolean; readonly sent: () => void } {
  let going = false;
  let carried = 0;
  const goes = (): void => {
    going = true;
    // The page may stay open after all, as it does when a link turns out to be a download.
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
