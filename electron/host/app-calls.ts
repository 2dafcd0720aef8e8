import { existsSync } from 'node:fs';
import type { CallArgs, CallOutput, HostCallName } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';
import { ENCRYPTED_SUFFIX } from '../project/export/encryption.ts';
import { diagnostics, diagnosticsText } from '../log/diagnostics.ts';
import { loggedPageError } from '../log/entry.ts';
import { logPageError } from '../log/log.ts';
import { conflictCopies } from './conflict-copies.ts';
import type { Home } from './home.ts';
import { isEncryptedProject, isProjectFile } from './file-names.ts';
import { isAboutPassphrase } from './secrets.ts';
import type { Shell, WindowId } from './shell.ts';
import type { Workspace } from './workspace.ts';

/** The contract's host calls, each with the window that makes it. */
export type HostCalls = {
  readonly [N in HostCallName]: (window: WindowId, input: CallArgs<N>) => Promise<CallOutput<N>>;
};

/** Calls that write a file where the person says. */
function writingCalls(workspace: Workspace) {
  return {
    'app.writeReport': (window, input) => workspace.writeReport(window, input),
    'app.writeDraftReport': (window, input) => workspace.writeDraftReport(window, input),
    'app.writeDossier': (window, asked) => workspace.writeDossier(window, asked),
    'app.writeEvidence': (window, input) => workspace.writeEvidence(window, input),
    'app.writeChart': (window, input) => workspace.writeChart(window, input),
    'app.writeStampRequest': (window, input) => workspace.writeStampRequest(window, input),
    'app.writeStamp': (window, input) => workspace.writeStamp(window, input),
  } satisfies Partial<HostCalls>;
}

/** All `host` calls (shared/contract/app.ts), implemented once for both hosts. */
export function createHostCalls(workspace: Workspace, home: Home, shell: Shell): HostCalls {
  return {
    'app.state': (window) => workspace.state(window),
    'app.newProject': async (window, input) => ({ opened: await workspace.newProject(window, input) }),
    'app.openProject': async (window) => {
      const path = await shell.pickProject(window);
      return { opened: path !== null && (await openChosen(workspace, window, path)) };
    },
    'app.openRecent': async (window, { key }) => {
      const folder = home.folderOf(key);
      if (folder === null)
        throw new Fault('NOT_FOUND', 'That project is no longer in the list. Open it from its folder.');
      const encrypted = `${folder}${ENCRYPTED_SUFFIX}`;
      const isEncrypted = !existsSync(folder) && existsSync(encrypted);
      return { opened: await openChosen(workspace, window, isEncrypted ? encrypted : folder) };
    },
    'app.forgetRecent': async (_window, { key }) => {
      home.forget(key);
      return {};
    },
    'app.clearRecents': async () => {
      home.forgetAll();
      return {};
    },
    'app.openSample': async (window) => ({ opened: await workspace.openSample(window) }),
    'app.reopenProject': async (window) => {
      await workspace.reopenProject(window);
      return {};
    },
    'app.closeProject': async (window) => {
      await workspace.closeProject(window);
      return {};
    },
    'app.newWindow': async (window) => {
      const made = shell.newWindow();
      await workspace.showSame(made.window, window);
      return { address: made.address };
    },
    'app.importProjectFile': (window, input) => importSent(workspace, window, input),
    'app.waitingFile': async (window) => ({ offer: workspace.fileAwaitingPassphrase(window) }),
    'app.leaveFile': async (window, { offer }) => {
      workspace.discardFile(window, offer);
      return {};
    },
    'app.pickSources': async (window, { what }) => {
      const paths = await shell.pickSources(window, what);
      return { offers: paths.map((path) => workspace.offeredFiles.add(window, path)) };
    },
    'app.importSources': (window, input) => workspace.importSources(window, input),
    'app.exportProject': (window, options) => workspace.exportProject(window, options),
    'app.showExported': async (window) => {
      shell.showExported(window);
      return {};
    },
    ...writingCalls(workspace),
    'app.openDraft': (window, input) => workspace.openDraft(window, input),
    'app.assign': (window, input) => workspace.assign(window, input),
    'app.pickMerge': (window, { what }) => workspace.pickMerge(window, what),
    'app.previewMerge': (window, input) => workspace.previewMerge(window, input),
    'app.merge': (window, input) => workspace.merge(window, input),
    'app.cancelMerge': async (window) => {
      await workspace.cancelMerge(window);
      return {};
    },
    'app.conflictCopies': async (window) => {
      const folder = (await workspace.project(window))?.folder;
      return { copies: folder === undefined ? [] : conflictCopies(folder) };
    },
    'app.people': (window) => workspace.people(window),
    'app.trustPerson': (window, input) => workspace.trustPerson(window, input),
    'app.settings': (window, patch) => workspace.changeSettings(window, patch),
    ...exchangeCalls(workspace),
    ...stampCalls(workspace),
    ...safetyCalls(workspace, home),
    ...DIAGNOSTICS,
  };
}

/** An authority that a person names, and the roots that are trusted here. */
function stampCalls(workspace: Workspace) {
  return {
    'app.askAuthority': (window, input) => workspace.askAuthority(window, input),
    'app.hashOffer': (window, input) => workspace.hashOffer(window, input),
    'app.trustedRoots': (window, input) => workspace.trustedRoots(window, input),
    'app.readRoots': (window, input) => workspace.readRoots(window, input),
    'app.trustRoots': (window, input) => workspace.trustRoots(window, input),
    'app.removeRoot': (window, input) => workspace.removeRoot(window, input),
  } satisfies Partial<HostCalls>;
}

const exchangeCalls = (
  workspace: Workspace,
): Pick<
  HostCalls,
  | 'app.cancelExport'
  | 'app.exportExchange'
  | 'app.previewExchange'
  | 'app.importExchange'
  | 'app.checkDossier'
  | 'app.cancelExchange'
  | 'app.stopChange'
> => ({
  'app.checkDossier': (window, input) => workspace.checkDossier(window, input),
  'app.exportExchange': (window, input) => workspace.exportExchange(window, input),
  'app.previewExchange': (window, input) => workspace.previewExchange(window, input),
  'app.importExchange': (window, input) => workspace.importExchange(window, input),
  'app.cancelExport': async (window) => {
    await workspace.cancelExport(window);
    return {};
  },
  'app.cancelExchange': async (window) => {
    await workspace.cancelExchange(window);
    return {};
  },
  'app.stopChange': async (window, { what }) => {
    (await workspace.project(window))?.engine.interrupt(what);
    return {};
  },
});

type SafetyCalls = Pick<
  HostCalls,
  | 'app.setKeyPassphrase'
  | 'app.removeKeyPassphrase'
  | 'app.lock'
  | 'app.unlock'
  | 'app.active'
  | 'app.closeEncrypted'
  | 'app.cancelCloseEncrypted'
  | 'app.rebuildProject'
  | 'app.acceptOlder'
  | 'app.lacking'
  | 'app.backupsOf'
  | 'app.restoreBackup'
>;

function safetyCalls(workspace: Workspace, home: Home): SafetyCalls {
  const { lock } = workspace;
  const name = (): string => home.settings().personName;
  return {
    'app.closeEncrypted': (window, { passphrase }) => workspace.closeEncrypted(window, passphrase),
    'app.cancelCloseEncrypted': async (window) => {
      workspace.cancelCloseEncrypted(window);
      return {};
    },
    'app.rebuildProject': async (window, { key }) => ({ opened: await workspace.rebuildProject(window, key) }),
    'app.acceptOlder': async (window) => {
      await workspace.acceptOlder(window);
      return {};
    },
    'app.lacking': async (window) => ({ lacking: await workspace.lacking(window) }),
    'app.backupsOf': async (window, { key }) => ({ backups: await workspace.backupsOf(window, key) }),
    'app.restoreBackup': async (window, { name, key }) => {
      await workspace.restoreBackup(window, name, key);
      return { opened: true };
    },
    'app.setKeyPassphrase': async (_window, { passphrase, current }) => {
      await home.setPassphrase(name(), passphrase, current);
      lock.active();
      return {};
    },
    'app.removeKeyPassphrase': async (_window, { current }) => {
      await home.removePassphrase(name(), current);
      return {};
    },
    'app.lock': async () => {
      await lock.lock();
      return {};
    },
    'app.unlock': async (_window, { passphrase }) => {
      await lock.unlock(passphrase);
      return {};
    },
    'app.active': async () => {
      lock.active();
      return {};
    },
  };
}

const DIAGNOSTICS: Pick<HostCalls, 'app.diagnostics' | 'app.reportError'> = {
  'app.diagnostics': async () => ({ text: diagnosticsText(diagnostics()) }),
  'app.reportError': async (_window, { name, stack }) => {
    logPageError(loggedPageError(name, stack));
    return {};
  },
};

/** Opens what was chosen in a dialog. A file that needs a passphrase stays available as an offer, which the error names. */
async function openChosen(workspace: Workspace, window: WindowId, path: string): Promise<boolean> {
  try {
    return await workspace.openPath(window, path);
  } catch (thrown) {
    if (!isAboutPassphrase(thrown)) throw thrown;
    const { code, message, context } = thrown.data;
    const { token, name } = workspace.offeredFiles.add(window, path);
    throw new Fault(code, message, { ...context, offer: token, name });
  }
}

/** A file that needs a passphrase, or another one, stays available; otherwise its token is used up. */
async function importSent(
  workspace: Workspace,
  window: WindowId,
  { offer, passphrase }: CallArgs<'app.importProjectFile'>,
): Promise<CallOutput<'app.importProjectFile'>> {
  const file = workspace.offeredFiles.pathOf(window, offer);
  const discard = (): void => workspace.discardFile(window, offer);
  try {
    if (!isProjectFile(file) && !isEncryptedProject(file))
      throw new Fault(
        'BAD_INPUT',
        'This isn’t a project file. Choose one ending in .sbk, .sbk.age or .sourcebook.age.',
      );
    const opened = await workspace.importProjectFile(window, file, passphrase);
    discard();
    return { opened };
  } catch (thrown) {
    if (!isAboutPassphrase(thrown)) discard();
    throw thrown;
  }
}
