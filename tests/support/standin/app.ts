import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserWindow, nextExpected } from './browser-window.ts';
import { chromiumBinary, chromiumArgs } from './chromium.ts';
import { Devtools, type DevtoolsSession } from './devtools.ts';
import { interceptRequests } from './network.ts';
import { chromium, chromiumRuns, how, lifecycle } from './runtime.ts';
import { toElectron } from './schemes.ts';
import { takeInstance } from './single-instance.ts';
import { KnownEvents, notImplemented, preventable, strict } from './strict.ts';
import { webContents } from './web-contents.ts';

const EVENTS = [
  'ready',
  'activate',
  'open-file',
  'second-instance',
  'web-contents-created',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'render-process-gone',
  // Never emitted: Chromium restarts its own helper processes, and DevTools does not report it.
  'child-process-gone',
];

interface TargetInfo {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
  readonly openerId?: string;
}

/** Electron's `app`, over a headless Chromium. */
class App extends KnownEvents {
  readonly isPackaged = false;
  private readonly paths = new Map<string, string>();
  private readonly extraSwitches = new Map<string, string>();
  private readonly becameReady = Promise.withResolvers<object>();
  private ready = false;
  private quitting = false;
  private exiting = false;

  constructor() {
    super('app', EVENTS);
  }

  readonly commandLine = strict('app.commandLine', {
    appendSwitch: (name: string, value = ''): void => void this.extraSwitches.set(name, value),
  });

  getName(): string {
    return how().about.productName ?? how().about.name ?? 'Electron';
  }
  getVersion(): string {
    return how().about.version ?? '0.0.0';
  }
  getAppPath(): string {
    return how().appFolder;
  }
  getPath(name: string): string {
    const set = this.paths.get(name);
    if (set !== undefined) return set;
    if (name === 'documents') return join(homedir(), 'Documents');
    if (name === 'home') return homedir();
    if (name === 'temp') return tmpdir();
    throw notImplemented(`app.getPath('${name}')`);
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }
  /** Chromium keeps its sandbox unless Electron's own command line disabled it. */
  enableSandbox(): void {}
  isReady(): boolean {
    return this.ready;
  }
  /** As `isReady`, which Playwright's loader replaces. */
  hasStarted(): boolean {
    return this.ready;
  }
  whenReady(): Promise<object> {
    return this.becameReady.promise;
  }
  requestSingleInstanceLock(data: unknown = null): boolean {
    return takeInstance(this.getPath('userData'), data, (handed) =>
      this.emit('second-instance', preventable({}), handed.argv, handed.cwd, handed.data),
    );
  }

  /** The stand-in has no About box. */
  setAboutPanelOptions(_options: { copyright: string }): void {}

  /** Starts Chromium once the program's synchronous code has run: its switches and schemes must be known by then. */
  start(): void {
    setImmediate(() => {
      if (this.quitting) return;
      void this.launch().catch((thrown: unknown) => {
        process.stderr.write(`Chromium cannot be started: ${String(thrown)}\n`);
        process.exit(1);
      });
    });
  }

  quit(): void {
    if (this.quitting) return;
    const event = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.quitting = true;
    const windows = BrowserWindow.getAllWindows();
    for (const window of windows) window.close();
    if (windows.length === 0) this.finish();
  }

  /** Called by the windows when the last of them has closed. */
  lastWindowClosed(): void {
    if (this.quitting) this.finish();
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  exit(code = 0): void {
    if (this.exiting) return;
    this.exiting = true;
    this.emit('quit', {}, code);
    if (!this.ready) process.exit(code);
    const { browser, process: child } = chromium();
    const end = (): never => process.exit(code);
    child.once('exit', end);
    setTimeout(end, 3000);
    browser.send('Browser.close').catch(end);
  }

  private finish(): void {
    const event = preventable({});
    this.emit('will-quit', event);
    this.quitting = false;
    if (!event.defaultPrevented) this.exit(0);
  }

  private async launch(): Promise<void> {
    const profile = join(this.getPath('sessionData'), 'standin-chromium');
    mkdirSync(profile, { recursive: true });
    const devtools = new Devtools(await chromiumBinary(), chromiumArgs(profile, how().switches, this.extraSwitches));
    chromiumRuns(devtools);
    process.on('exit', () => devtools.process.kill('SIGKILL'));
    void devtools.closed.then(() => this.exit(this.exiting ? 0 : 1));
    devtools.browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      void this.attach(devtools.session(sessionId), targetInfo);
    });
    devtools.browser.on('Target.targetCrashed', ({ targetId }) => {
      const contents = webContents.fromDevToolsTargetId(targetId);
      if (contents !== undefined) this.emit('render-process-gone', preventable({}), contents, { reason: 'crashed' });
    });
    devtools.browser.on('Target.targetDestroyed', ({ targetId }) => webContents.fromDevToolsTargetId(targetId)?.gone());
    await interceptRequests(devtools);
    await devtools.browser.send('Target.setDiscoverTargets', { discover: true });
    await devtools.browser.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
    });
    this.ready = true;
    this.becameReady.resolve({});
    this.emit('ready', {}, {});
  }

  private async attach(session: DevtoolsSession, info: TargetInfo): Promise<void> {
    if (info.type !== 'page') return void session.send('Runtime.runIfWaitingForDebugger');
    const opener = info.openerId === undefined ? undefined : webContents.fromDevToolsTargetId(info.openerId);
    if (opener === undefined) {
      const contents = nextExpected();
      if (contents === undefined) throw notImplemented('a page that nobody asked for');
      return contents.attach(session, info.targetId);
    }
    if (opener.judgeOpen(toElectron(info.url)) === 'allow') throw notImplemented('windows that a page opens');
    await chromium().browser.send('Target.closeTarget', { targetId: info.targetId });
  }
}

export const app = strict('app', new App());
lifecycle.isReady = () => app.hasStarted();
lifecycle.contentsCreated = (contents) => void app.emit('web-contents-created', {}, contents);
lifecycle.lastWindowClosed = () => app.lastWindowClosed();
