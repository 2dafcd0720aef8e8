import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { sharedChromium } from '../../support/browser.ts';
import { nameHome } from '../../support/named.ts';
import { environment, ROOT, startServe, stop } from '../../support/served-program.ts';

/** The workbench, started in one of the two hosts, and a person who uses it. */
export interface Running {
  readonly page: Page;
  /** Chooses these files in the dialog that `trigger` opens. */
  choose(paths: readonly string[], trigger: () => Promise<void>): Promise<void>;
  /** Opens a project file from the start screen. */
  openProjectFile(path: string): Promise<void>;
  /** Runs an action that saves a file, and returns where it was saved. */
  save(name: string, trigger: () => Promise<void>): Promise<string>;
  /** Ends the program as a person would; resolves when it has ended. */
  quit(): Promise<void>;
}

export interface Host {
  readonly name: 'electron' | 'browser';
  /** Starts on this user's data; new projects and saved files go into `folder`. `first`: nobody has entered a name there. */
  start(home: string, folder: string, project?: string, first?: boolean): Promise<Running>;
}

/** Electron's own binary where it is installed and has a screen, else the stand-in: the bundles are the same. */
export const isRealElectron =
  existsSync(join(ROOT, 'node_modules/electron/path.txt')) &&
  (process.platform !== 'linux' || process.env['DISPLAY'] !== undefined) &&
  process.env['SOURCEBOOK_STANDIN'] !== '1';
if (!isRealElectron) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = join(ROOT, 'tests/support/standin/dist');

/** What Playwright starts, for tests that start it themselves. */
export const electronBinary = (): string => {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(ROOT, 'node_modules/electron/dist');
  return join(
    folder,
    isRealElectron ? readFileSync(join(ROOT, 'node_modules/electron/path.txt'), 'utf8').trim() : 'electron',
  );
};

export async function launchElectron(
  home: string,
  args: readonly string[] = [],
  first = false,
): Promise<ElectronApplication> {
  if (!first) nameHome(home);
  return _electron.launch({ args: [ROOT, ...args], cwd: ROOT, env: environment(home) });
}

export const electronHost: Host = {
  name: 'electron',
  async start(home, folder, project, first = false) {
    const app = await launchElectron(home, project === undefined ? [] : [project], first);
    const page = await app.firstWindow();
    await app.evaluate(({ dialog }, place) => {
      dialog.showSaveDialog = async (...given: unknown[]) => {
        const { defaultPath = '' } = given.at(-1) as { defaultPath?: string };
        const name = defaultPath.replaceAll('\\', '/').split('/').at(-1) ?? '';
        return { canceled: false, filePath: `${place}/${name}` };
      };
    }, folder);
    return {
      page,
      async choose(paths, trigger) {
        await app.evaluate(
          ({ dialog }, filePaths) => {
            dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
          },
          [...paths],
        );
        await trigger();
      },
      async openProjectFile(path) {
        await app.evaluate(({ dialog }, filePath) => {
          dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
          dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
        }, path);
        await page.getByRole('button', { name: /^Open project/ }).click();
      },
      async save(name, trigger) {
        await trigger();
        return join(folder, name);
      },
      quit: () => app.close(),
    };
  },
};

export const browserHost: Host = {
  name: 'browser',
  async start(home, folder, project, first = false) {
    const { process: served, address } = await startServe(home, project === undefined ? [] : [project], first);
    // A folder of its own, so that no test finds files of another.
    const context = await (
      await sharedChromium()
    ).newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
    const page = await context.newPage();
    await page.goto(address);
    return {
      page,
      async choose(paths, trigger) {
        const [chooser] = await Promise.all([page.waitForEvent('filechooser'), trigger()]);
        await chooser.setFiles([...paths]);
      },
      async openProjectFile(path) {
        const [chooser] = await Promise.all([
          page.waitForEvent('filechooser'),
          page.getByRole('button', { name: /^Open project file/ }).click(),
        ]);
        await chooser.setFiles(path);
      },
      async save(name, trigger) {
        const [download] = await Promise.all([page.waitForEvent('download'), trigger()]);
        await download.saveAs(join(folder, name));
        return join(folder, name);
      },
      async quit() {
        await context.close();
        await stop(served);
      },
    };
  },
};
