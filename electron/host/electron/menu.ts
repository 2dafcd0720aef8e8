import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** What the menu's own items do; all others are Chromium's. */
export interface MenuActions {
  /** Asks the page in front (`app.command`). */
  readonly command: (command: string) => void;
  readonly newWindow: () => void;
}

/**
 * The application menu. Its keys are shown here and heard by the page, which knows whether a text field has the focus.
 * Every item of ours has an id, by which tests and assistive tools find it.
 */
export function createMenu({ command, newWindow }: MenuActions): Menu {
  const item = (id: string, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => command(id),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const mac = process.platform === 'darwin';

  return Menu.buildFromTemplate([
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      id: 'file',
      label: 'File',
      submenu: [
        item('newProject', 'New project…', 'CmdOrCtrl+N'),
        item('openProject', 'Open…', 'CmdOrCtrl+O'),
        { id: 'newWindow', label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: newWindow },
        separator,
        item('import', 'Import sources…', 'CmdOrCtrl+I'),
        item('export', 'Export the project…', 'CmdOrCtrl+E'),
        item('closeProject', 'Close the project'),
        separator,
        mac ? { role: 'close' } : { id: 'quit', label: 'Quit', accelerator: 'CmdOrCtrl+Q', click: () => app.quit() },
      ],
    },
    {
      id: 'edit',
      label: 'Edit',
      submenu: [
        item('undo', 'Undo', 'CmdOrCtrl+Z'),
        item('redo', 'Redo', mac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      id: 'view',
      label: 'View',
      submenu: [
        item('commands', 'All commands', 'CmdOrCtrl+K'),
        item('settings', 'Settings', 'CmdOrCtrl+,'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { id: 'help', label: 'Help', submenu: [item('shortcuts', 'Keyboard shortcuts'), { role: 'about' }] },
  ]);
}
