import { fileURLToPath } from 'node:url';
import { BrowserWindow, screen, type Session, type WebContents } from 'electron';
import type { HostEvent } from '../../../shared/contract/http.ts';
import { boundsWithin, type Bounds } from '../kept-windows.ts';
import type { WindowId } from '../shell.ts';
import { EVENT, SCHEME } from './channels.ts';

/** Where a window lies: its bounds when it is not maximised, and whether it is. */
export interface Place {
  readonly bounds: Bounds;
  readonly maximised: boolean;
}

/** The workbench's windows, each known by the name that is the host of its page's address: `app://main-1/`. */
export interface Windows {
  /** Opens one, where it was, or a little aside of the one in front. */
  open(place?: Place): WindowId;
  get(window: WindowId): BrowserWindow | null;
  /** The window a page belongs to, or null. */
  of(contents: WebContents): WindowId | null;
  /** The one in front, else any; null where there is none. */
  front(): WindowId | null;
  /** All of them, the one that was in front last at the end. */
  all(): WindowId[];
  placeOf(window: WindowId): Place | null;
  send(window: WindowId, event: HostEvent): void;
  show(window: WindowId): void;
}

/** What windows tell of themselves. */
export interface WindowEvents {
  /** It was moved, resized, maximised or came to the front. */
  readonly onPlaced: () => void;
  /** It is about to close; it is still among the windows. False: it stays. */
  readonly onClosing: (window: WindowId) => boolean;
  readonly onClosed: (window: WindowId) => void;
}

const SIZE = { width: 1440, height: 900 };
const LEAST = { minWidth: 900, minHeight: 600 };
/** How far a new window lies from the one in front, so that both are seen. */
const ASIDE = 32;

export function createWindows(session: Session, events: WindowEvents): Windows {
  const all = new Map<WindowId, BrowserWindow>();
  let count = 0;

  const follow = (name: WindowId, window: BrowserWindow): void => {
    window.on('resize', events.onPlaced);
    window.on('move', events.onPlaced);
    window.on('maximize', events.onPlaced);
    window.on('unmaximize', events.onPlaced);
    window.on('focus', () => {
      all.delete(name);
      all.set(name, window);
      events.onPlaced();
    });
    window.on('close', (event) => {
      if (!events.onClosing(name)) event.preventDefault();
    });
    window.on('closed', () => {
      all.delete(name);
      events.onClosed(name);
    });
  };

  const windows: Windows = {
    open(place) {
      const name = `main-${(count += 1)}`;
      const bounds = place === undefined ? aside(windows) : boundsWithin(place.bounds, workAreas());
      const window = new BrowserWindow({
        ...SIZE,
        ...bounds,
        ...LEAST,
        show: false,
        title: 'Sourcebook',
        webPreferences: {
          session,
          preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          webviewTag: false,
          spellcheck: false,
          navigateOnDragDrop: false,
        },
      });
      all.set(name, window);
      follow(name, window);
      window.once('ready-to-show', () => {
        if (place?.maximised === true) window.maximize();
        window.show();
      });
      void window.loadURL(`${SCHEME}://${name}/`);
      return name;
    },
    get: (name) => all.get(name) ?? null,
    of: (contents) => [...all].find(([, window]) => window.webContents === contents)?.[0] ?? null,
    front() {
      const focused = BrowserWindow.getFocusedWindow();
      const found = focused === null ? null : windows.of(focused.webContents);
      return found ?? windows.all().at(-1) ?? null;
    },
    all: () => [...all.keys()],
    placeOf(name) {
      const window = all.get(name);
      if (window === undefined || window.isDestroyed()) return null;
      return { bounds: window.getNormalBounds(), maximised: window.isMaximized() };
    },
    send(name, event) {
      const window = all.get(name);
      if (window !== undefined && !window.isDestroyed()) window.webContents.send(EVENT, event);
    },
    show(name) {
      const window = all.get(name);
      if (window === undefined) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
  return windows;
}

/** The parts of the screens that windows may lie on, the main screen first. */
function workAreas(): Bounds[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

/** A new window's bounds beside the one in front; the first one's are the system's to choose. */
function aside(windows: Pick<Windows, 'front' | 'placeOf'>): Partial<Bounds> {
  const front = windows.front();
  const place = front === null ? null : windows.placeOf(front);
  if (place === null) return {};
  const { x, y, ...size } = place.bounds;
  return boundsWithin({ x: x + ASIDE, y: y + ASIDE, ...size }, workAreas());
}
