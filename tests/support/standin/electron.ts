/** What `import … from 'electron'` resolves to in the main process under the stand-in. */
import { notImplemented, strict } from './strict.ts';

export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu } from './menu.ts';
export { protocol, session } from './session.ts';
export { webContents } from './web-contents.ts';

/** There is no person at a stand-in: a test sets these functions to their answers. */
const unanswered = (dialog: string) => async (): Promise<never> => {
  throw notImplemented(`${dialog} (answer it in the test: dialog.${dialog} = async () => …)`);
};
export const dialog = strict('dialog', {
  showOpenDialog: unanswered('showOpenDialog'),
  showSaveDialog: unanswered('showSaveDialog'),
  showMessageBox: unanswered('showMessageBox'),
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}: ${content}\n`);
  },
});

/** There is no file manager: a test replaces this to see what was shown. */
export const shell = strict('shell', {
  showItemInFolder(_path: string): void {
    throw notImplemented('showItemInFolder (answer it in the test: shell.showItemInFolder = () => …)');
  },
});

/** One screen, with a bar at its top. */
const display = strict('display', { id: 1, workArea: { x: 0, y: 24, width: 1920, height: 1056 } });
export const screen = strict('screen', {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
});

export const crashReporter = strict('crashReporter', {
  start(options: { uploadToServer: boolean }): void {
    if (options.uploadToServer) throw notImplemented('crash reports that are sent away');
  },
});

/** As on Linux without a desktop’s key store, unless a test’s environment asks for one: then XOR stands for its cipher. */
const hasKeyStore = process.env['STANDIN_KEY_STORE'] === 'yes';
const disguised = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => (hasKeyStore ? 'gnome_libsecret' : 'basic_text'),
  encryptString: (text: string) => disguised(Buffer.from(text)),
  decryptString: (bytes: Buffer) => disguised(bytes).toString(),
});
