import type { CallArgs } from '../../shared/contract/index.ts';
import type { AppState } from '../../shared/contract/app.ts';
import { Fault } from '../../shared/errors.ts';
import { createDamaged } from './damaged.ts';
import { createEngines, type OpenProject } from './engines.ts';
import type { Home } from './home.ts';
import { createOffers, type Offers } from './offers.ts';
import { createOpening, type Opening } from './opening.ts';
import { fingerprintOf, rawPublicKey } from '../engine/people.ts';
import type { Backup } from '../db/index.ts';
import type { Actor, EngineEvent, Projects } from './projects.ts';
import type { Shell, WindowId } from './shell.ts';
import { createTransfer, type Transfer } from './transfer.ts';

export interface DeskOptions {
  readonly home: Home;
  readonly shell: Shell;
  readonly projects: Projects;
  readonly version: string;
}

/**
 * The workbench seen from its host: windows, the project each shows, files offered for import. Both hosts have one; it
 * knows neither Electron nor HTTP. Everything that can be refused throws a Fault.
 */
export interface Desk extends Opening, Transfer {
  readonly offers: Offers;
  state(window: WindowId): Promise<AppState>;
  /**
   * Opens what was named outside of the page: on a command line, in a menu, by the system. A project too damaged to open
   * is no error then: the window's start screen tells of it, and offers its backups.
   */
  openNamed(window: WindowId, path: string): Promise<void>;
  /** What the window shows, or null. */
  project(window: WindowId): Promise<OpenProject | null>;
  /** The backups of the project behind a key: a recent one, or the one this window could not open. */
  backupsOf(window: WindowId, key: string): Promise<Backup[]>;
  /** Restores a backup of the window's project or, with a key, of that one, which the window then shows. */
  restoreBackup(window: WindowId, name: string, key?: string): Promise<void>;
  changeSettings(window: WindowId, patch: CallArgs<'app.settings'>): Promise<AppState['settings']>;
  /** The window is gone: its project is closed with the last window that shows it. */
  closeWindow(window: WindowId): Promise<void>;
  /** Closes every project; after this the program may end. */
  closeAll(): Promise<void>;
}

const PLATFORMS: Readonly<Record<string, AppState['platform']>> = { darwin: 'mac', win32: 'windows' };

export function createDesk({ home, shell, projects, version }: DeskOptions): Desk {
  const offers = createOffers();
  const engines = createEngines(projects, (windows, { event, payload }: EngineEvent) => {
    for (const window of windows) shell.tell(window, event, payload);
  });
  const actor = (): Actor => ({ person: home.person(), installation: home.installation() });
  const projectOf = async (window: WindowId): Promise<OpenProject> => {
    const open = await engines.of(window);
    if (open === null) throw new Fault('NOT_FOUND', 'No project is open in this window. Open or make one first.');
    return open;
  };
  const damaged = createDamaged(home, projects);
  const opening = createOpening({ home, shell, projects, engines, damaged, actor });
  const transfer = createTransfer(shell, offers, projectOf);

  const folderOf = (window: WindowId, key: string): string => {
    const folder = damaged.folderOf(window, key) ?? home.folderOf(key);
    if (folder === null) throw new Fault('NOT_FOUND', 'That project is no longer in the list.');
    return folder;
  };
  const refuseWhileImporting = (what: string): void => {
    if (transfer.isImporting()) throw new Fault('NOT_ALLOWED', `An import is running. ${what} when it is done.`);
  };

  const desk: Desk = {
    offers,
    ...opening,
    ...transfer,
    async openNamed(window, path) {
      try {
        await opening.openPath(window, path);
      } catch (thrown) {
        if (damaged.of(window) === null || (await engines.of(window)) !== null) throw thrown;
      }
    },
    project: (window) => engines.of(window),
    async state(window) {
      const open = await engines.of(window);
      const info = open === null ? null : await open.engine.call('project.info', {});
      const { id, name, privateKey } = home.person();
      return {
        host: shell.host,
        version,
        platform: PLATFORMS[process.platform] ?? 'linux',
        project:
          open === null || info === null ? null : { id: info.id, title: info.title, place: home.placeOf(open.folder) },
        damaged: open === null ? damaged.of(window) : null,
        person: { id, name, fingerprint: fingerprintOf(rawPublicKey(privateKey)) },
        settings: home.settings(),
        recents: home.recents(),
        nativeDialogs: shell.host === 'electron',
        projectsPlace: home.placeOf(home.projectsFolder),
      };
    },
    backupsOf: async (window, key) => projects.backupsOf(folderOf(window, key)),
    async restoreBackup(window, name, key) {
      refuseWhileImporting('Restore the backup');
      const folder = key === undefined ? (await projectOf(window)).folder : folderOf(window, key);
      const restore = (): Promise<void> => projects.restoreBackup(folder, actor(), name);
      // Another window may have it open after all.
      if (engines.folders().includes(folder)) await engines.reopen(folder, actor, restore);
      else await restore();
      await opening.openPath(window, folder);
    },
    async closeProject(window) {
      refuseWhileImporting('Close the project');
      await opening.closeProject(window);
    },
    async changeSettings(_window, patch) {
      const renamed = patch.personName !== undefined && patch.personName !== home.settings().personName;
      if (renamed && transfer.isImporting()) {
        throw new Fault('NOT_ALLOWED', 'An import is running under the present name. Change the name when it is done.');
      }
      const settings = home.changeSettings(patch);
      // Who acts is fixed when a project is opened, so all are opened again: the new name counts from here on.
      if (renamed) for (const folder of engines.folders()) await engines.reopen(folder, actor, async () => undefined);
      return settings;
    },
    async closeWindow(window) {
      await opening.closeProject(window);
      damaged.forget(window);
      offers.forget(window);
    },
    async closeAll() {
      await Promise.all(engines.windows().map((window) => desk.closeWindow(window)));
    },
  };
  return desk;
}
