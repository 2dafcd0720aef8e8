import { Fault } from '../../shared/errors.ts';
import type { Engines } from './engines.ts';
import type { Home } from './home.ts';
import type { Opening } from './open-project.ts';
import type { WindowId } from './shell.ts';
import type { ImportExport } from './import-export.ts';

export interface LeavingOptions {
  readonly opening: Opening;
  readonly engines: Pick<Engines, 'of'>;
  readonly home: Pick<Home, 'keyOf'>;
  readonly transfer: Pick<ImportExport, 'isImporting'>;
}

/** Throws NOT_ALLOWED while an import runs into a project folder or, without one, into any. `what` completes "… when it is done". */
export function refuseWhileImporting(
  { isImporting }: Pick<ImportExport, 'isImporting'>,
  what: string,
  folder?: string,
): void {
  if (isImporting(folder)) throw new Fault('NOT_ALLOWED', `An import is running. ${what} when it’s done.`);
}

/** Opening as it is, but that no window leaves a project that is being imported into: with the last of them it would be closed. */
export function openingUnlessImporting({ opening, engines, home, transfer }: LeavingOptions): Opening {
  const refuse = async (window: WindowId, path?: string): Promise<void> => {
    const open = await engines.of(window);
    if (open === null || (path !== undefined && home.keyOf(path) === home.keyOf(open.folder))) return;
    refuseWhileImporting(transfer, 'Open another project', open.folder);
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
      refuseWhileImporting(transfer, 'Close the project', (await engines.of(window))?.folder);
      await opening.closeProject(window);
    },
  };
}
