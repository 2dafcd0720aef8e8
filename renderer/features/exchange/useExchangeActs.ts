import { useMemo } from 'react';
import type { ExchangeQuestion } from '../../../shared/contract/exchange-questions.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import { INCOMING_ENDINGS, incomingFormatOf } from '../../../shared/model/exchange-formats.ts';
import { type Api, errorDataOf, useApi, useCall } from '../../api/index.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showExchange } from '../../common/workbench/screens.ts';
import {
  addFile,
  fileOf,
  openQuestions,
  removeFile,
  type Said,
  setSaid,
  setStage,
  stageOf,
  useExchange,
} from './exchange-state.ts';

export interface ExchangeActs {
  /** Lets a person choose files of other programs, and previews each. */
  readonly choose: () => void;
  /** Previews the dropped files that come from other programs. Returns whether there were any. */
  readonly takeDrop: (transfer: DataTransfer) => boolean;
  /** Answers questions about a file. When all are answered, the preview is computed again. */
  readonly answer: (token: string, answers: readonly QuestionAnswer[]) => void;
  /** Lets a person choose the file of a source that is missing. */
  readonly findFile: (token: string, source: string) => void;
  /** Imports a file that was previewed. */
  readonly bringIn: (token: string) => void;
  /** Cancels reading or importing of a file; if neither runs, removes the file from the list. */
  readonly leave: (token: string) => void;
}

interface QuestionAnswer {
  readonly question: ExchangeQuestion;
  /** `new`, or the ID of one of the question’s options. */
  readonly answer: string;
}

/** The last queued job. One file at a time is read or imported, since the engine could not cancel one of two. */
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
    const findFile = async (token: string, source: string): Promise<void> => {
      const [found] = nativeDialogs
        ? (await api.call('app.pickSources', { what: 'files' })).offers
        : await api.offer(await chooseFiles({ multiple: false }));
      const file = fileOf(token);
      if (found === undefined || file === null) return;
      setSaid(token, { ...file.said, files: { ...file.said.files, [source]: found } });
      try {
        await inTurn(() => countAgain(api, token));
      } catch (thrown) {
        // The file of the source stays missing.
        setSaid(token, file.said);
        throw thrown;
      }
    };
    return {
      answer: (token, given) => {
        const file = fileOf(token);
        if (file === null) return;
        const said = withAnswers(file.said, given);
        setSaid(token, said);
        if (openQuestions({ ...file, said }).length === 0) withErrorNotice(inTurn(() => countAgain(api, token)));
      },
      findFile: (token, source) => withErrorNotice(findFile(token, source)),
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
    setStage(token, { at: 'preview', ledger: await api.call('app.previewExchange', askedOf(token)) });
  } catch (thrown) {
    fail(token, thrown);
  }
}

/** The input of preview and import: the file with the answers given. */
function askedOf(token: string): CallArgs<'app.importExchange'> {
  const { answers, files } = fileOf(token)?.said ?? { answers: { codes: {}, coders: {} }, files: {} };
  const tokens = Object.entries(files).map(([source, found]) => [source, found.token] as const);
  return { offer: token, answers, files: Object.fromEntries(tokens) };
}

function withAnswers({ answers, files }: Said, given: readonly QuestionAnswer[]): Said {
  const codes = { ...answers.codes };
  const coders = { ...answers.coders };
  for (const { question, answer } of given) {
    if (question.kind === 'code')
      codes[question.id] = question.options.find(({ category }) => category === answer)?.category ?? 'new';
    else coders[question.id] = question.options.find(({ person }) => person === answer)?.person ?? 'new';
  }
  return { answers: { codes, coders }, files };
}

/** Computes the preview of a file again. If that fails, the old preview stays and the error is thrown. */
async function countAgain(api: Api, token: string): Promise<void> {
  const stage = stageOf(token);
  if (stage?.at !== 'preview') return;
  setStage(token, { ...stage, isCounting: true });
  try {
    setStage(token, { at: 'preview', ledger: await api.call('app.previewExchange', askedOf(token)) });
  } catch (thrown) {
    setStage(token, stage);
    throw thrown;
  }
}

async function bringIn(api: Api, token: string, done: string): Promise<void> {
  const stage = stageOf(token);
  if (stage?.at !== 'preview' || stage.isCounting === true) return;
  setStage(token, { at: 'importing', ledger: stage.ledger });
  // Save unsaved text first, so that no save falls into the import.
  await runPending();
  try {
    setStage(token, { at: 'done', ledger: await api.call('app.importExchange', askedOf(token)) });
    announce(done);
    await lookAgain(api);
  } catch (thrown) {
    if (errorDataOf(thrown).code === 'CANCELLED') setStage(token, stage);
    else fail(token, thrown);
  }
}

/** Previews the other files again: an import changes what they would add. */
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
