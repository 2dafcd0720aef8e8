import type { CallArgs, CallOutput, HostCallName } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';
import { diagnostics, diagnosticsText } from '../log/diagnostics.ts';
import { loggedPageError } from '../log/entry.ts';
import { logPageError } from '../log/log.ts';
import { assignTo } from './assign.ts';
import { conflictCopies } from './conflict-copies.ts';
import type { Desk } from './desk.ts';
import type { Home } from './home.ts';
import { isProjectFile } from './names.ts';
import { isAboutPassphrase } from './secrets.ts';
import type { Shell, WindowId } from './shell.ts';

/** The host's calls of the contract, each for the window that asked. */
export type HostCalls = {
  readonly [N in HostCallName]: (window: WindowId, input: CallArgs<N>) => Promise<CallOutput<N>>;
};

/** All `host` calls (shared/contract/app.ts), implemented once for both hosts. */
export function createHostCalls(desk: Desk, home: Home, shell: Shell): HostCalls {
  return {
    'app.state': (window) => desk.state(window),
    'app.newProject': async (window, input) => ({ opened: await desk.newProject(window, input) }),
    'app.openProject': async (window) => {
      const path = await shell.pickProject(window);
      return { opened: path !== null && (await openChosen(desk, window, path)) };
    },
    'app.openRecent': async (window, { key }) => {
      const folder = home.folderOf(key);
      if (folder === null)
        throw new Fault('NOT_FOUND', 'That project is no longer in the list. Open it from its folder.');
      return { opened: await desk.openPath(window, folder) };
    },
    'app.forgetRecent': async (_window, { key }) => {
      home.forget(key);
      return {};
    },
    'app.clearRecents': async () => {
      home.forgetAll();
      return {};
    },
    'app.openSample': async (window) => ({ opened: await desk.openSample(window) }),
    'app.reopenProject': async (window) => {
      await desk.reopenProject(window);
      return {};
    },
    'app.closeProject': async (window) => {
      await desk.closeProject(window);
      return {};
    },
    'app.newWindow': async (window) => {
      const made = shell.newWindow();
      await desk.showSame(made.window, window);
      return { address: made.address };
    },
    'app.importProjectFile': (window, input) => importSent(desk, window, input),
    'app.waitingFile': async (window) => ({ offer: desk.waitingFile(window) }),
    'app.leaveFile': async (window, { offer }) => {
      desk.leaveFile(window, offer);
      return {};
    },
    'app.pickSources': async (window, { what }) => {
      const paths = await shell.pickSources(window, what);
      return { offers: paths.map((path) => desk.offers.add(window, path)) };
    },
    'app.importSources': (window, input) => desk.importSources(window, input),
    'app.exportProject': (window, options) => desk.exportProject(window, options),
    'app.showExported': async (window) => {
      shell.showExported(window);
      return {};
    },
    'app.cancelExport': async (window) => {
      await desk.cancelExport(window);
      return {};
    },
    'app.writeReport': (window, input) => desk.writeReport(window, input),
    'app.assign': (window, input) => assignTo(shell, (one) => desk.project(one), window, input),
    'app.pickMerge': (window, { what }) => desk.pickMerge(window, what),
    'app.previewMerge': (window, input) => desk.previewMerge(window, input),
    'app.merge': (window, input) => desk.merge(window, input),
    'app.cancelMerge': async (window) => {
      await desk.cancelMerge(window);
      return {};
    },
    'app.conflictCopies': async (window) => {
      const folder = (await desk.project(window))?.folder;
      return { copies: folder === undefined ? [] : conflictCopies(folder) };
    },
    'app.people': (window) => desk.people(window),
    'app.trustPerson': (window, input) => desk.trustPerson(window, input),
    'app.backupsOf': async (window, { key }) => ({ backups: await desk.backupsOf(window, key) }),
    'app.restoreBackup': async (window, { name, key }) => {
      await desk.restoreBackup(window, name, key);
      return { opened: true };
    },
    'app.settings': (window, patch) => desk.changeSettings(window, patch),
    ...DIAGNOSTICS,
  };
}

const DIAGNOSTICS: Pick<HostCalls, 'app.diagnostics' | 'app.reportError'> = {
  'app.diagnostics': async () => ({ text: diagnosticsText(diagnostics()) }),
  'app.reportError': async (_window, { name, stack }) => {
    logPageError(loggedPageError(name, stack));
    return {};
  },
};

/** What was chosen in a dialog. A file that asks for a passphrase stays at hand as an offer, which the error names. */
async function openChosen(desk: Desk, window: WindowId, path: string): Promise<boolean> {
  try {
    return await desk.openPath(window, path);
  } catch (thrown) {
    if (!isAboutPassphrase(thrown)) throw thrown;
    const { code, message, context } = thrown.data;
    const { token, name } = desk.offers.add(window, path);
    throw new Fault(code, message, { ...context, offer: token, name });
  }
}

/** One that asks for a passphrase, or another, stays at hand; else it counts once. */
async function importSent(
  desk: Desk,
  window: WindowId,
  { offer, passphrase }: CallArgs<'app.importProjectFile'>,
): Promise<CallOutput<'app.importProjectFile'>> {
  const file = desk.offers.look(window, offer);
  const done = (): void => desk.leaveFile(window, offer);
  try {
    if (!isProjectFile(file))
      throw new Fault('BAD_INPUT', 'This isn’t a project file. Choose one ending in .sbk or .sbk.age.');
    const opened = await desk.importProjectFile(window, file, passphrase);
    done();
    return { opened };
  } catch (thrown) {
    if (!isAboutPassphrase(thrown)) done();
    throw thrown;
  }
}
