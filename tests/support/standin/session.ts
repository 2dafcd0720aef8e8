import { registerScheme } from './schemes.ts';
import { KnownEvents, notImplemented, strict } from './strict.ts';

type ProtocolHandler = (request: Request) => Promise<Response> | Response;
type RequestHook = (details: { url: string; method: string }, answer: (verdict: { cancel?: boolean }) => void) => void;

/** A session in memory, shared by all windows of a run. */
export class Session extends KnownEvents {
  private readonly handlers = new Map<string, ProtocolHandler>();
  private hook: RequestHook | null = null;

  constructor() {
    super('session', ['will-download']);
  }

  readonly protocol = strict('session.protocol', {
    handle: (scheme: string, handler: ProtocolHandler): void => {
      if (this.handlers.has(scheme)) throw new Error(`The scheme ${scheme} is handled already`);
      this.handlers.set(scheme, handler);
    },
  });
  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest: (hook: RequestHook): void => {
      this.hook = hook;
    },
  });
  // The stand-in itself denies Chromium's permissions; what these would answer is for real Electron to show.
  setPermissionRequestHandler(_handler: unknown): void {}
  setPermissionCheckHandler(_handler: unknown): void {}
  setDevicePermissionHandler(_handler: unknown): void {}
  setSpellCheckerEnabled(enabled: boolean): void {
    if (enabled) throw notImplemented('a spell checker');
  }

  /** Whether the program allows a request. */
  async allows(details: { url: string; method: string }): Promise<boolean> {
    const { hook } = this;
    if (hook === null) return true;
    const { cancel = false } = await new Promise<{ cancel?: boolean }>((answer) => hook(details, answer));
    return !cancel;
  }
  handlerOf(scheme: string): ProtocolHandler | null {
    return this.handlers.get(scheme) ?? null;
  }
}

let only: { readonly partition: string; readonly session: Session } | null = null;

/** The session of this run. Before the program has created one, nothing is allowed. */
export const currentSession = (): Session | null => only?.session ?? null;

export const session = strict('session', {
  fromPartition(partition: string, _options: { cache: boolean }): Session {
    if (partition.startsWith('persist:')) throw notImplemented('a session that is kept');
    only ??= { partition, session: strict('session', new Session()) };
    if (only.partition !== partition) throw notImplemented('a second session');
    return only.session;
  },
});

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string }[]): void {
    for (const { scheme } of schemes) registerScheme(scheme);
  },
});
