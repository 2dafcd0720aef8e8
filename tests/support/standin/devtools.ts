import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from 'playwright-core';

/** One DevTools session, the browser's or a page's. Commands and events are typed by Playwright's table of the protocol. */
export type DevtoolsSession = Pick<CDPSession, 'send' | 'on'>;

interface Waiting {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}
type Answer = { readonly id: number; readonly result?: unknown; readonly error?: { readonly message: string } };
type Told = { readonly id?: undefined; readonly method: string; readonly params: unknown; readonly sessionId?: string };

/**
 * A Chromium, driven over `--remote-debugging-pipe` (file descriptors 3 and 4, JSON, each message ended by NUL). No port is
 * opened for it.
 */
export class Devtools {
  readonly process: ChildProcess;
  readonly browser: DevtoolsSession;
  /** Resolves when the browser has exited. */
  readonly closed: Promise<void>;
  private readonly events = new Map<string, EventEmitter>();
  private readonly waiting = new Map<number, Waiting>();
  private readonly input: Writable;
  private unread: Buffer[] = [];
  private lastId = 0;

  constructor(binary: string, args: readonly string[]) {
    this.process = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] });
    const [, , , input, output] = this.process.stdio;
    this.input = input as Writable;
    // A broken pipe has ended too; `close` reports it.
    this.input.on('error', () => undefined);
    const messages = output as Readable;
    messages.on('data', (chunk: Buffer) => this.read(chunk));
    this.closed = new Promise((done) => messages.on('close', () => done(this.end())));
    this.process.stderr?.on('data', (chunk: Buffer) => passOnPort(chunk.toString('utf8')));
    this.browser = this.session('');
  }

  /** The session of that id; get it before its first event can arrive (in the listener of its attaching). */
  session(id: string): DevtoolsSession {
    const emitter = new EventEmitter();
    emitter.setMaxListeners(0);
    this.events.set(id, emitter);
    const session = {
      on: (event: string, listener: (payload: unknown) => void) => {
        emitter.on(event, listener);
        return session;
      },
      send: (method: string, params: object = {}) => this.transmit(method, params, id),
    };
    // The protocol's table, method by method, is Playwright's; what goes over the pipe is text.
    return session as unknown as DevtoolsSession;
  }

  private transmit(method: string, params: object, sessionId: string): Promise<unknown> {
    const id = (this.lastId += 1);
    this.input.write(`${JSON.stringify({ id, method, params, ...(sessionId === '' ? {} : { sessionId }) })}\0`);
    return new Promise((resolve, reject) => this.waiting.set(id, { method, resolve, reject }));
  }

  private read(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      this.take(JSON.parse(Buffer.concat([...this.unread, chunk.subarray(start, end)]).toString('utf8')));
      this.unread = [];
      start = end + 1;
    }
    if (start < chunk.length) this.unread.push(chunk.subarray(start));
  }

  private take(message: Answer | Told): void {
    if (message.id === undefined) {
      this.events.get(message.sessionId ?? '')?.emit(message.method, message.params);
      return;
    }
    const call = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.error === undefined) call?.resolve(message.result);
    else call?.reject(new Error(`${call.method}: ${message.error.message}`));
  }

  private end(): void {
    for (const { method, reject } of this.waiting.values()) reject(new Error(`${method}: the browser has closed`));
    this.waiting.clear();
  }
}

/** With a debugging port, Playwright waits for this line. */
function passOnPort(said: string): void {
  for (const line of said.split('\n')) if (line.startsWith('DevTools listening on')) process.stderr.write(`${line}\n`);
}
