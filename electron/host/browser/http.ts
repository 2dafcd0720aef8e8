import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { z } from 'zod';
import { EVENTS_PATH, HTTP_LIMITS, SESSION_PATH } from '../../../shared/contract/http.ts';
import { Fault, ok, toErrorData, type Result } from '../../../shared/errors.ts';
import { refusal, statusOf, type Bytes } from '../bytes.ts';
import { attachment } from '../evidence.ts';
import type { Gate } from '../gate.ts';
import type { EventStream } from './events.ts';
import type { HttpSession, Verdict } from './session.ts';
import type { OfferedFiles } from '../offered-files.ts';
import { respondWith } from '../ranges.ts';
import type { WindowId } from '../shell.ts';
import type { Presence, Tabs } from './tabs.ts';
import { tooLarge, type TemporaryFiles } from './temporary-files.ts';
import { COMMON_HEADERS, EVIDENCE_HEADERS } from '../security-headers.ts';

export interface HttpHostOptions {
  readonly session: HttpSession;
  readonly gate: Gate;
  readonly bytes: Bytes;
  readonly offeredFiles: OfferedFiles;
  readonly events: EventStream;
  readonly temporaryFiles: TemporaryFiles;
  /** The file of a download ticket, or null. */
  readonly download: (ticket: string) => string | null;
  readonly tabs: Pick<Tabs, 'of'>;
  readonly presence: Pick<Presence, 'connected'>;
}

/**
 * The browser host's server: HTTP on the loopback address, as shared/contract/http.ts describes. Every request is checked
 * (session.ts) before anything else of it is read. Not listening yet.
 */
export function createHttpHost(options: HttpHostOptions): Server {
  const server = createServer({ requestTimeout: 3_600_000 }, (request, response) => {
    void answer(options, server, request, response);
  });
  return server;
}

async function answer(
  options: HttpHostOptions,
  server: Server,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const sent = await handle(options, portOf(server), request, response);
    if (sent !== null) await send(response, await readable(request, sent));
  } catch (thrown) {
    if (response.headersSent) return void response.destroy();
    const error = toErrorData(thrown);
    // The rest of a rejected body isn't read.
    response.setHeader('connection', 'close');
    await send(response, refusal(error, statusOf(error.code)));
  }
}

/** The response, or null if it has been started or sent already. */
async function handle(
  options: HttpHostOptions,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Response | null> {
  const { session } = options;
  const { method = '', headers } = request;
  const { path, query } = targetOf(request.url ?? '', session.prefix);
  const key = path === '' && method === 'GET' ? query.get('key') : null;
  const changing = method !== 'GET' && method !== 'HEAD';

  const verdict = session.judge(headers, port, { changing, entering: key !== null });
  if (verdict !== 'ok') return rejected(verdict);
  if (path === null) return rejected('no-session');
  if (key !== null) return enter(session, key, headers);

  const tab = options.tabs.of(path);
  if (tab === null) return refusal(NO_WINDOW, 404);
  return answerTab(options, tab, query, request, response);
}

/** Answers a request of one window's page; the path is below the window's own address. */
async function answerTab(
  options: HttpHostOptions,
  { window, path }: { readonly window: WindowId; readonly path: string },
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Response | null> {
  const { method = '', headers } = request;
  await options.presence.connected(window);
  if (method === 'GET' && path === SESSION_PATH) return sendJson(response, { token: options.session.token });
  if (method === 'GET' && path === EVENTS_PATH) {
    options.events.connect(response, window);
    return null;
  }
  if (method === 'POST' && path.startsWith('api/'))
    return sendJson(response, await call(options, window, path.slice('api/'.length), request));
  if (method === 'PUT' && path === 'upload')
    return sendJson(response, await upload(options, window, query.get('name') ?? '', request));
  const asked = { method, range: headers.range ?? null };
  if (path.startsWith('download/')) return download(options, path.slice('download/'.length), asked);
  return options.bytes(window, { ...asked, path });
}

/** The part of the path below the prefix, still percent-encoded; null if it has another prefix. */
function targetOf(url: string, prefix: string): { path: string | null; query: URLSearchParams } {
  const [path = '', query = ''] = url.split('?', 2);
  const start = `/${prefix}/`;
  return { path: path.startsWith(start) ? path.slice(start.length) : null, query: new URLSearchParams(query) };
}

function enter(session: HttpSession, key: string, headers: IncomingHttpHeaders): Response {
  const known = session.hasCookie(headers);
  const isFromElsewhere = headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';
  const location = `/${session.prefix}/`;
  const cookie = session.takeKey(key);
  if (cookie === null && !known) return rejected('no-session');
  const entered: Record<string, string> = cookie === null ? {} : { 'set-cookie': cookie };
  if (!isFromElsewhere)
    return new Response(null, { status: 303, headers: { ...EVIDENCE_HEADERS, location, ...entered } });
  // A redirect of a link on another page is that page's navigation, which the cookie doesn't go with. This page's own is ours.
  return new Response(`<meta http-equiv="refresh" content="0;url=${location}">`, {
    headers: { ...COMMON_HEADERS, 'content-type': 'text/html', 'content-security-policy': ENTRY_CSP, ...entered },
  });
}
const ENTRY_CSP = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

async function call(
  { gate }: HttpHostOptions,
  window: WindowId,
  name: string,
  request: IncomingMessage,
): Promise<Result<unknown>> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new Fault('BAD_INPUT', 'A call is made with JSON.');
  }
  const text = await bodyOf(request, name === 'pageStyles.done' ? HTTP_LIMITS.pageStyles : HTTP_LIMITS.json);
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    throw new Fault('BAD_INPUT', 'The body is not JSON.');
  }
  return gate.call(window, name, input);
}

async function upload(
  { temporaryFiles, offeredFiles }: HttpHostOptions,
  window: WindowId,
  name: string,
  request: IncomingMessage,
): Promise<Result<unknown>> {
  if (Number(request.headers['content-length'] ?? 0) > HTTP_LIMITS.upload) throw tooLarge(HTTP_LIMITS.upload);
  const { path, remove } = await temporaryFiles.store(name, Readable.from(chunksOf(request)), HTTP_LIMITS.upload);
  return ok(
    offeredFiles.add(window, path, { name: basename(name.replaceAll('\\', '/')), isCopy: true, release: remove }),
  );
}

async function download(
  options: HttpHostOptions,
  ticket: string,
  asked: { method: string; range: string | null },
): Promise<Response> {
  const path = options.download(ticket);
  if (path === null)
    return refusal({ code: 'NOT_FOUND', message: 'This file is no longer available. Export it again.' }, 404);
  return respondWith({ kind: 'file', path }, asked, {
    ...EVIDENCE_HEADERS,
    'content-type': 'application/octet-stream',
    'content-disposition': attachment(basename(path)),
  });
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(request)) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The body. An error while reading it doesn't close the connection, so that it can still be answered. */
function chunksOf(request: IncomingMessage): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false });
}

/** In one piece: through a stream, as files go, an answer takes three times the processor time. */
function sendJson(response: ServerResponse, value: unknown): null {
  const body = Buffer.from(JSON.stringify(value));
  response
    .writeHead(200, { ...EVIDENCE_HEADERS, 'content-type': 'application/json', 'content-length': body.length })
    .end(body);
  return null;
}

const NO_WINDOW = {
  code: 'NOT_FOUND',
  message: 'This window no longer exists. Open a new one from the project menu: New window.',
} as const;

/** An error as plain text if a person opened the address; scripts get the whole `Result`. */
async function readable({ headers }: IncomingMessage, answered: Response): Promise<Response> {
  const isData = answered.headers.get('content-type') === 'application/json';
  if (answered.status < 400 || !isData || headers['sec-fetch-dest'] !== 'document') return answered;
  const failure = z.object({ error: z.object({ message: z.string() }) }).safeParse(await answered.json());
  const text = failure.success ? failure.data.error.message : 'Page not found.';
  return new Response(text, {
    status: answered.status,
    headers: { ...EVIDENCE_HEADERS, 'content-type': 'text/plain; charset=utf-8' },
  });
}

const REFUSALS: { readonly [V in Exclude<Verdict, 'ok'>]: { readonly status: number; readonly message: string } } = {
  'wrong-host': {
    status: 421,
    message: 'Sourcebook only answers at its own address. Open the one it printed.',
  },
  'wrong-origin': { status: 403, message: 'Only Sourcebook itself can request this.' },
  'no-session': {
    status: 403,
    message:
      'Open the address Sourcebook printed. It works in one browser, once; for another browser, start Sourcebook again.',
  },
  'no-token': { status: 403, message: 'Only Sourcebook itself can request this. Reload the page.' },
};

function rejected(verdict: Exclude<Verdict, 'ok'>): Response {
  const { status, message } = REFUSALS[verdict];
  return refusal({ code: 'NOT_ALLOWED', message }, status);
}

async function send(response: ServerResponse, answered: Response): Promise<void> {
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  if (answered.body === null) return void response.end();
  const body = Readable.fromWeb(answered.body as NodeStream<Uint8Array>);
  try {
    await pipeline(body, response);
  } catch {
    // The page has disconnected, or the file couldn't be read to its end. Headers are sent, so no error can be.
    response.destroy();
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port');
  return address.port;
}
