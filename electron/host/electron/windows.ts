import { fileURLToPath } from 'node:url';
import { BrowserWindow, type Session, type WebContents } from 'electron';
import type { HostEvent } from '../../../shared/contract/http.ts';
import type { WindowId } from '../shell.ts';
import { EVENT, SCHEME } from './channels.ts';

/** The workbench's windows, each known by the name that is the host of its page's address: `app://main-1/`. */
export interface Windows {
  open(): WindowId;
  get(window: WindowId): BrowserWindow | null;
  /** The window a page belongs to, or null. */
  of(contents: WebContents): WindowId | null;
  /** The one in front, else any; null where there is none. */
  front(): WindowId | null;
  send(window: WindowId, event: HostEvent): void;
  show(window: WindowId): void;
}

export function createWindows(session: Session, onClosed: (window: WindowId) => void): Windows {
  const all = new Map<WindowId, BrowserWindow>();
  let count = 0;

  const windows: Windows = {
    open() {
      const name = `main-${(count += 1)}`;
      const window = new BrowserWindow({
        width: 1440,
        height: 900,
        minWidth: 900,
        minHeight: 600,
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
      window.once('ready-to-show', () => window.show());
      window.on('closed', () => {
        all.delete(name);
        onClosed(name);
      });
      void window.loadURL(`${SCHEME}://${name}/`);
      return name;
    },
    get: (name) => all.get(name) ?? null,
    of: (contents) => [...all].find(([, window]) => window.webContents === contents)?.[0] ?? null,
    front() {
      const focused = BrowserWindow.getFocusedWindow();
      const found = focused === null ? null : windows.of(focused.webContents);
      return found ?? [...all.keys()].at(-1) ?? null;
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
