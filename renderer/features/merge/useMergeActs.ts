import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { errorDataOf, useApi, useCall, type Api } from '../../api/index.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { isAboutPassphrase } from '../../common/files/encrypted-file.ts';
import { showTeam } from '../../common/workbench/screens.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { sourcesToAdd, IDLE, previewed, useMerging, type Merged, type Origin } from './merge-state.ts';

export interface MergeActs {
  /** Lets a person choose a project file, or a folder on a host with dialogs, and previews it. */
  readonly choose: (what: 'file' | 'folder') => void;
  /** Previews a merge; nothing is written. */
  readonly look: (origin: Origin) => void;
  /** Tries a passphrase on the encrypted file. */
  readonly open: (passphrase: string) => void;
  /** Previews what was dropped, if it is a project file or folder. Returns whether it was. */
  readonly takeDrop: (transfer: DataTransfer) => boolean;
  /** Merges what the preview shows. `restore` restores the same merge if it was undone. */
  readonly merge: (restore?: boolean) => void;
  /** Stops a running preview or merge, or closes the preview. Nothing has changed. */
  readonly cancel: () => void;
}

const PROJECT_FILE = /\.sbk(?:\.age)?$/i;
/** What can be dropped on a host that reads folders where they are. */
const PROJECT = /\.(?:sbk(?:\.age)?|sourcebook)$/i;
const { getState: get, setState: set } = useMerging;

/** Starting, running and stopping a merge. */
export function useMergeActs(): MergeActs {
  const { t } = useTranslation();
  const api = useApi();
  const nativeDialogs = useCall('app.state', {}).data?.nativeDialogs ?? false;
  return useMemo(() => {
    const withErrorNotice = (work: Promise<void>): void => {
      work.catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
    };
    const look = (origin: Origin): void => withErrorNotice(lookAt(api, origin, null));
    const take = async (files: readonly File[]): Promise<void> => {
      const [offer] = files.length === 0 ? [] : await api.offer(files.slice(0, 1));
      if (offer !== undefined) await lookAt(api, { from: { offer: offer.token }, name: offer.name }, null);
    };
    const choose = async (what: 'file' | 'folder'): Promise<void> => {
      if (!nativeDialogs) return take(await chooseFiles({ multiple: false, accept: '.sbk,.age' }));
      const [offer] = (await api.call('app.pickMerge', { what })).offers;
      if (offer !== undefined) look({ from: { offer: offer.token }, name: offer.name });
    };
    return {
      choose: (what) => withErrorNotice(choose(what)),
      look,
      open: (passphrase) => {
        const { origin } = get();
        if (origin !== null) withErrorNotice(lookAt(api, origin, passphrase));
      },
      takeDrop: (transfer) => {
        const files = [...transfer.files].filter(({ name }) => (nativeDialogs ? PROJECT : PROJECT_FILE).test(name));
        if (files.length > 0) withErrorNotice(take(files));
        return files.length > 0;
      },
      merge: (restore = false) => withErrorNotice(mergeIt(api, restore, (text) => announce(text), t('merge.done'))),
      cancel: () => withErrorNotice(cancelIt(api, t('merge.cancelled'))),
    };
  }, [api, nativeDialogs, t]);
}

/** The number of the latest preview. Results of earlier ones are ignored. */
let looks = 0;

async function lookAt(api: Api, origin: Origin, passphrase: string | null): Promise<void> {
  if (get().stage.at === 'merging') return;
  looks += 1;
  const own = looks;
  showTeam('merge');
  set({ ...IDLE, origin, stage: { at: 'looking' } });
  // Drafts are saved first, so that the merge sees them.
  await runPending();
  try {
    const preview = await api.call('app.previewMerge', {
      from: origin.from,
      ...(passphrase === null ? {} : { passphrase }),
    });
    if (own === looks) set({ ...previewed(preview), passphrase });
  } catch (thrown) {
    if (own !== looks) return;
    const error = errorDataOf(thrown);
    if (isAboutPassphrase(error))
      set({ stage: { at: 'encrypted', wrong: error.code === 'PASSWORD_WRONG' }, progress: null });
    else set({ ...IDLE, failed: error.code === 'CANCELLED' ? null : { name: origin.name, error } });
  }
}

async function mergeIt(api: Api, restore: boolean, say: (text: string) => void, done: string): Promise<void> {
  const { stage, origin, passphrase, addition, chosen } = get();
  if (stage.at !== 'preview' || origin === null) return;
  const { preview } = stage;
  set({ stage: { at: 'merging', preview }, progress: null });
  await runPending();
  try {
    const report = await api.call('app.merge', {
      from: origin.from,
      restore,
      ...(passphrase === null ? {} : { passphrase }),
      ...(preview.kind === 'other' ? { add: sourcesToAdd(preview, addition) } : {}),
    });
    let closed = 0;
    for (const [conflict, keep] of chosen) {
      // A conflict that cannot be resolved as chosen stays open and is listed.
      const isClosed = await api.call('merge.resolve', { conflict, keep }).then(
        () => true,
        () => false,
      );
      if (isClosed) closed += 1;
    }
    const merged: Merged = { name: origin.name, report, closed };
    set({ ...IDLE, merged });
    say(done);
  } catch (thrown) {
    const error = errorDataOf(thrown);
    set({ stage: { at: 'preview', preview, error: error.code === 'CANCELLED' ? null : error }, progress: null });
  }
}

async function cancelIt(api: Api, cancelled: string): Promise<void> {
  const { stage } = get();
  looks += 1;
  // A stopped merge rejects with CANCELLED, and its preview is shown again.
  if (stage.at !== 'merging') set(IDLE);
  if (stage.at === 'looking' || stage.at === 'merging') await api.call('app.cancelMerge', {});
  announce(cancelled);
}
