import { useMemo } from 'react';
import { INCOMING_ENDINGS, incomingFormatOf } from '../../../shared/model/exchange-formats.ts';
import { type Api, errorDataOf, useApi, useCall } from '../../api/index.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showExchange } from '../../common/workbench/screens.ts';
import { addFile, removeFile, setStage, stageOf, useExchange } from './exchange-state.ts';

export interface ExchangeActs {
  /** Lets a person choose files of other programs, and previews each. */
  readonly choose: () => void;
  /** Previews those dropped files that come from other programs. Returns whether there were any. */
  readonly takeDrop: (transfer: DataTransfer) => boolean;
  /** Imports a file that was previewed. */
  readonly bringIn: (token: string) => void;
  /** Stops what is running for it, or takes it off the list. */
  readonly leave: (token: string) => void;
}

/** One file at a time is read or imported: the engine cannot stop one of two. */
let last: Promise<unknown> = Promise.resolve();
function inTurn(work: () => Promise<void>): Promise<void> {
  const next = last.then(work, work);
  last = next;
  return next;
}

/** What people can do with files of other programs. */
export function useExchangeActs(): ExchangeActs {
  const { t } = useTranslation();
  const api = useApi();
  const nativeDialogs = useCall('app.state', {}).data?.nativeDialogs ?? false;
  return useMemo(() => {
    const withErrorNotice = (work: Promise<void>): void => {
      work.catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
    };
    const take = async (files: readonly { readonly token: string; readonly name: string }[]): Promise<void> => {
      if (files.length > 0) showExchange('in');
      for (const file of files) addFile(file);
      await Promise.all(files.map(({ token }) => inTurn(() => look(api, token))));
    };
    const choose = async (): Promise<void> => {
      if (nativeDialogs) await take((await api.call('app.pickSources', { what: 'exchange' })).offers);
      else await take(await api.offer(await chooseFiles({ accept: INCOMING_ENDINGS.join(',') })));
    };
    return {
      choose: () => withErrorNotice(choose()),
      takeDrop: (transfer) => {
        const files = [...transfer.files].filter(({ name }) => {
          const format = incomingFormatOf(name);
          // A PDF that is dropped is added as a source.
          return format !== null && format !== 'pdf';
        });
        if (files.length > 0) withErrorNotice(api.offer(files).then(take));
        return files.length > 0;
      },
      bringIn: (token) => withErrorNotice(inTurn(() => bringIn(api, token, t('exchange.in.done')))),
      leave: (token) => withErrorNotice(leave(api, token)),
    };
  }, [api, nativeDialogs, t]);
}

async function look(api: Api, token: string): Promise<void> {
  if (stageOf(token)?.at !== 'waiting') return;
  setStage(token, { at: 'reading' });
  try {
    setStage(token, { at: 'preview', ledger: await api.call('app.previewExchange', { offer: token }) });
  } catch (thrown) {
    fail(token, thrown);
  }
}

async function bringIn(api: Api, token: string, done: string): Promise<void> {
  const stage = stageOf(token);
  if (stage?.at !== 'preview') return;
  setStage(token, { at: 'importing', ledger: stage.ledger });
  // Text that is not saved yet must not be written in the middle of it.
  await runPending();
  try {
    setStage(token, { at: 'done', ledger: await api.call('app.importExchange', { offer: token }) });
    announce(done);
    await lookAgain(api);
  } catch (thrown) {
    if (errorDataOf(thrown).code === 'CANCELLED') setStage(token, stage);
    else fail(token, thrown);
  }
}

/** What would become of the other files depends on what the project has now. */
async function lookAgain(api: Api): Promise<void> {
  for (const { token, stage } of useExchange.getState().files) {
    if (stage.at !== 'preview') continue;
    setStage(token, { at: 'waiting' });
    await look(api, token);
  }
}

function fail(token: string, thrown: unknown): void {
  const error = errorDataOf(thrown);
  if (error.code === 'CANCELLED') removeFile(token);
  else setStage(token, { at: 'failed', error });
}

async function leave(api: Api, token: string): Promise<void> {
  const stage = stageOf(token);
  if (stage?.at === 'reading' || stage?.at === 'importing') await api.call('app.cancelExchange', {});
  else removeFile(token);
}
