import { app, dialog, Menu } from 'electron';
import { toErrorData } from '../shared/errors.ts';
import { closeCleanly } from './host/electron/close.ts';
import { createOpenRequests, pathsOf } from './host/electron/open-requests.ts';
import { dialogShell } from './host/electron/dialogs.ts';
import { watchFailures } from './host/electron/failures.ts';
import { openByteProtocol, openIpcGate } from './host/electron/ipc.ts';
import { lockDownContents, lockDownProcess, lockedSession } from './host/electron/lockdown.ts';
import { systemKeyStore } from './host/electron/key-store.ts';
import { createMenu, showNotices } from './host/electron/menu.ts';
import { createSavedWindows, gateThatSaves } from './host/electron/saved-windows.ts';
import { createWindows, type Windows } from './host/electron/windows.ts';
import { keepFilesPrivate } from './host/files.ts';
import { openHome, type Home } from './host/home.ts';
import { filesOf, projects } from './host/project-folders.ts';
import { openSavedWindowsFile } from './host/saved-windows-file.ts';
import type { Shell } from './host/shell.ts';
import { logError, openLog } from './log/log.ts';
import { builtRenderer, createWorkbench } from './host/workbench.ts';

/** Paths to open once there are windows: from the command line, and on macOS from the Finder. */
const pathsToOpen = pathsOf(process.argv, process.cwd(), app.isPackaged);
let openPaths = (paths: readonly string[]): void => void pathsToOpen.push(...paths);

if (process.argv.includes('--version')) sayVersion();
else {
  keepFilesPrivate();
  try {
    start(openHome());
  } catch (thrown) {
    failToStart(thrown);
  }
}

/** Ends without a window, and without reading the person's data: what is asked of each installer that was built. */
function sayVersion(): void {
  process.stdout.write(`${app.getVersion()}\n`, () => app.exit(0));
}

function start(home: Home): void {
  lockDownProcess(home.folder);
  openLog(home.folder, 'main');
  if (!app.requestSingleInstanceLock({ paths: pathsToOpen })) return app.quit();
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
  const keyStore = systemKeyStore();
  if (keyStore !== null) home.useKeyStore(keyStore);
  const session = lockedSession();
  // The workspace and the windows need each other: a closed window closes its project.
  const windows: Windows = createWindows(session, {
    onPlaced: () => savedWindows.changed(),
    onClosing: (window) => closing.mayClose(window),
    onClosed: (window) => {
      savedWindows.changed();
      void workspace.closeWindow(window).catch(showError);
    },
  });
  const shell: Shell = {
    ...dialogShell(windows),
    newWindow: () => ({ window: windows.open(), address: null }),
    tell(window, event, payload) {
      windows.send(window, { event, payload });
      if (event === 'project.opened' || event === 'project.closed') savedWindows.changed();
    },
  };
  const workbench = createWorkbench({ home, shell, projects, filesOf, renderer: builtRenderer() });
  const { workspace, gate, bytes } = workbench;
  const savedWindows = createSavedWindows({ windows, workspace, home, file: openSavedWindowsFile(home.folder) });
  const closing = closeCleanly({ windows, workspace, savedWindows, showError });
  const requests = createOpenRequests({ windows, shell, workbench, showError });

  watchFailures(windows);
  openIpcGate(windows, gateThatSaves(gate, savedWindows), workspace.offeredFiles);
  openByteProtocol(session, windows, bytes);
  showNotices();
  Menu.setApplicationMenu(
    createMenu({
      newWindow: () => void requests.newWindow().catch(showError),
      open: () => void requests.openChosen().catch(showError),
      command: (command) => {
        const window = windows.front();
        if (window !== null) windows.send(window, { event: 'app.command', payload: { command } });
      },
    }),
  );

  const open = async (): Promise<void> => {
    await savedWindows.openAgain();
    openPaths = (paths) => void requests.openEach(paths).catch(showError);
    if (pathsToOpen.length > 0 || windows.front() === null) await requests.openEach(pathsToOpen);
  };
  void open().catch(showError);
  app.on('activate', () => {
    if (windows.front() !== null) return;
    windows.open();
    savedWindows.resume();
  });
  workbench.tellNotices();
}

function pathsIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('paths' in data) || !Array.isArray(data.paths)) return [];
  return data.paths.filter((path) => typeof path === 'string');
}

function showError(thrown: unknown): void {
  dialog.showErrorBox('Sourcebook', toErrorData(thrown).message);
}

function failToStart(thrown: unknown): void {
  logError(thrown, { event: 'start-failed' });
  showError(thrown);
  app.exit(1);
}
