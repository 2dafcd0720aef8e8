import { app, dialog } from 'electron';
import { GONE, logError, logProcessGone, UNEXPECTED, watchUncaught } from '../../log/log.ts';
import type { Windows } from './windows.ts';

/** Logs failures of Electron's processes and tells the person: in the pages, or in a dialog if there are none. */
export function watchFailures(windows: Pick<Windows, 'all' | 'send'>): void {
  const tell = (): void => {
    const all = windows.all();
    for (const window of all) windows.send(window, { event: 'app.failed', payload: {} });
    if (all.length === 0 && app.isReady()) dialog.showErrorBox('Sourcebook', UNEXPECTED);
  };
  watchUncaught(tell);
  app.on('web-contents-created', (_event, contents) => {
    contents.on('preload-error', (_preload, _path, thrown) => {
      logError(thrown, { event: 'page-error' });
      dialog.showErrorBox('Sourcebook', 'This window couldn’t be set up. Quit Sourcebook and open it again.');
    });
  });
  app.on('render-process-gone', (_event, _contents, { reason }) => {
    if (logGone(reason))
      dialog.showErrorBox(
        'Sourcebook',
        'A window stopped unexpectedly. Saved work is safe; close it and open it again.',
      );
  });
  app.on('child-process-gone', (_event, { reason }) => {
    if (logGone(reason)) tell();
  });
}

/** Logs that a process has ended. False if it ended normally. */
function logGone(reason: string): boolean {
  const known = GONE.find((one) => one === reason);
  if (known === undefined) return false;
  logProcessGone(known);
  return true;
}
