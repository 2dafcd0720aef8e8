import { isDeepStrictEqual } from 'node:util';
import { chromium, lifecycle } from './runtime.ts';
import type { Session } from './session.ts';
import { KnownEvents, notImplemented, onlyKnown, preventable, strict } from './strict.ts';
import { WebContents } from './web-contents.ts';

interface WebPreferences {
  readonly session: Session;
  readonly preload: string;
  readonly [key: string]: unknown;
}
interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface WindowOptions {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly show?: boolean;
  readonly webPreferences: WebPreferences;
  readonly [key: string]: unknown;
}

/** Only affects looks, and nothing that a headless browser shows. */
const LOOKS = [
  'x',
  'y',
  'width',
  'height',
  'minWidth',
  'minHeight',
  'show',
  'title',
  'webPreferences',
  'backgroundColor',
  'icon',
];
/** Options that must have exactly these values: nothing else is imitated. */
const WALLS = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
};

const all = new Map<WebContents, BrowserWindow>();
/** Windows whose target Chromium is creating, in the order requested. */
const expected: WebContents[] = [];

/** A window: one page target of a headless Chromium, in a window of its own. */
export class BrowserWindow extends KnownEvents {
  readonly webContents: WebContents;
  private visible: boolean;
  private maximised = false;
  /** A headless window has no visible place: this keeps the one that was set. */
  private bounds: Bounds;

  constructor(options: WindowOptions) {
    super('BrowserWindow', [
      'ready-to-show',
      'closed',
      'close',
      'show',
      'hide',
      'focus',
      'resize',
      'move',
      'maximize',
      'unmaximize',
    ]);
    if (!lifecycle.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    onlyKnown('BrowserWindow', options, LOOKS);
    const { session: _session, preload, ...walls } = options.webPreferences;
    if (!isDeepStrictEqual(walls, WALLS)) {
      throw notImplemented(`webPreferences other than ${JSON.stringify(WALLS)}`);
    }
    this.visible = options.show !== false;
    const self = strict('BrowserWindow', this);
    this.webContents = new WebContents(preload, () => self.close());
    all.set(this.webContents, self);
    this.webContents.once('did-finish-load', () => self.emit('ready-to-show'));
    this.webContents.once('destroyed', () => self.ended());
    lifecycle.contentsCreated(this.webContents);
    expected.push(this.webContents);
    const { x = 0, y = 0, width, height } = options;
    this.bounds = { x, y, width, height };
    void chromium().browser.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height });
    return self;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  show(): void {
    this.visible = true;
    this.emit('show');
  }
  focus(): void {
    // Electron orders windows by focus; `getFocusedWindow` is used for it.
    const self = BrowserWindow.fromWebContents(this.webContents);
    if (self === null) return;
    all.delete(this.webContents);
    all.set(this.webContents, self);
    void this.webContents.session().then((session) => session.send('Page.bringToFront'));
    this.emit('focus');
  }
  restore(): void {
    this.visible = true;
  }
  getNormalBounds(): Bounds {
    return this.bounds;
  }
  setBounds(bounds: Bounds): void {
    this.bounds = bounds;
    this.emit('move');
    this.emit('resize');
  }
  isMaximized(): boolean {
    return this.maximised;
  }
  maximize(): void {
    this.maximised = true;
    this.emit('maximize');
  }
  isVisible(): boolean {
    return this.visible;
  }
  isMinimized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }
  close(): void {
    const event = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) return;
    // The page gets `beforeunload` next, and what it then sends still arrives: the window exists until its target is gone.
    void this.webContents
      .session()
      .then((session) => session.send('Page.close'))
      .catch(() => this.webContents.gone());
  }
  destroy(): void {
    void this.webContents
      .session()
      .then(() => chromium().browser.send('Target.closeTarget', { targetId: this.webContents.targetId() ?? '' }))
      // Chromium has closed it by itself in the meantime.
      .catch(() => undefined)
      .finally(() => this.webContents.gone());
  }

  private ended(): void {
    if (!all.delete(this.webContents)) return;
    this.emit('closed');
    if (all.size === 0) lifecycle.lastWindowClosed();
  }

  static getAllWindows(): BrowserWindow[] {
    return [...all.values()];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return [...all.values()].at(-1) ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return all.get(contents) ?? null;
  }
}

/** The page whose target Chromium has just created, or undefined if the program did not ask for one. */
export const nextExpected = (): WebContents | undefined => expected.shift();
