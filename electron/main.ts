import { app, dialog, Menu } from 'electron';
import { toErrorData } from '../shared/errors.ts';
import { pathsOf } from './host/electron/arguments.ts';
import { closeCleanly } from './host/electron/close.ts';
import { createOpenRequests } from './host/electron/open-requests.ts';
import { dialogShell } from './host/electron/dialogs.ts';
import { watchFailures } from './host/electron/failures.ts';
import { openByteProtocol, openIpcGate } from './host/electron/ipc.ts';
import { lockDownContents, lockDownProcess, lockedSession } from './host/electron/lockdown.ts';
import { createMenu } from './host/electron/menu.ts';
import { createMadeMerges, rememberingGate } from './host/electron/saved-windows.ts';
import { createWindows, type Windows } from './host/electron/windows.ts';
import { openHome, type Home } from './host/home.ts';
import { openKeptWindows } from './host/kept-windows.ts';
import { filesOf, projects } from './host/project-folders.ts';
import type { Shell } from './host/shell.ts';
import { logError, openLog } from './log/log.ts';
import { builtRenderer, createWorkbench } from './host/workbench.ts';

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
  openLog(home.folder, 'main');
  if (!app.requestSingleInstanceLock({ paths: waiting })) return app.quit();
  app.on('second-instance', (_event, _argv, _cwd, data) => openPaths(pathsIn(data)));
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
  const windows: Windows = createWindows(session, {
    onPlaced: () => remembering.changed(),
    onClosing: (window) => closing.mayClose(window),
    onClosed: (window) => {
      remembering.changed();
      void workbench.desk.closeWindow(window).catch(complain);
    },
  });
  const shell: Shell = {
    ...dialogShell(windows),
    newWindow: () => ({ window: windows.open(), address: null }),
    tell(window, event, payload) {
      windows.send(window, { event, payload });
      if (event === 'project.opened' || event === 'project.closed') remembering.changed();
    },
  };
  const workbench = createWorkbench({ home, shell, projects, filesOf, renderer: builtRenderer() });
  const { desk, gate, bytes } = workbench;
  const remembering = createMadeMerges({ windows, desk, home, kept: openKeptWindows(home.folder) });
  const closing = closeCleanly({ windows, desk, remembering, complain });
  const coming = createOpenRequests({ windows, shell, workbench, complain });

  watchFailures(windows);
  openIpcGate(windows, rememberingGate(gate, remembering), desk.offers);
  openByteProtocol(session, windows, bytes);
  Menu.setApplicationMenu(
    createMenu({
      newWindow: () => void coming.newWindow().catch(complain),
      open: () => void coming.openAsked().catch(complain),
      command: (command) => {
        const window = windows.front();
        if (window !== null) windows.send(window, { event: 'app.command', payload: { command } });
      },
    }),
  );

  const open = async (): Promise<void> => {
    await remembering.openAgain();
    openPaths = (paths) => void coming.openEach(paths).catch(complain);
    if (waiting.length > 0 || windows.front() === null) await coming.openEach(waiting);
  };
  void open().catch(complain);
  app.on('activate', () => {
    if (windows.front() !== null) return;
    windows.open();
    remembering.staying();
  });
  workbench.tellNotices();
}

function pathsIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('paths' in data) || !Array.isArray(data.paths)) return [];
  return data.paths.filter((path) => typeof path === 'string');
}

function complain(thrown: unknown): void {
  dialog.showErrorBox('Sourcebook', toErrorData(thrown).message);
}

function failToStart(thrown: unknown): void {
  logError(thrown, { event: 'start-failed' });
  complain(thrown);
  app.exit(1);
}
