import { fileURLToPath } from 'node:url';
import { BrowserWindow, screen, type Session, type WebContents } from 'electron';
import type { HostEvent } from '../../../shared/contract/http.ts';
import { boundsWithin, type Bounds } from './window-bounds.ts';
import type { WindowId } from '../shell.ts';
import { EVENT, SCHEME } from './channels.ts';

/** Where a window is: its bounds when not maximised, and whether it is maximised. */
export interface Place {
  readonly bounds: Bounds;
  readonly maximised: boolean;
}

/** The program's windows. A window's id is the host of its page's address: `app://main-1/`. */
export interface Windows {
  /** Opens a window at `place`, or slightly offset from the one in front. */
  open(place?: Place): WindowId;
  get(window: WindowId): BrowserWindow | null;
  /** The window a page belongs to, or null. */
  of(contents: WebContents): WindowId | null;
  /** The window in front, else any; null if there is none. */
  front(): WindowId | null;
  /** All windows, ordered by when they were last in front, the latest last. */
  all(): WindowId[];
  placeOf(window: WindowId): Place | null;
  send(window: WindowId, event: HostEvent): void;
  show(window: WindowId): void;
}

/** Events of windows. */
export interface WindowEvents {
  /** A window was moved, resized or maximised, or came to the front. */
  readonly onPlaced: () => void;
  /** A window is about to close, and is still listed. Return false to keep it open. */
  readonly onClosing: (window: WindowId) => boolean;
  readonly onClosed: (window: WindowId) => void;
}

const SIZE = { width: 1440, height: 900 };
const SMALLEST = { minWidth: 900, minHeight: 600 };
/** The offset of a new window from the one in front, in pixels, so that both are visible. */
const OFFSET = 32;

export function createWindows(session: Session, events: WindowEvents): Windows {
  const all = new Map<WindowId, BrowserWindow>();
  let count = 0;

  const listen = (name: WindowId, window: BrowserWindow): void => {
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
      const bounds = place === undefined ? offsetFromFront(windows) : boundsWithin(place.bounds, workAreas());
      const window = new BrowserWindow({
        ...SIZE,
        ...bounds,
        ...SMALLEST,
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
      listen(name, window);
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

/** The work areas of the screens, the main screen first. */
function workAreas(): Bounds[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ workArea }) => workArea);
}

/** Bounds for a new window, offset from the one in front. The system places the first one. */
function offsetFromFront(windows: Pick<Windows, 'front' | 'placeOf'>): Partial<Bounds> {
  const front = windows.front();
  const place = front === null ? null : windows.placeOf(front);
  if (place === null) return {};
  const { x, y, ...size } = place.bounds;
  return boundsWithin({ x: x + OFFSET, y: y + OFFSET, ...size }, workAreas());
}
