import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { CallArgs } from '../../shared/contract/index.ts';
import type { AppState } from '../../shared/contract/app.ts';
import { Fault, toErrorData } from '../../shared/errors.ts';
import { createEngines, type OpenProject } from './engines.ts';
import type { Home } from './home.ts';
import { fileNameOf, isProjectFile, PROJECT_FILE_SUFFIX, PROJECT_SUFFIX } from './names.ts';
import { createOffers, type Offers } from './offers.ts';
import { fingerprintOf, rawPublicKey } from './people.ts';
import type { Actor, EngineEvent, Projects } from './projects.ts';
import type { Shell, WindowId } from './shell.ts';

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
export interface Desk {
  readonly offers: Offers;
  state(window: WindowId): Promise<AppState>;
  project(window: WindowId): Promise<OpenProject | null>;
  /** A project folder, or a project file (which becomes a new project). False when the person closed a dialog. */
  openPath(window: WindowId, path: string): Promise<boolean>;
  newProject(window: WindowId, input: CallArgs<'app.newProject'>): Promise<boolean>;
  importProjectFile(window: WindowId, file: string): Promise<boolean>;
  openSample(window: WindowId): Promise<boolean>;
  closeProject(window: WindowId): Promise<void>;
  restoreBackup(window: WindowId, name: string): Promise<void>;
  importSources(window: WindowId, input: CallArgs<'app.importSources'>): Promise<{ job: string }>;
  exportProject(
    window: WindowId,
  ): Promise<{ done: boolean; name: string | null; bytes: number; download: string | null }>;
  changeSettings(window: WindowId, patch: CallArgs<'app.settings'>): Promise<AppState['settings']>;
  /** The window is gone: its project is closed with the last window that shows it. */
  closeWindow(window: WindowId): Promise<void>;
  /** Closes every project; after this the program may end. */
  closeAll(): Promise<void>;
}

const PLATFORMS: Readonly<Record<string, AppState['platform']>> = { darwin: 'mac', win32: 'windows' };

export function createDesk({ home, shell, projects, version }: DeskOptions): Desk {
  const offers = createOffers();
  const windows = new Set<WindowId>();
  /** Imports that are running, by window: their engine must not be closed for a mere setting. */
  const importing = new Map<string, WindowId>();
  const tell = (to: readonly WindowId[], { event, payload }: EngineEvent): void => {
    for (const window of to) shell.tell(window, event, payload);
  };
  const engines = createEngines(projects, tell);
  const actor = (): Actor => ({ person: home.person(), installation: home.installation() });

  const projectOf = async (window: WindowId): Promise<OpenProject> => {
    const open = await engines.of(window);
    if (open === null) throw new Fault('NOT_FOUND', 'No project is open in this window. Open or make one first.');
    return open;
  };

  const noteRecent = async ({ folder, engine }: OpenProject): Promise<string> => {
    const { title, sources } = await engine.call('project.info', {});
    home.remember({ folder, title, sources });
    return title;
  };

  const enter = async (window: WindowId, folder: string): Promise<true> => {
    windows.add(window);
    const title = await noteRecent(await engines.enter(window, folder, actor));
    shell.tell(window, 'project.opened', { title });
    return true;
  };

  /** Makes a project where the person says, and opens it. */
  const enterNew = async (
    window: WindowId,
    name: string,
    make: (folder: string) => Promise<void>,
  ): Promise<boolean> => {
    const folder = await shell.placeForProject(window, fileNameOf(name) + PROJECT_SUFFIX);
    if (folder === null) return false;
    await make(folder);
    return enter(window, folder);
  };

  const leave = async (window: WindowId): Promise<void> => {
    const open = await engines.of(window);
    if (open === null) return;
    // The list of recent projects shows what the project held when it was last used.
    await noteRecent(open).finally(() => engines.leave(window));
    shell.tell(window, 'project.closed', {});
  };

  const desk: Desk = {
    offers,
    async state(window) {
      windows.add(window);
      const open = await engines.of(window);
      const info = open === null ? null : await open.engine.call('project.info', {});
      const { id, name, privateKey } = home.person();
      return {
        host: shell.host,
        version,
        platform: PLATFORMS[process.platform] ?? 'linux',
        project:
          open === null || info === null ? null : { id: info.id, title: info.title, place: home.placeOf(open.folder) },
        person: { id, name, fingerprint: fingerprintOf(rawPublicKey(privateKey)) },
        settings: home.settings(),
        recents: home.recents(),
        nativeDialogs: shell.host === 'electron',
        projectsPlace: home.placeOf(home.projectsFolder),
      };
    },
    project: (window) => engines.of(window),
    openPath: (window, path) => (isProjectFile(path) ? desk.importProjectFile(window, path) : enter(window, path)),
    newProject: (window, input) => enterNew(window, input.title, (folder) => projects.create(folder, actor(), input)),
    importProjectFile: (window, file) =>
      enterNew(window, basename(file).slice(0, -PROJECT_FILE_SUFFIX.length), (folder) =>
        projects.importFile(folder, actor(), file),
      ),
    openSample: (window) => enterNew(window, 'Sourcebook sample', (folder) => projects.makeSample(folder, actor())),
    closeProject: leave,
    async restoreBackup(window, name) {
      await projectOf(window);
      await engines.reopen(window, actor, (folder) => projects.restoreBackup(folder, actor(), name));
      await noteRecent(await projectOf(window)).then((title) => shell.tell(window, 'project.opened', { title }));
    },
    async importSources(window, { offers: tokens, record }) {
      const { engine } = await projectOf(window);
      const { paths, release } = offers.take(window, tokens);
      const job = randomUUID();
      importing.set(job, window);
      const ended = (): void => {
        importing.delete(job);
        release();
      };
      void engine
        .call('import.run', { job, paths, record, askPassword: true, shortPaths: true })
        .then(ended, (thrown: unknown) => {
          ended();
          const error = toErrorData(thrown);
          const items = paths.map((path) => ({
            path: basename(path),
            status: 'failed' as const,
            source: null,
            error,
            notes: [],
          }));
          shell.tell(window, 'import.done', { job, items, cancelled: error.code === 'CANCELLED' });
        });
      return { job };
    },
    async exportProject(window) {
      const { engine } = await projectOf(window);
      const { title } = await engine.call('project.info', {});
      const name = fileNameOf(title) + PROJECT_FILE_SUFFIX;
      const place = await shell.placeForExport(window, name);
      if (place === null) return { done: false, name: null, bytes: 0, download: null };
      // The dialog has asked already whether a file of that name may go.
      const { bytes } = await engine.call('projectFile.export', { path: place.path, replace: true });
      return { done: true, name: basename(place.path), bytes, download: place.download };
    },
    async changeSettings(window, patch) {
      const before = home.settings();
      const renamed = patch.personName !== undefined && patch.personName !== before.personName;
      if (renamed && importing.size > 0) {
        throw new Fault('NOT_ALLOWED', 'An import is running under the present name. Change the name when it is done.');
      }
      const after = home.changeSettings(patch);
      // Who acts is fixed when a project is opened, so the new name counts from here on.
      if (renamed) await engines.reopen(window, actor, async () => undefined);
      return after;
    },
    async closeWindow(window) {
      await leave(window);
      offers.forget(window);
      windows.delete(window);
    },
    async closeAll() {
      await Promise.all([...windows].map((window) => desk.closeWindow(window)));
    },
  };
  return desk;
}
