import type { CallOutput } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';
import type { EncryptProgress } from '../engine/encrypted-project.ts';
import type { Alterations } from './alterations.ts';
import type { Damaged } from './damaged.ts';
import type { Engines, OpenProject } from './engines.ts';
import type { Home } from './home.ts';
import type { Older } from './last-seen.ts';
import type { Opening } from './open-project.ts';
import type { Actor, Projects } from './projects.ts';
import type { RunningJobs } from './running-jobs.ts';
import { openSavedWindowsFile } from './saved-windows-file.ts';
import type { Lacking } from './seen-chains.ts';
import type { Shell, WindowId } from './shell.ts';
import type { ViewStates } from './view-states.ts';

/** What protects a project from others, and what helps where its database isn’t what it was. */
export interface Safeguards {
  /** Makes one encrypted file of the window's project and removes its folder. */
  closeEncrypted(window: WindowId, passphrase: string): Promise<CallOutput<'app.closeEncrypted'>>;
  /** Cancels that, for as long as the folder is still there: the call then fails with CANCELLED and the project is open again. */
  cancelCloseEncrypted(window: WindowId): void;
  /** What other copies of the window's project had, and this one lacks. */
  lacking(window: WindowId): Promise<Lacking | null>;
  /** The person says that the older state of the window's project is right. */
  acceptOlder(window: WindowId): Promise<void>;
  /**
   * Makes the database of the window's project or, with a key, of the project that this window couldn't open again from its log,
   * and opens it.
   */
  rebuildProject(window: WindowId, key?: string): Promise<boolean>;
}

export interface SafeguardOptions {
  readonly home: Home;
  readonly shell: Pick<Shell, 'tell'>;
  readonly projects: Projects;
  readonly engines: Engines;
  readonly jobs: RunningJobs;
  readonly views: ViewStates;
  readonly damaged: Damaged;
  readonly older: Map<string, Older | null>;
  readonly alterations: Pick<Alterations, 'forget'>;
  readonly opening: Pick<Opening, 'openPath'>;
  readonly actor: () => Actor;
  readonly projectOf: (window: WindowId) => Promise<OpenProject>;
}

export function createSafeguards(options: SafeguardOptions): Safeguards {
  const { home, shell, projects, engines, jobs, views, damaged, older, alterations, opening, actor, projectOf } =
    options;
  const encrypting = new Map<string, AbortController>();
  return {
    cancelCloseEncrypted: (window) => encrypting.get(engines.folderOf(window) ?? '')?.abort(),
    async closeEncrypted(window, passphrase) {
      const { folder, engine } = await projectOf(window);
      refuseWhileBusy(jobs, folder);
      const shown = engines.windows().filter((one) => engines.folderOf(one) === folder);
      for (const one of shown) await views.leave(one, { folder, engine });
      let file = '';
      const cancelling = new AbortController();
      encrypting.set(folder, cancelling);
      const onProgress = (progress: EncryptProgress): void => {
        for (const one of shown) shell.tell(one, 'closing.progress', progress);
      };
      const windows = await engines
        .end(folder, actor, async () => {
          file = await projects.encrypt(folder, actor(), passphrase, { onProgress, signal: cancelling.signal });
        })
        .finally(() => encrypting.delete(folder));
      home.forgetTitle(folder);
      openSavedWindowsFile(home.folder).forgetProject(folder);
      for (const one of windows) {
        views.forget(one);
        shell.tell(one, 'project.closed', { showing: engines.showing(one) });
      }
      return { place: home.placeOf(file) };
    },
    async lacking(window) {
      return home.seen.lacking((await projectOf(window)).engine);
    },
    async acceptOlder(window) {
      const { folder, engine } = await projectOf(window);
      await home.seen.accept(folder, engine);
      older.delete(folder);
    },
    async rebuildProject(window, key) {
      const folder = key === undefined ? (await projectOf(window)).folder : damaged.folderOf(window, key);
      if (folder === null) throw new Fault('NOT_FOUND', 'That project is no longer listed here. Open it again.');
      refuseWhileBusy(jobs, folder);
      const rebuild = (): Promise<void> => projects.rebuild(folder, actor());
      if (engines.folders().includes(folder)) await engines.reopen(folder, actor, rebuild);
      else await rebuild();
      alterations.forget(folder);
      return opening.openPath(window, folder);
    },
  };
}

/** NOT_ALLOWED while anything is running that reads or writes this project. */
function refuseWhileBusy(jobs: RunningJobs, folder: string): void {
  const kinds = ['import', 'merge', 'export'] as const;
  if (kinds.some((kind) => jobs.isRunning(kind, folder)))
    throw new Fault('NOT_ALLOWED', 'An import, export or merge is running. Stop it, or wait until it’s done.');
}
