import { ENTITIES } from '../../shared/changes/registry.ts';
import type { CallArgs } from '../../shared/contract/index.ts';
import type { AppState } from '../../shared/contract/app.ts';
import { Fault } from '../../shared/errors.ts';
import { createDamaged } from './damaged.ts';
import { createEngines, type OpenProject } from './engines.ts';
import type { Home } from './home.ts';
import { openingUnlessImporting, refuseWhileImporting } from './import-guard.ts';
import { createMerge, type Merge } from './merge.ts';
import { createPeople, type People } from './people.ts';
import { createOffers, type Offers } from './offers.ts';
import { createOpening, type Opening } from './open-project.ts';
import type { Actor, EngineEvent, Projects } from './projects.ts';
import { createRestore, type Restore } from './restore.ts';
import type { Shell, WindowId } from './shell.ts';
import { createWindowViews, type WindowViews } from './window-views.ts';
import { createState } from './state.ts';
import { createImportExport, type ImportExport } from './import-export.ts';
import { createWaitingFiles, type WaitingFiles } from './waiting-files.ts';
import { createViewStates, type ViewStates } from './view-states.ts';

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
export interface Desk
  extends
    Opening,
    Restore,
    ImportExport,
    WindowViews,
    People,
    Omit<Merge, 'isMerging'>,
    Omit<WaitingFiles, 'add' | 'forget'> {
  readonly offers: Offers;
  readonly views: ViewStates;
  state(window: WindowId): Promise<AppState>;
  /** What the window shows, or null. */
  project(window: WindowId): Promise<OpenProject | null>;
  /** Opens the window's project anew, for all windows that show it. */
  reopenProject(window: WindowId): Promise<void>;
  changeSettings(window: WindowId, patch: CallArgs<'app.settings'>): Promise<AppState['settings']>;
}

export function createDesk({ home, shell, projects, version }: DeskOptions): Desk {
  const offers = createOffers();
  const engines = createEngines(projects, (windows, { event, payload }: EngineEvent) => {
    for (const window of windows) shell.tell(window, event, payload);
  });
  const actor = (): Actor => ({ person: home.person(), installation: home.installation() });
  const projectOf = async (window: WindowId): Promise<OpenProject> => {
    const open = await engines.of(window);
    if (open === null) throw new Fault('NOT_FOUND', 'No project is open in this window. Open or create one first.');
    return open;
  };
  const damaged = createDamaged(home, projects);
  const opening = createOpening({ home, shell, projects, engines, damaged, actor });
  const waiting = createWaitingFiles(shell, offers);
  const restoring = createRestore({ home, projects, engines, damaged, opening, waiting, actor });
  const transfer = createImportExport(shell, offers, projectOf);
  const merging = createMerge({ shell, home, offers, projectOf });
  const views = createViewStates();
  const unlessImporting = openingUnlessImporting({ opening, engines, home, transfer });
  const showing = createWindowViews({ shell, engines, opening, restoring, damaged, waiting, offers, views });

  return {
    offers,
    views,
    ...unlessImporting,
    ...restoring,
    ...transfer,
    ...showing,
    ...createPeople(home, projectOf),
    ...merging,
    waitingFile: (window) => waiting.waitingFile(window),
    leaveFile: (window, token) => waiting.leaveFile(window, token),
    project: (window) => engines.of(window),
    state: createState({ home, shell, engines, damaged, version }),
    async restoreBackup(window, name, key) {
      refuseWhileImporting(transfer, 'Restore the backup');
      await restoring.restoreBackup(window, name, key);
    },
    async closeProject(window) {
      const open = await engines.of(window);
      if (open !== null && merging.isMerging(open.folder))
        throw new Fault('NOT_ALLOWED', 'A merge is running. Stop it, or wait until it’s done.');
      await unlessImporting.closeProject(window);
      if (open !== null) views.forget(window);
    },
    async reopenProject(window) {
      refuseWhileImporting(transfer, 'Reopen the project');
      const { folder } = await projectOf(window);
      await engines.reopen(folder, actor, async () => undefined);
      for (const shown of engines.windows())
        if (engines.folderOf(shown) === folder)
          shell.tell(shown, 'project.changed', { entities: [...ENTITIES], label: '' });
    },
    async changeSettings(_window, patch) {
      const renamed = patch.personName !== undefined && patch.personName !== home.settings().personName;
      if (renamed && transfer.isImporting()) {
        throw new Fault(
          'NOT_ALLOWED',
          'An import is running under your current name. Change it when the import is done.',
        );
      }
      const settings = home.changeSettings(patch);
      // Who acts is fixed when a project is opened, so all are opened again: the new name counts from here on.
      if (renamed) for (const folder of engines.folders()) await engines.reopen(folder, actor, async () => undefined);
      return settings;
    },
  };
}
