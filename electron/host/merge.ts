import { statSync } from 'node:fs';
import type { CallArgs, CallOutput } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';
import { conflictCopyAt } from './conflict-copies.ts';
import type { OpenProject } from './engines.ts';
import type { Home } from './home.ts';
import type { OfferedFiles } from './offered-files.ts';
import type { RunningJobs } from './running-jobs.ts';
import { forMerge, type MergeSecrets, secretsFor } from './secrets.ts';
import type { Shell, WindowId } from './shell.ts';
import { knownAmong } from './trust.ts';

/** Merging files, folders and conflict copies into a window's project. */
export interface Merge {
  pickMerge(window: WindowId, what: 'file' | 'folder'): Promise<CallOutput<'app.pickMerge'>>;
  previewMerge(window: WindowId, input: CallArgs<'app.previewMerge'>): Promise<CallOutput<'app.previewMerge'>>;
  merge(window: WindowId, input: CallArgs<'app.merge'>): Promise<CallOutput<'app.merge'>>;
  /** Cancels the merge or preview running in this window's project. */
  cancelMerge(window: WindowId): Promise<void>;
}

interface MergeOptions {
  readonly shell: Pick<Shell, 'pickMerge'>;
  readonly home: Pick<Home, 'folderOf' | 'ownPeople' | 'ageIdentity' | 'known'>;
  readonly offeredFiles: OfferedFiles;
  readonly jobs: RunningJobs;
  readonly projectOf: (window: WindowId) => Promise<OpenProject>;
}

type MergeInput = CallArgs<'app.previewMerge'>;
interface IncomingFile extends MergeSecrets {
  readonly path: string;
}

export function createMerge({ shell, home, offeredFiles, jobs, projectOf }: MergeOptions): Merge {
  const pathOf = (window: WindowId, { from }: MergeInput, folder: string): string => {
    if ('offer' in from) return offeredFiles.pathOf(window, from.offer);
    if ('copy' in from) return conflictCopyAt(folder, from.copy);
    const other = home.folderOf(from.recent);
    if (other === null)
      throw new Fault('NOT_FOUND', 'That project is no longer in the list. Choose it from its folder.');
    if (other === folder) throw new Fault('BAD_INPUT', 'This is the project you have open. Choose another.');
    return other;
  };

  /** A file encrypted to a person of this installation is opened with their identity; otherwise a passphrase is needed. */
  const withSecrets = async (path: string, given: string | undefined): Promise<IncomingFile> => {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return { path };
    return { path, ...forMerge(await secretsFor(home, path, given)) };
  };

  /** One merge or preview at a time in a project: cancelling one would stop the other too. */
  const runAlone = async <T>({ folder }: OpenProject, work: () => Promise<T>): Promise<T> => {
    if (jobs.isRunning('merge', folder))
      throw new Fault('NOT_ALLOWED', 'A merge into this project is running. Wait until it’s done, or stop it.');
    return jobs.run('merge', folder, work);
  };

  return {
    async pickMerge(window, what) {
      const path = await shell.pickMerge(window, what);
      return { offers: path === null ? [] : [offeredFiles.add(window, path)] };
    },
    async previewMerge(window, input) {
      const open = await projectOf(window);
      const from = await withSecrets(pathOf(window, input, open.folder), input.passphrase);
      const chosen = input.add === undefined ? {} : { add: input.add };
      const preview = await runAlone(open, () => open.engine.call('merge.preview', { ...from, ...chosen }));
      return { ...preview, byPerson: knownAmong(preview.byPerson, home) };
    },
    async merge(window, input) {
      const open = await projectOf(window);
      const from = await withSecrets(pathOf(window, input, open.folder), input.passphrase);
      const { restore } = input;
      const chosen = input.add === undefined ? { restore } : { restore, add: input.add };
      const report = await runAlone(open, () => open.engine.call('merge.apply', { ...from, ...chosen }));
      // The uploaded copy is removed only now, so that a failed merge can be tried again.
      if ('offer' in input.from) offeredFiles.take(window, [input.from.offer]).release();
      return report;
    },
    async cancelMerge(window) {
      const { folder, engine } = await projectOf(window);
      if (jobs.isRunning('merge', folder)) engine.interrupt();
    },
  };
}
