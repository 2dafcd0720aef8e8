import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { errorDataOf, useApi, useCall, type Api } from '../../api/index.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { isAboutPassphrase } from '../../common/files/encrypted-file.ts';
import { showTeam } from '../../common/workbench/screens.ts';
import { settle } from '../../common/drafts/pending-commits.ts';
import { sourcesToAdd, IDLE, previewed, useMerging, type Merged, type Origin } from './merge-state.ts';

export interface MergeActs {
  /** Asks for a project file, or on a host with dialogs a folder, and looks at it. */
  readonly choose: (what: 'file' | 'folder') => void;
  /** Looks at what would come in; nothing is written. */
  readonly look: (origin: Origin) => void;
  /** Tries a passphrase on the sealed file one is looking at. */
  readonly open: (passphrase: string) => void;
  /** Takes what was dropped, if it is a project file or a project's folder; answers whether it was. */
  readonly takeDrop: (transfer: DataTransfer) => boolean;
  /** Merges what the preview shows. `restore` brings back what was merged before and taken back. */
  readonly merge: (restore?: boolean) => void;
  /** Ends what goes on, or leaves the preview. Nothing has changed. */
  readonly cancel: () => void;
}

const PROJECT_FILE = /\.sbk(?:\.age)?$/i;
/** A folder reaches only a host that can read it where it lies. */
const PROJECT = /\.(?:sbk(?:\.age)?|sourcebook)$/i;
const { getState: get, setState: set } = useMerging;

/** The ways into a merge, through it and out of it. */
export function useMergeActs(): MergeActs {
  const { t } = useTranslation();
  const api = useApi();
  const nativeDialogs = useCall('app.state', {}).data?.nativeDialogs ?? false;
  return useMemo(() => {
    const told = (work: Promise<void>): void => {
      work.catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
    };
    const look = (origin: Origin): void => told(lookAt(api, origin, null));
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
      choose: (what) => told(choose(what)),
      look,
      open: (passphrase) => {
        const { origin } = get();
        if (origin !== null) told(lookAt(api, origin, passphrase));
      },
      takeDrop: (transfer) => {
        const files = [...transfer.files].filter(({ name }) => (nativeDialogs ? PROJECT : PROJECT_FILE).test(name));
        if (files.length > 0) told(take(files));
        return files.length > 0;
      },
      merge: (restore = false) => told(mergeIt(api, restore, (text) => announce(text), t('team.merge.done'))),
      cancel: () => told(cancelIt(api, t('team.merge.cancelled'))),
    };
  }, [api, nativeDialogs, t]);
}

/** Which look is the last one: what an earlier one answers is of no interest. */
let looks = 0;

async function lookAt(api: Api, origin: Origin, passphrase: string | null): Promise<void> {
  if (get().stage.at === 'merging') return;
  looks += 1;
  const own = looks;
  showTeam('merge');
  set({ ...IDLE, origin, stage: { at: 'looking' } });
  // What waits to be written is part of what is merged with.
  await settle();
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
      set({ stage: { at: 'sealed', wrong: error.code === 'PASSWORD_WRONG' }, progress: null });
    else set({ ...IDLE, failed: error.code === 'CANCELLED' ? null : { name: origin.name, error } });
  }
}

async function mergeIt(api: Api, restore: boolean, say: (text: string) => void, done: string): Promise<void> {
  const { stage, origin, passphrase, addition, decided } = get();
  if (stage.at !== 'preview' || origin === null) return;
  const { preview } = stage;
  set({ stage: { at: 'merging', preview }, progress: null });
  await settle();
  try {
    const report = await api.call('app.merge', {
      from: origin.from,
      restore,
      ...(passphrase === null ? {} : { passphrase }),
      ...(preview.kind === 'other' ? { add: sourcesToAdd(preview, addition) } : {}),
    });
    let closed = 0;
    for (const [conflict, keep] of decided) {
      // One that cannot be closed as was said stays open, and is listed.
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
  // The merge that is ended answers so, and its preview comes back.
  if (stage.at !== 'merging') set(IDLE);
  if (stage.at === 'looking' || stage.at === 'merging') await api.call('app.cancelMerge', {});
  announce(cancelled);
}
