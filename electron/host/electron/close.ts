import { app, dialog } from 'electron';
import type { Desk } from '../desk.ts';
import type { WindowId } from '../shell.ts';
import type { SavedWindows } from './saved-windows.ts';
import type { Windows } from './windows.ts';

export interface ClosingOptions {
  readonly windows: Pick<Windows, 'all' | 'get'>;
  readonly desk: Pick<Desk, 'left' | 'isImporting' | 'closeAll'>;
  readonly remembering: Pick<SavedWindows, 'leaving' | 'staying'>;
  readonly complain: (thrown: unknown) => void;
}

export interface Closing {
  /** A window is about to close; false: it stays, and its person is asked. */
  mayClose(window: WindowId): boolean;
}

/**
 * How windows and the program end: an import is not stopped without a question, the windows are kept as they were, and
 * projects are closed before the program ends, however it is ended.
 */
export function closeCleanly({ windows, desk, remembering, complain }: ClosingOptions): Closing {
  const going = new Set<WindowId>();
  const confirmed = new Set<WindowId>();
  let quitting = false;
  let closed = false;

  /** The project closes with this window while files are brought into it. */
  const stopsImport = (window: WindowId): boolean => {
    const { folder } = desk.left(window);
    if (folder === null || !desk.isImporting(folder)) return false;
    return !windows.all().some((other) => !going.has(other) && desk.left(other).folder === folder);
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
    if (windows.all().length > 0) remembering.leaving();
  });
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

  return {
    mayClose(window) {
      going.add(window);
      if (!confirmed.has(window) && stopsImport(window)) {
        going.clear();
        void ask(window, quitting).catch(complain);
        quitting = false;
        remembering.staying();
        return false;
      }
      if (windows.all().every((other) => going.has(other))) remembering.leaving();
      return true;
    },
  };
}
