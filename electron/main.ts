import { app, dialog, Menu } from 'electron';
import { toErrorData } from '../shared/errors.ts';
import { pathsOf } from './host/electron/arguments.ts';
import { dialogShell } from './host/electron/dialogs.ts';
import { openByteProtocol, openIpcGate } from './host/electron/ipc.ts';
import { lockDownContents, lockDownProcess, lockedSession } from './host/electron/lockdown.ts';
import { createMenu } from './host/electron/menu.ts';
import { createWindows, type Windows } from './host/electron/windows.ts';
import { openHome, type Home } from './host/home.ts';
import { filesOf, projects } from './host/project-folders.ts';
import type { Shell, WindowId } from './host/shell.ts';
import { builtRenderer, createWorkbench, type Workbench } from './host/workbench.ts';

/** Paths to open as soon as there are windows: from the command line, and on macOS from the Finder. */
const waiting = pathsOf(process.argv, process.cwd(), app.isPackaged);
let openPaths = (paths: readonly string[]): void => void waiting.push(...paths);

try {
  start(openHome());
} catch (thrown) {
  failToStart(thrown);
}

function start(home: Home): void {
  lockDownProcess(home.folder);
  if (!app.requestSingleInstanceLock({ paths: waiting })) return app.quit();
  app.on('second-instance', (_event, _argv, _cwd, data) => openPaths(handedOver(data)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openPaths([path]);
  });
  lockDownContents();
  void app
    .whenReady()
    .then(() => run(home))
    .catch(failToStart);
}

function run(home: Home): void {
  const session = lockedSession();
  // The desk and the windows need each other: a window that closes leaves the desk.
  const windows: Windows = createWindows(session, (window) => void workbench.desk.closeWindow(window).catch(complain));
  const shell: Shell = {
    ...dialogShell(windows),
    newWindow: () => ({ window: windows.open(), address: null }),
    tell: (window, event, payload) => windows.send(window, { event, payload }),
  };
  const workbench = createWorkbench({ home, shell, projects, filesOf, renderer: builtRenderer() });

  openIpcGate(windows, workbench.gate, workbench.desk.offers);
  openByteProtocol(session, windows, workbench.bytes);
  Menu.setApplicationMenu(
    createMenu({
      newWindow: () => windows.open(),
      open: () => void openFromMenu(windows, shell, workbench).catch(complain),
      command: (command) => {
        const window = windows.front();
        if (window !== null) windows.send(window, { event: 'app.command', payload: { command } });
      },
    }),
  );
  quitCleanly(workbench);

  openPaths = (paths) => void openEach(paths, windows, workbench);
  void openEach(waiting.length === 0 ? [null] : waiting, windows, workbench);
  app.on('activate', () => {
    if (windows.front() === null) windows.open();
  });
  workbench.tellNotices();
}

/** Each path in a window of its own; without a path the window in front comes forward, or a new one opens. */
async function openEach(
  paths: readonly (string | null)[],
  windows: Windows,
  { desk, tellNotices }: Workbench,
): Promise<void> {
  if (paths.length === 0) windows.show(windows.front() ?? windows.open());
  for (const path of paths) {
    const window = await windowFor(windows, desk);
    windows.show(window);
    if (path !== null) await desk.openNamed(window, path).catch(complain);
  }
  tellNotices();
}

async function openFromMenu(windows: Windows, shell: Shell, workbench: Workbench): Promise<void> {
  const path = await shell.pickProject(windows.front() ?? windows.open());
  if (path !== null) await openEach([path], windows, workbench);
}

/** A window that shows no project yet, else a new one. */
async function windowFor(windows: Windows, desk: Workbench['desk']): Promise<WindowId> {
  const front = windows.front();
  return front !== null && (await desk.project(front)) === null ? front : windows.open();
}

/** Projects are closed before the program ends, however it is ended. */
function quitCleanly({ desk }: Workbench): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void desk
      .closeAll()
      .catch(complain)
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}

function handedOver(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('paths' in data) || !Array.isArray(data.paths)) return [];
  return data.paths.filter((path) => typeof path === 'string');
}

function complain(thrown: unknown): void {
  dialog.showErrorBox('Sourcebook', toErrorData(thrown).message);
}

function failToStart(thrown: unknown): void {
  complain(thrown);
  app.exit(1);
}
