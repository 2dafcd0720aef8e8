import { mkdirSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { serve, type ServeOptions } from '../../electron/host/browser/serve.ts';
import { openHome } from '../../electron/host/home.ts';
import { filesOf, projects } from '../../electron/host/project-folders.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/index.ts';
import { hostEvent, httpSession, TOKEN_HEADER, type HostEvent } from '../../shared/contract/http.ts';
import { errorData } from '../../shared/errors.ts';
import { nameHome } from './named.ts';
import { makeFolder, removeFolder } from './temp.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
}
export interface Asked {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export const PAGE = '<!doctype html><title>Sourcebook</title>';
/** Files beside the served folder. */
export const SECRET = 'not for pages';

export interface EventsHeard {
  /** The payload of the next event of this name, received already or still to come. Each is returned once. */
  next(event: string): Promise<unknown>;
}

/** The browser host with a page of one line, and a client that sends raw HTTP. */
export class ServedHost {
  readonly folder: string;
  readonly address: URL;
  readonly prefix: string;
  readonly port: number;
  cookie = '';
  token = '';
  private readonly close: () => Promise<void>;

  private constructor(folder: string, address: string, close: () => Promise<void>) {
    this.folder = folder;
    this.address = new URL(address);
    this.prefix = this.address.pathname.split('/')[1] ?? '';
    this.port = Number(this.address.port);
    this.close = close;
  }

  static async start(options: Partial<Pick<ServeOptions, 'closeAfter' | 'filesOf'>> = {}): Promise<ServedHost> {
    const folder = makeFolder();
    const renderer = join(folder, 'renderer');
    mkdirSync(join(renderer, 'assets'), { recursive: true });
    writeFileSync(join(renderer, 'index.html'), PAGE);
    writeFileSync(join(renderer, 'assets', 'main.js'), 'export {};');
    writeFileSync(join(folder, 'secret.txt'), SECRET);
    nameHome(join(folder, 'home'));
    const home = openHome({ SOURCEBOOK_HOME: join(folder, 'home') });
    const served = await serve({ home, projects, filesOf, renderer, ...options });
    return new ServedHost(folder, served.address, () => served.close());
  }

  async end(): Promise<void> {
    await this.close();
    removeFolder(this.folder);
  }

  /** Opens the printed address, as a browser does. */
  async enter(): Promise<Answer> {
    const answer = await this.ask(this.address.pathname + this.address.search);
    this.cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    this.token = httpSession.parse(JSON.parse((await this.get('session')).body)).token;
    return answer;
  }

  /** A request to any path, with any headers; nothing is normalised. */
  ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
    return new Promise((done, fail) => {
      const sent = request({ host: '127.0.0.1', port: this.port, path, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          done({ status: response.statusCode ?? 0, headers: response.headers, body: bytes.toString('utf8'), bytes });
        });
      });
      sent.on('error', fail);
      sent.end(body);
    });
  }

  get(path: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    return this.ask(`/${this.prefix}/${path}`, { headers: { cookie: this.cookie, ...headers } });
  }

  /** The headers the page itself sends. */
  own(): OutgoingHttpHeaders {
    return { cookie: this.cookie, origin: `http://127.0.0.1:${this.port}`, [TOKEN_HEADER]: this.token };
  }

  post(name: string, input: unknown, headers: OutgoingHttpHeaders = this.own()): Promise<Answer> {
    const json = { 'content-type': 'application/json', ...headers };
    return this.ask(`/${this.prefix}/api/${name}`, { method: 'POST', headers: json, body: JSON.stringify(input) });
  }

  /** A call as the page makes it: returns its output, or throws the error's message. */
  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const answer = JSON.parse((await this.post(name, input)).body);
    if (answer.ok === true) return answer.value;
    throw new Error(errorData.parse(answer.error).message);
  }

  upload(name: string, body: Buffer, headers: OutgoingHttpHeaders = this.own()): Promise<Answer> {
    return this.ask(`/${this.prefix}/upload?name=${encodeURIComponent(name)}`, { method: 'PUT', headers, body });
  }

  /** Listens to the event stream; resolves when it is connected. */
  listen(): Promise<EventsHeard> {
    return new Promise((done, fail) => {
      const path = `/${this.prefix}/events`;
      const stream = request({ host: '127.0.0.1', port: this.port, path, headers: { cookie: this.cookie } });
      stream.on('error', fail);
      stream.on('response', (response) => {
        const heard: HostEvent[] = [];
        let more = Promise.withResolvers<void>();
        let rest = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          const messages = (rest + text).split('\n\n');
          rest = messages.pop() ?? '';
          for (const message of messages)
            if (message.startsWith('data: ')) heard.push(hostEvent.parse(JSON.parse(message.slice('data: '.length))));
          more.resolve();
          more = Promise.withResolvers();
        });
        const next = async (name: string): Promise<unknown> => {
          for (;;) {
            const at = heard.findIndex(({ event }) => event === name);
            if (at >= 0) return heard.splice(at, 1)[0]?.payload;
            await more.promise;
          }
        };
        // The host ends the stream when it closes.
        stream.removeListener('error', fail);
        stream.on('error', () => undefined);
        done({ next });
      });
      stream.end();
    });
  }

  /** Resolves when the event stream (of that window, by its path) has received that event. */
  told(event: string, window = ''): Promise<void> {
    return new Promise((done, fail) => {
      const stream = request({
        host: '127.0.0.1',
        port: this.port,
        path: `/${this.prefix}/${window}events`,
        headers: { cookie: this.cookie },
      });
      stream.on('error', fail);
      stream.on('response', (response) => {
        let said = '';
        response.on('data', (chunk: Buffer) => {
          said += chunk.toString('utf8');
          if (!said.includes(`"event":"${event}"`)) return;
          stream.removeListener('error', fail);
          stream.on('error', () => undefined);
          stream.destroy();
          done();
        });
      });
      stream.end();
    });
  }
}
