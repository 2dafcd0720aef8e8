import { readFileSync } from 'node:fs';
import type { DevtoolsSession } from './devtools.ts';
import { codec, invoke } from './ipc-main.ts';
import { makeBridge } from './page/bridge.ts';
import { makeCodec } from './page/codec.ts';
import { mainWorld, preloadWorld, type FromPage, type ToPage } from './page/worlds.ts';
import { names, PRELOAD_WORLD } from './runtime.ts';
import { toChromium, toElectron } from './schemes.ts';
import { KnownEvents, preventable, strict } from './strict.ts';

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };
const EVENTS = ['destroyed', 'will-frame-navigate', 'will-attach-webview', 'did-finish-load', 'preload-error'];

const all = new Map<string, WebContents>();

/** The page of a window. It has one DevTools target, which it gets when Chromium has created it. */
export class WebContents extends KnownEvents {
  readonly id: number;
  private static count = 0;
  private readonly preload: string;
  private readonly closeWindow: () => void;
  private readonly attached = Promise.withResolvers<DevtoolsSession>();
  private target: string | null = null;
  private url = '';
  private context: string | null = null;
  private destroyed = false;
  private openHandler: OpenHandler | null = null;
  private readonly frames = new Set<string>();
  /** Addresses that the program itself loads, which are no navigations by the page. */
  private readonly ownLoads = new Set<string>();

  constructor(preload: string, closeWindow: () => void) {
    super('webContents', EVENTS);
    this.id = WebContents.count += 1;
    this.preload = preload;
    this.closeWindow = closeWindow;
    return strict('webContents', this);
  }

  /** The frame that IPC comes from. */
  get mainFrame(): { readonly url: string; readonly parent: null } {
    return strict('webFrameMain', { url: this.url, parent: null });
  }
  getURL(): string {
    return this.url;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
  close(): void {
    this.closeWindow();
  }

  send(channel: string, ...args: unknown[]): void {
    this.tell({ kind: 'event', channel, args: codec.encode(args) });
  }

  async loadURL(url: string): Promise<void> {
    const session = await this.attached.promise;
    this.ownLoads.add(url);
    const loaded = new Promise((done) => this.once('did-finish-load', done));
    const { errorText } = await session.send('Page.navigate', { url: toChromium(url) });
    if (errorText !== undefined) throw new Error(`${String(errorText)} loading '${url}'`);
    await loaded;
  }

  /** Whether a document may be loaded in this page or a frame of it: asks the listeners, as Electron does. */
  mayNavigate(url: string, frame: string): boolean {
    const isMainFrame = frame === this.target;
    if (isMainFrame && this.ownLoads.delete(url)) return true;
    const event = preventable({ url, isMainFrame });
    this.emit('will-frame-navigate', event);
    return !event.defaultPrevented;
  }
  ownsFrame(frame: string): boolean {
    return frame === this.target || this.frames.has(frame);
  }
  /** The program's answer for a window this page wants to open. Without a handler, Electron's own answer is yes. */
  judgeOpen(url: string): 'allow' | 'deny' {
    return this.openHandler?.({ url }).action ?? 'allow';
  }

  /** Chromium has created the target: attaches to it before anything runs in it. */
  async attach(session: DevtoolsSession, target: string): Promise<void> {
    this.target = target;
    all.set(target, this);
    this.follow(session);
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('DOM.enable'),
      session.send('Debugger.enable'),
      session.send('Runtime.addBinding', { name: names.binding, executionContextName: PRELOAD_WORLD }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: `(${String(mainWorld)})(${JSON.stringify(names)}, ${String(makeBridge)})`,
      }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: this.preloadScript(), worldName: PRELOAD_WORLD }),
    ]);
    await session.send('Runtime.runIfWaitingForDebugger');
    this.attached.resolve(session);
  }
  session(): Promise<DevtoolsSession> {
    return this.attached.promise;
  }
  targetId(): string | null {
    return this.target;
  }
  gone(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    if (this.target !== null) all.delete(this.target);
    this.emit('destroyed');
  }

  private preloadScript(): string {
    const source = readFileSync(this.preload, 'utf8');
    const given = [
      JSON.stringify(names),
      String(makeCodec),
      String(makeBridge),
      `(require, module, exports) => {${source}\n}`,
    ];
    return `(${String(preloadWorld)})(${given.join(', ')})`;
  }

  private follow(session: DevtoolsSession): void {
    session.on('Page.frameAttached', ({ frameId }) => this.frames.add(frameId));
    session.on('Page.frameDetached', ({ frameId }) => this.frames.delete(frameId));
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.url = toElectron(`${frame.url}${frame.urlFragment ?? ''}`);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.target) this.url = toElectron(url);
    });
    session.on('Page.loadEventFired', () => this.emit('did-finish-load'));
    session.on(
      'Page.javascriptDialogOpening',
      () => void session.send('Page.handleJavaScriptDialog', { accept: false }),
    );
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === PRELOAD_WORLD && Reflect.get(context.auxData ?? {}, 'frameId') === this.target)
        this.context = context.uniqueId;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextUniqueId }) => {
      if (this.context === executionContextUniqueId) this.context = null;
    });
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === names.binding) this.hear(JSON.parse(payload));
    });
    session.on('Debugger.paused', ({ callFrames }) => {
      void this.answerAsked(session, callFrames[0]?.callFrameId ?? '');
    });
  }

  /** Resumes a page that waits for a synchronous answer (page/worlds.ts): the path of a file, or a window. */
  private async answerAsked(session: DevtoolsSession, callFrameId: string): Promise<void> {
    const evaluate = (expression: string) => session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression });
    const { result: file } = await evaluate('asked.file');
    const { result: open } = await evaluate('asked.open');
    const answer =
      file.objectId === undefined
        ? this.judgeOpen(toElectron(String(open.value)))
        : (await session.send('DOM.getFileInfo', { objectId: file.objectId })).path;
    await evaluate(`asked.answer = ${JSON.stringify(answer)}`);
    await session.send('Debugger.resume');
  }

  private hear(message: FromPage): void {
    if (message.kind === 'preload-failed') {
      process.stderr.write(`The preload failed: ${message.message}\n`);
      this.emit('preload-error', preventable({}), this.preload, new Error(message.message));
      return;
    }
    const { id, channel, args } = message;
    invoke(this, channel, args).then(
      (value) => this.tell({ kind: 'answer', id, ok: true, value }),
      (thrown) => this.tell({ kind: 'answer', id, ok: false, value: String(thrown) }),
    );
  }

  private tell(message: ToPage): void {
    if (this.context === null || this.destroyed) return;
    const expression = `${names.receive}(${JSON.stringify(JSON.stringify(message))})`;
    void this.attached.promise
      .then((session) => session.send('Runtime.evaluate', { expression, uniqueContextId: this.context ?? '' }))
      // The page was closed in the meantime. Electron drops such messages too.
      .catch(() => undefined);
  }
}

/** The static side, as in Electron. Playwright uses it to get the page of a target. */
export const webContents = strict('webContents', {
  fromDevToolsTargetId: (target: string): WebContents | undefined => all.get(target),
  getAllWebContents: (): WebContents[] => [...all.values()],
});
