import { app, dialog } from 'electron';
import type { WindowId } from '../shell.ts';
import type { Workspace } from '../workspace.ts';
import type { SavedWindows } from './saved-windows.ts';
import type { Windows } from './windows.ts';

export interface ClosingOptions {
  readonly windows: Pick<Windows, 'all' | 'get'>;
  readonly workspace: Pick<Workspace, 'shownIn' | 'isImporting' | 'closeAll'>;
  readonly savedWindows: Pick<SavedWindows, 'saveAndStop' | 'resume'>;
  readonly showError: (thrown: unknown) => void;
}

export interface Closing {
  /** A window is about to close. False: it stays open, and the person is asked whether to stop the import. */
  mayClose(window: WindowId): boolean;
}

/**
 * Closing windows and quitting: asks before stopping an import, saves the open windows, and closes all projects before the
 * program ends, also on SIGINT and SIGTERM.
 */
export function closeCleanly({ windows, workspace, savedWindows, showError }: ClosingOptions): Closing {
  const closing = new Set<WindowId>();
  const confirmed = new Set<WindowId>();
  let quitting = false;
  let projectsClosed = false;

  /** Whether closing this window would close a project that is importing. */
  const stopsImport = (window: WindowId): boolean => {
    const { folder } = workspace.shownIn(window);
    if (folder === null || !workspace.isImporting(folder)) return false;
    return !windows.all().some((other) => !closing.has(other) && workspace.shownIn(other).folder === folder);
  };

  const ask = async (window: WindowId, toQuit: boolean): Promise<void> => {
    const options = {
      type: 'question' as const,
      message: 'An import is running.',
      detail: 'Sources already added stay in the project. The other files won’t be imported.',
      buttons: ['Keep importing', 'Stop importing and close'],
      defaultId: 0,
      cancelId: 0,
    };
    const parent = windows.get(window);
    if (parent === null) return;
    const { response } = await dialog.showMessageBox(parent, options);
    if (response === 0) return;
    confirmed.add(window);
    if (toQuit) app.quit();
    else parent.close();
  };

  app.on('before-quit', () => {
    quitting = true;
    if (windows.all().length > 0) savedWindows.saveAndStop();
  });
  app.on('will-quit', (event) => {
    if (projectsClosed) return;
    event.preventDefault();
    void workspace
      .closeAll()
      .catch(showError)
      .finally(() => {
        projectsClosed = true;
        app.quit();
      });
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());

  return {
    mayClose(window) {
      closing.add(window);
      if (!confirmed.has(window) && stopsImport(window)) {
        closing.clear();
        void ask(window, quitting).catch(showError);
        quitting = false;
        savedWindows.resume();
        return false;
      }
      if (windows.all().every((other) => closing.has(other))) savedWindows.saveAndStop();
      return true;
    },
  };
}
