import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { CallArgs } from '../../shared/contract/index.ts';
import { checkSecrets, sniffEncrypted } from '../project/export/encryption.ts';
import type { Alterations } from './alterations.ts';
import type { Damaged } from './damaged.ts';
import type { Engines, OpenProject } from './engines.ts';
import type { Home } from './home.ts';
import type { Older } from './last-seen.ts';
import {
  folderOfEncrypted,
  freePath,
  isEncryptedProject,
  isProjectFile,
  projectFileStem,
  PROJECT_SUFFIX,
} from './file-names.ts';
import { fileNameOf } from '../../shared/text/file-name.ts';
import type { Actor, Projects } from './projects.ts';
import { isUploaded } from './browser/temporary-files.ts';
import { passphraseNeeded, secretsFor } from './secrets.ts';
import { Fault } from '../../shared/errors.ts';
import type { Shell, WindowId } from './shell.ts';

/** Opening projects in windows and closing them. False: the person cancelled the dialog. */
export interface Opening {
  /** A project folder, a project file (which becomes a new project) or an encrypted project (whose folder is made again). */
  openPath(window: WindowId, path: string): Promise<boolean>;
  newProject(window: WindowId, input: CallArgs<'app.newProject'>): Promise<boolean>;
  /** Makes a project of a file. An encrypted one opens with an identity of this installation's people, or the passphrase: PASSWORD_NEEDED, PASSWORD_WRONG. */
  importProjectFile(window: WindowId, file: string, passphrase?: string): Promise<boolean>;
  openSample(window: WindowId): Promise<boolean>;
  /** Removes the project from the window, and closes it if no other window shows it. */
  closeProject(window: WindowId): Promise<void>;
}

export interface OpeningOptions {
  readonly home: Home;
  readonly shell: Shell;
  readonly projects: Projects;
  readonly engines: Engines;
  readonly damaged: Damaged;
  readonly actor: () => Actor;
  /** Folders whose project is in an older state than was seen last. */
  readonly older: Map<string, Older | null>;
  readonly alterations: Pick<Alterations, 'look'>;
}

export function createOpening(options: OpeningOptions): Opening {
  const { home, shell, projects, engines, damaged, actor, older, alterations } = options;
  const noteRecent = async ({ folder, engine }: OpenProject): Promise<string> => {
    await home.seen.notePending(engine);
    older.set(folder, await home.seen.check(folder, engine));
    const { title, sources } = await engine.call('project.info', {});
    home.remember({ folder, title, sources });
    return title;
  };

  /** Updates the list of recent projects and tells the window that the project is open. */
  const announce = async (window: WindowId, open: OpenProject): Promise<void> => {
    const title = await noteRecent(open);
    shell.tell(window, 'project.opened', { title, showing: engines.showing(window) });
    // The page may have read `app.state` since the project entered the window, before this was known.
    if ((older.get(open.folder) ?? null) !== null) shell.tell(window, 'project.altered', {});
    alterations.look(open);
  };

  const enter = async (window: WindowId, folder: string): Promise<true> => {
    damaged.forget(window);
    try {
      await announce(window, await engines.enter(window, folder, actor));
    } catch (thrown) {
      const showsRestore = (await damaged.note(window, folder, thrown)) && (await engines.of(window)) === null;
      // The start screen is drawn again, and now offers the backups.
      if (showsRestore) shell.tell(window, 'project.closed', {});
      throw thrown;
    }
    return true;
  };

  /** Asks where to put a new project, makes it and opens it. */
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

  /** Makes the folder again beside the file; of an uploaded one, where new projects go. */
  const openEncrypted = async (window: WindowId, file: string, passphrase?: string): Promise<boolean> => {
    const folder = isUploaded(home.folder, file)
      ? freePath(home.projectsFolder, basename(folderOfEncrypted(file), PROJECT_SUFFIX), PROJECT_SUFFIX)
      : folderOfEncrypted(file);
    if (existsSync(folder))
      throw new Fault(
        'EXISTS',
        `“${basename(folder)}” is beside this file already. Open that folder, or move it elsewhere first.`,
      );
    if (passphrase === undefined) throw passphraseNeeded();
    await projects.decrypt(folder, actor(), file, passphrase);
    return enter(window, folder);
  };

  const importProjectFile = async (window: WindowId, file: string, passphrase?: string): Promise<boolean> => {
    if (isEncryptedProject(file)) return openEncrypted(window, file, passphrase);
    const secrets = await secretsFor(home, file, passphrase);
    // Checked before asking where the project should go.
    if (sniffEncrypted(file) !== null) await checkSecrets(file, secrets);
    return enterNew(window, projectFileStem(basename(file)), (folder) =>
      projects.importFile(folder, actor(), file, secrets),
    );
  };

  return {
    openPath: (window, path) =>
      isProjectFile(path) || isEncryptedProject(path) ? importProjectFile(window, path) : enter(window, path),
    newProject: (window, input) => enterNew(window, input.title, (folder) => projects.create(folder, actor(), input)),
    importProjectFile,
    openSample: (window) => enterNew(window, 'Sourcebook sample', (folder) => projects.makeSample(folder, actor())),
    async closeProject(window) {
      const open = await engines.of(window);
      if (open === null) return;
      try {
        // The list of recent projects shows the number of sources when the project was last used.
        await noteRecent(open);
      } finally {
        await engines.leave(window);
      }
      shell.tell(window, 'project.closed', { showing: engines.showing(window) });
    },
  };
}
