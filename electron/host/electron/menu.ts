import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { MENU_KEYS } from '../../../shared/model/menu-keys.ts';
import { GAZETTEER_NOTICE } from '../../../shared/places/notice.ts';

/** What our own menu items do. The others are Electron's roles. */
export interface MenuActions {
  /** Asks the front page to run the command of this name (event `app.command`). */
  readonly command: (command: string) => void;
  readonly open: () => void;
  readonly newWindow: () => void;
}

/**
 * The application menu. Its keys are shown here and heard by the page, which knows whether a text field has the focus.
 * Every item of ours has an id, by which tests and assistive tools find it.
 */
export function createMenu(actions: MenuActions): Menu {
  const mac = process.platform === 'darwin';
  return Menu.buildFromTemplate([
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { id: 'file', label: 'File', submenu: fileItems(actions, mac) },
    { id: 'edit', label: 'Edit', submenu: editItems(actions) },
    { id: 'view', label: 'View', submenu: viewItems(actions) },
    { id: 'help', label: 'Help', submenu: helpItems(actions) },
  ]);
}

/** What the About box says beside name and version. Of Electron’s fields, this one is shown on every system. */
export const showNotices = (): void =>
  app.setAboutPanelOptions({ copyright: `Licence: Apache-2.0. ${GAZETTEER_NOTICE}` });

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** An item whose command the page runs. */
const pageItem = ({ command }: MenuActions, id: string, label: string): MenuItemConstructorOptions => ({
  id,
  label,
  ...(hasKey(id) ? shownOnly(id) : {}),
  click: () => command(id),
});

const hasKey = (id: string): id is keyof typeof MENU_KEYS => Object.hasOwn(MENU_KEYS, id);

/** The key is shown and not registered. Electron writes `$mod+Shift+KeyE` as `CmdOrCtrl+Shift+E`. */
const shownOnly = (id: keyof typeof MENU_KEYS) => ({
  accelerator: MENU_KEYS[id]
    .replace('$mod', 'CmdOrCtrl')
    .replace('Comma', ',')
    .replace(/(?:Key|Digit)(?=.$)/, ''),
  registerAccelerator: false,
});

function fileItems(actions: MenuActions, mac: boolean): MenuItemConstructorOptions[] {
  return [
    pageItem(actions, 'newProject', 'New project…'),
    { id: 'open', label: 'Open…', click: actions.open },
    // Not run by the page, since there may be no window; but its shortcut is handled there like the others.
    { id: 'newWindow', label: 'New window', ...shownOnly('newWindow'), click: actions.newWindow },
    SEPARATOR,
    pageItem(actions, 'import', 'Import sources…'),
    pageItem(actions, 'exportProject', 'Export project…'),
    pageItem(actions, 'verify', 'Verify project'),
    pageItem(actions, 'backups', 'Backups…'),
    pageItem(actions, 'closeProject', 'Close project'),
    pageItem(actions, 'closeEncrypted', 'Close and encrypt project…'),
    pageItem(actions, 'lock', 'Lock Sourcebook'),
    SEPARATOR,
    pageItem(actions, 'settings', 'Settings…'),
    mac ? { role: 'close' } : { id: 'quit', label: 'Quit', accelerator: 'CmdOrCtrl+Q', click: () => app.quit() },
  ];
}

function editItems(actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    pageItem(actions, 'undo', 'Undo'),
    pageItem(actions, 'redo', 'Redo'),
    SEPARATOR,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ];
}

function helpItems(actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    pageItem(actions, 'shortcuts', 'Keyboard shortcuts'),
    pageItem(actions, 'diagnostics', 'Copy diagnostics…'),
    { role: 'about' },
  ];
}

function viewItems(actions: MenuActions): MenuItemConstructorOptions[] {
  return [
    pageItem(actions, 'library', 'Library'),
    pageItem(actions, 'read', 'Read'),
    pageItem(actions, 'theme', 'Switch theme'),
    SEPARATOR,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
  ];
}
