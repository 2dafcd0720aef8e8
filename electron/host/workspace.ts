import { ENTITIES } from '../../shared/changes/kinds.ts';
import type { CallArgs } from '../../shared/contract/index.ts';
import type { AppState } from '../../shared/contract/app.ts';
import { isUnnamed } from '../../shared/model/person-name.ts';
import { Fault } from '../../shared/errors.ts';
import { fingerprintOf, publicKeyOf } from '../project/people/people.ts';
import { type Alterations, createAlterations } from './alterations.ts';
import { createDamaged, type Damaged } from './damaged.ts';
import { createEngines, type EngineHooks, type Engines, type OpenProject } from './engines.ts';
import type { Home } from './home.ts';
import { createExchange, type Exchange } from './exchange.ts';
import { createImportExport, type ImportExport } from './import-export.ts';
import type { Older } from './last-seen.ts';
import { createLock, type Lock } from './lock.ts';
import { createMerge, type Merge } from './merge.ts';
import {
  createFilesAwaitingPassphrase,
  createOfferedFiles,
  type FilesAwaitingPassphrase,
  type OfferedFiles,
} from './offered-files.ts';
import { createOpening, type Opening } from './open-project.ts';
import { createPeople, type People } from './people.ts';
import type { Actor, Projects } from './projects.ts';
import { createRestore, type Restore } from './restore.ts';
import { createSafeguards, type Safeguards } from './safeguards.ts';
import { createRunningJobs, type RunningJobs } from './running-jobs.ts';
import type { Shell, WindowId } from './shell.ts';
import { createViewStates, type ViewStates } from './view-states.ts';
import { createStamps, type Stamps } from './stamps.ts';
import { createWindowViews, type WindowViews } from './window-views.ts';

export interface WorkspaceOptions {
  readonly home: Home;
  readonly shell: Shell;
  readonly projects: Projects;
  readonly version: string;
}

/**
 * What windows can do with projects: open, import, export, merge, restore. Both hosts have one; it knows neither Electron
 * nor HTTP. What it cannot do, it throws as a Fault.
 */
export interface Workspace
  extends
    Opening,
    Restore,
    ImportExport,
    Exchange,
    WindowViews,
    People,
    Merge,
    Stamps,
    Safeguards,
    Pick<FilesAwaitingPassphrase, 'fileAwaitingPassphrase' | 'discardFile'> {
  readonly offeredFiles: OfferedFiles;
  readonly views: ViewStates;
  readonly lock: Lock;
  state(window: WindowId): Promise<AppState>;
  /** The project open in the window, or null. */
  project(window: WindowId): Promise<OpenProject | null>;
  /** Whether an import into this project folder is running. */
  isImporting(folder: string): boolean;
  /** Closes the window's project and opens it again, for all windows that show it. */
  reopenProject(window: WindowId): Promise<void>;
  changeSettings(window: WindowId, patch: CallArgs<'app.settings'>): Promise<AppState['settings']>;
}

export function createWorkspace({ home, shell, projects, version }: WorkspaceOptions): Workspace {
  const offeredFiles = createOfferedFiles();
  const jobs = createRunningJobs();
  const views = createViewStates();
  const engines = createEngines(projects, engineHooks(home, shell));
  const actor = (): Actor => ({
    person: home.actor(),
    installation: home.installation(),
    trustedRoots: home.rootsFile,
    cacheStamps: home.cacheStamps,
    replacements: home.replacements,
  });
  const projectOf = async (window: WindowId): Promise<OpenProject> => {
    const open = await engines.of(window);
    if (open === null) throw new Fault('NOT_FOUND', 'No project is open in this window. Open or create one first.');
    return open;
  };
  const damaged = createDamaged(home, projects);
  const given = { home, shell, projects, engines, damaged, actor };
  const older = new Map<string, Older | null>();
  const alterations = createAlterations({ home, shell, engines });
  const opening = createOpening({ ...given, older, alterations });
  const waiting = createFilesAwaitingPassphrase(shell, offeredFiles);
  const restore = createRestore({ ...given, opening, waiting });
  const guarded = openingUnlessImporting({ opening, engines, home, jobs });
  const shownViews = createWindowViews({ shell, engines, opening, restore, damaged, waiting, offeredFiles, views });
  const idleIn = (folder: string): Promise<void> => jobs.idle(folder);
  const lock = createLock({ home, shell, views: shownViews, windows: () => engines.windows(), idleIn });

  return {
    offeredFiles,
    views,
    ...guarded,
    lock,
    ...restore,
    ...createImportExport({ shell, home, offeredFiles, jobs, projectOf }),
    ...createExchange({ shell, offeredFiles, jobs, projectOf }),
    ...viewsUnlessLocked(shownViews, lock),
    ...createSafeguards({ ...given, jobs, views, older, alterations, opening: guarded, projectOf }),
    ...createPeople(home, projectOf),
    ...createStamps({ shell, home, offeredFiles, projectOf }),
    ...createMerge({ shell, home, offeredFiles, jobs, projectOf }),
    fileAwaitingPassphrase: (window) => waiting.fileAwaitingPassphrase(window),
    discardFile: (window, token) => waiting.discardFile(window, token),
    project: async (window) => (lock.isLocked() ? null : engines.of(window)),
    openNamed: async (window, path) => {
      if (lock.isLocked()) lock.hide(window, { folder: path, views: {} });
      else await restore.openNamed(window, path);
    },
    state: createState({ home, shell, engines, damaged, lock, older, alterations, version }),
    isImporting: (folder) => jobs.isRunning('import', folder),
    async restoreBackup(window, name, key) {
      refuseWhileImporting(jobs, 'Restore the backup');
      await restore.restoreBackup(window, name, key);
    },
    async closeProject(window) {
      const open = await engines.of(window);
      if (open !== null && jobs.isRunning('merge', open.folder))
        throw new Fault('NOT_ALLOWED', 'A merge is running. Stop it, or wait until it’s done.');
      await guarded.closeProject(window);
      if (open !== null) views.forget(window);
    },
    async reopenProject(window) {
      refuseWhileImporting(jobs, 'Reopen the project');
      const { folder } = await projectOf(window);
      await engines.reopen(folder, actor, async () => undefined);
      // Another program may have put an older database there.
      older.set(folder, await home.seen.check(folder, (await projectOf(window)).engine));
      for (const shown of engines.windows()) {
        if (engines.folderOf(shown) !== folder) continue;
        shell.tell(shown, 'project.changed', { entities: [...ENTITIES], label: '' });
        shell.tell(shown, 'project.altered', {});
      }
    },
    async changeSettings(_window, patch) {
      const settings = await changeSettings({ home, engines, jobs, actor }, patch);
      if (patch.personName !== undefined) await lock.check();
      return settings;
    },
  };
}

/** Events go to the windows of their project, and what was committed is noted as seen. */
const engineHooks = (home: Home, shell: Shell): EngineHooks => ({
  onEvent(open, windows, { event, payload }) {
    for (const window of windows) shell.tell(window, event, payload);
    if (event === 'project.changed') home.seen.noteSoon(open.folder, open.engine);
  },
  beforeClose: (engine) => home.seen.notePending(engine),
});

/** While the windows are locked, what they are to show is only noted, and shown when they are unlocked. */
function viewsUnlessLocked(views: WindowViews, lock: Lock): WindowViews {
  return {
    ...views,
    shownIn: (window) => lock.hidden(window) ?? views.shownIn(window),
    async showAgain(window, shown) {
      if (lock.isLocked()) lock.hide(window, shown);
      else await views.showAgain(window, shown);
    },
    async closeWindow(window) {
      lock.forget(window);
      await views.closeWindow(window);
    },
    async closeAll() {
      lock.end();
      await views.closeAll();
    },
  };
}

async function changeSettings(
  given: { readonly home: Home; readonly engines: Engines; readonly jobs: RunningJobs; readonly actor: () => Actor },
  patch: CallArgs<'app.settings'>,
): Promise<AppState['settings']> {
  const { home, engines, jobs, actor } = given;
  const isRenamed = patch.personName !== undefined && patch.personName !== home.settings().personName;
  if (isRenamed && jobs.isRunning('import'))
    throw new Fault('NOT_ALLOWED', 'An import is running under your current name. Change it when the import is done.');
  const settings = home.changeSettings(patch);
  // An engine signs as the person it was opened for, so all projects are reopened under the new name.
  if (isRenamed) for (const folder of engines.folders()) await engines.reopen(folder, actor, async () => undefined);
  return settings;
}

/** NOT_ALLOWED while an import is running into this project folder or, without one, into any. `what` completes “… when it’s done”. */
function refuseWhileImporting(jobs: RunningJobs, what: string, folder?: string): void {
  if (jobs.isRunning('import', folder)) throw new Fault('NOT_ALLOWED', `An import is running. ${what} when it’s done.`);
}

/** Opening and closing projects, refused in a window whose project is importing: the last window to leave would close it. */
function openingUnlessImporting(given: {
  readonly opening: Opening;
  readonly engines: Pick<Engines, 'of'>;
  readonly home: Pick<Home, 'keyOf'>;
  readonly jobs: RunningJobs;
}): Opening {
  const { opening, engines, home, jobs } = given;
  const refuse = async (window: WindowId, path?: string): Promise<void> => {
    const open = await engines.of(window);
    if (open === null || (path !== undefined && home.keyOf(path) === home.keyOf(open.folder))) return;
    refuseWhileImporting(jobs, 'Open another project', open.folder);
  };
  return {
    async openPath(window, path) {
      await refuse(window, path);
      return opening.openPath(window, path);
    },
    async newProject(window, input) {
      await refuse(window);
      return opening.newProject(window, input);
    },
    async importProjectFile(window, file, passphrase) {
      await refuse(window);
      return opening.importProjectFile(window, file, passphrase);
    },
    async openSample(window) {
      await refuse(window);
      return opening.openSample(window);
    },
    async closeProject(window) {
      refuseWhileImporting(jobs, 'Close the project', (await engines.of(window))?.folder);
      await opening.closeProject(window);
    },
  };
}

const PLATFORMS: Readonly<Record<string, AppState['platform']>> = { darwin: 'mac', win32: 'windows' };

/** `app.state`: what a window's page knows of the program, its person and its project. */
function createState(given: {
  readonly home: Home;
  readonly shell: Pick<Shell, 'host'>;
  readonly engines: Pick<Engines, 'shownIn' | 'showing'>;
  readonly damaged: Pick<Damaged, 'of' | 'refusal'>;
  readonly lock: Pick<Lock, 'isLocked'>;
  readonly older: ReadonlyMap<string, Older | null>;
  readonly alterations: Pick<Alterations, 'of'>;
  readonly version: string;
}) {
  const { home, shell, engines, damaged, lock, older, alterations, version } = given;
  return async (window: WindowId): Promise<AppState> => {
    const locked = lock.isLocked();
    const { open, showing } = locked ? { open: null, showing: engines.showing(window) } : await engines.shownIn(window);
    const info = open === null ? null : await open.engine.call('project.info', {});
    const person = home.actor();
    return {
      host: shell.host,
      version,
      platform: PLATFORMS[process.platform] ?? 'linux',
      project:
        open === null || info === null ? null : { id: info.id, title: info.title, place: home.placeOf(open.folder) },
      showing,
      damaged: open === null && !locked ? damaged.of(window) : null,
      refused: open === null && !locked ? damaged.refusal(window) : null,
      person: { id: person.id, name: person.name, fingerprint: fingerprintOf(publicKeyOf(person)) },
      needsName: isUnnamed(person.name),
      key: { protection: home.ownPerson(person.name).protection, hasStore: home.hasKeyStore() },
      locked,
      older: open === null ? null : (older.get(open.folder) ?? null),
      altered: open === null ? null : alterations.of(open.folder),
      settings: home.settings(),
      recents: locked ? [] : home.recents(),
      nativeDialogs: shell.host === 'electron',
      projectsPlace: home.placeOf(home.projectsFolder),
      dataPlace: home.placeOf(home.folder),
    };
  };
}
