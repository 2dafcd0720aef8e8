import {
  callPath,
  EVENTS_PATH,
  hostEvent,
  httpSession,
  SESSION_PATH,
  TOKEN_HEADER,
  uploadPath,
} from '../../shared/contract/http.ts';
import { REGISTRY } from '../../shared/changes/registry.ts';
import { fail, ok, type Result } from '../../shared/errors.ts';
import { offer } from '../../shared/contract/app.ts';
import { asResult, type Transport } from './transport.ts';

const GONE = 'Sourcebook is no longer running. Start it again, and open the address it prints.';

/** Calls to the HTTP gate of `sourcebook serve`; shared/contract/http.ts says what lies where. */
export function httpTransport(): Transport {
  let session: Promise<string> | null = null;

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
    call: (name, input) =>
      send(callPath(name), { method: 'POST', body: JSON.stringify(input) }, { 'content-type': 'application/json' }),

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
        if (wasOpen) listener({ event: 'project.changed', payload: { entities: Object.keys(REGISTRY), label: '' } });
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
