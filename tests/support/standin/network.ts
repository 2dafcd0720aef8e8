import type { Devtools } from './devtools.ts';
import { isRegistered, toElectron } from './schemes.ts';
import { currentSession } from './session.ts';
import { webContents, type WebContents } from './web-contents.ts';

/** The used part of `Fetch.requestPaused`. */
interface Paused {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly postDataEntries?: readonly { readonly bytes?: string }[];
  };
}

/**
 * Answers every request of the browser by the program's protocol handler, or not at all. Nothing is ever sent to a network,
 * so even what the program forgets to forbid cannot leave; the program's own hook records whether it was forbidden.
 */
export async function interceptRequests(devtools: Devtools): Promise<void> {
  devtools.browser.on('Fetch.requestPaused', (paused) => {
    void answer(devtools, paused).catch((thrown: unknown) => {
      process.stderr.write(`A protocol handler failed: ${String(thrown)}\n`);
      return fail(devtools, paused, 'Failed');
    });
  });
  await devtools.browser.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}

async function answer(devtools: Devtools, paused: Paused): Promise<void> {
  const { requestId, request, resourceType, frameId } = paused;
  const url = toElectron(request.url);
  const contents = ownerOf(frameId);
  if (resourceType === 'Document' && contents?.mayNavigate(url, frameId) === false)
    return fail(devtools, paused, 'Aborted');
  const session = currentSession();
  if (session === null || !(await session.allows({ url, method: request.method }))) {
    return fail(devtools, paused, 'BlockedByClient');
  }
  const scheme = url.slice(0, url.indexOf(':'));
  const handler = session.handlerOf(scheme);
  if (handler === null || !isRegistered(scheme)) return fail(devtools, paused, 'NameNotResolved');
  const response = await handler(requestOf(request, url));
  await devtools.browser.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  });
}

function requestOf({ method, headers, postDataEntries }: Paused['request'], url: string): Request {
  const body = postDataEntries?.map((entry) => Buffer.from(entry.bytes ?? '', 'base64'));
  const known = Object.entries(headers).filter(([name]) => !/^(origin|referer)$/i.test(name));
  return new Request(url, { method, headers: known, ...(body === undefined ? {} : { body: Buffer.concat(body) }) });
}

const ownerOf = (frame: string): WebContents | undefined =>
  webContents.getAllWebContents().find((contents) => contents.ownsFrame(frame));

/** If the page has cancelled the request, there is nothing to reject. */
async function fail(
  devtools: Devtools,
  { requestId }: Paused,
  errorReason: 'Aborted' | 'BlockedByClient' | 'Failed' | 'NameNotResolved',
): Promise<void> {
  await devtools.browser.send('Fetch.failRequest', { requestId, errorReason }).catch(() => undefined);
}
