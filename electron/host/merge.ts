import { statSync } from 'node:fs';
import type { CallArgs, CallOutput } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';
import { conflictCopyAt } from './conflict-copies.ts';
import type { OpenProject } from './engines.ts';
import type { Home } from './home.ts';
import type { Offers } from './offers.ts';
import { secretsFor } from './secrets.ts';
import type { Shell, WindowId } from './shell.ts';
import { knownAmong } from './trust.ts';

/** Merging files, folders and conflict copies into a window's project. */
export interface Merge {
  pickMerge(window: WindowId, what: 'file' | 'folder'): Promise<CallOutput<'app.pickMerge'>>;
  previewMerge(window: WindowId, input: CallArgs<'app.previewMerge'>): Promise<CallOutput<'app.previewMerge'>>;
  merge(window: WindowId, input: CallArgs<'app.merge'>): Promise<CallOutput<'app.merge'>>;
  cancelMerge(window: WindowId): Promise<void>;
  /** Whether a merge into this folder is running. */
  isMerging(folder: string): boolean;
}

interface MergeOptions {
  readonly shell: Pick<Shell, 'pickMerge'>;
  readonly home: Pick<Home, 'folderOf' | 'ownPeople' | 'ageIdentity' | 'known'>;
  readonly offers: Offers;
  readonly projectOf: (window: WindowId) => Promise<OpenProject>;
}

type From = CallArgs<'app.previewMerge'>;
interface Opened {
  readonly path: string;
  readonly passphrase?: string;
  readonly identity?: string;
}

export function createMerge({ shell, home, offers, projectOf }: MergeOptions): Merge {
  /** Folders with a running merge or preview. Only one at a time in each: cancelling one would stop the other too. */
  const running = new Set<string>();

  const pathOf = (window: WindowId, { from }: From, folder: string): string => {
    if ('offer' in from) return offers.look(window, from.offer);
    if ('copy' in from) return conflictCopyAt(folder, from.copy);
    const other = home.folderOf(from.recent);
    if (other === null)
      throw new Fault('NOT_FOUND', 'That project is no longer in the list. Choose it from its folder.');
    if (other === folder) throw new Fault('BAD_INPUT', 'This is the project you have open. Choose another.');
    return other;
  };

  /** A file encrypted to a person of this installation is opened with their identity; otherwise a passphrase is needed. */
  const opened = async (path: string, given: string | undefined): Promise<Opened> => {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return { path };
    const { passphrase, identities } = await secretsFor(home, path, given);
    return {
      path,
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(identities === undefined ? {} : { identity: identities.join('\n') }),
    };
  };

  const alone = async <T>({ folder }: OpenProject, work: () => Promise<T>): Promise<T> => {
    if (running.has(folder))
      throw new Fault('NOT_ALLOWED', 'A merge into this project is running. Wait until it’s done, or stop it.');
    running.add(folder);
    try {
      return await work();
    } finally {
      running.delete(folder);
    }
  };

  return {
    async pickMerge(window, what) {
      const path = await shell.pickMerge(window, what);
      return { offers: path === null ? [] : [offers.add(window, path)] };
    },
    async previewMerge(window, input) {
      const open = await projectOf(window);
      const from = await opened(pathOf(window, input, open.folder), input.passphrase);
      const chosen = input.add === undefined ? {} : { add: input.add };
      const preview = await alone(open, () => open.engine.call('merge.preview', { ...from, ...chosen }));
      return { ...preview, byPerson: knownAmong(preview.byPerson, home) };
    },
    async merge(window, input) {
      const open = await projectOf(window);
      const from = await opened(pathOf(window, input, open.folder), input.passphrase);
      const { restore } = input;
      const chosen = input.add === undefined ? { restore } : { restore, add: input.add };
      const report = await alone(open, () => open.engine.call('merge.apply', { ...from, ...chosen }));
      // The uploaded copy is removed only now, so that a failed merge can be tried again.
      if ('offer' in input.from) offers.take(window, [input.from.offer]).release();
      return report;
    },
    async cancelMerge(window) {
      const { folder, engine } = await projectOf(window);
      if (running.has(folder)) engine.interrupt();
    },
    isMerging: (folder) => running.has(folder),
  };
}
