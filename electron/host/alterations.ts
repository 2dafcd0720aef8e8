import type { AppState } from '../../shared/contract/app.ts';
import { logError } from '../log/log.ts';
import type { Engines, OpenProject } from './engines.ts';
import type { Home } from './home.ts';
import type { Engine } from './projects.ts';
import type { Shell } from './shell.ts';

/**
 * Projects whose database another program changed. A folder that came from elsewhere, or that something else wrote in, is
 * compared with its signed history after it was opened, in a thread of its own: opening doesn’t wait for it.
 */
export interface Alterations {
  /** Compares it unless this installation left it as it is, and tells its windows what was found. */
  look(open: OpenProject): void;
  of(folder: string): AppState['altered'];
  forget(folder: string): void;
}

export interface AlterationsOptions {
  readonly home: Pick<Home, 'seen'>;
  readonly shell: Pick<Shell, 'tell'>;
  readonly engines: Pick<Engines, 'folderOf' | 'windows'>;
}

/** Milliseconds after opening, when the window has read what it shows first. */
const AFTER = 1000;

export function createAlterations({ home, shell, engines }: AlterationsOptions): Alterations {
  const found = new Map<string, number>();
  const looked = new WeakSet<Engine>();

  const forget = (folder: string): void => void found.delete(folder);

  const compare = async ({ folder, engine }: OpenProject): Promise<void> => {
    if (await home.seen.isCompared(folder, engine)) return forget(folder);
    const { failures } = await engine.call('project.verifyDatabase', {});
    // Closed meanwhile: it is compared when it is opened again.
    if (failures === null) return;
    if (failures.length === 0) {
      forget(folder);
      await home.seen.noteCompared(folder, engine);
      return;
    }
    found.set(folder, failures.length);
    for (const window of engines.windows())
      if (engines.folderOf(window) === folder) shell.tell(window, 'project.altered', {});
  };

  return {
    look(open) {
      if (looked.has(open.engine)) return;
      looked.add(open.engine);
      setTimeout(() => {
        compare(open).catch((thrown: unknown) => logError(thrown, { event: 'job-failed', job: 'compare' }));
      }, AFTER).unref();
    },
    of: (folder) => found.get(folder) ?? null,
    forget,
  };
}
