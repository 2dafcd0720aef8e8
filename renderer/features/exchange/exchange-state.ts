import { create } from 'zustand';
import type { ExchangeLedger } from '../../../shared/contract/exchange.ts';
import type { Offer } from '../../../shared/contract/app.ts';
import type { ExchangeAnswers, ExchangeQuestion } from '../../../shared/contract/exchange-questions.ts';
import type { EventPayload } from '../../../shared/contract/index.ts';
import type { ErrorData } from '../../../shared/errors.ts';

/** What a person said of a file: answers to its questions, and the files that they found for its sources, by their ID in it. */
export interface Said {
  readonly answers: ExchangeAnswers;
  readonly files: Readonly<Record<string, Offer>>;
}
const NOTHING_SAID: Said = { answers: { codes: {}, coders: {} }, files: {} };

/** How far a file has come. With `preview` nothing has changed yet; `isCounting`: it is counted again, with what was said of it. */
export type Stage =
  | { readonly at: 'waiting' }
  | { readonly at: 'reading' }
  | { readonly at: 'preview'; readonly ledger: ExchangeLedger; readonly isCounting?: boolean }
  | { readonly at: 'importing'; readonly ledger: ExchangeLedger }
  | { readonly at: 'done'; readonly ledger: ExchangeLedger }
  | { readonly at: 'failed'; readonly error: ErrorData };

/** A file of another program that somebody chose. */
export interface ChosenFile {
  readonly token: string;
  readonly name: string;
  readonly said: Said;
  readonly stage: Stage;
}

export type ExchangeProgress = EventPayload<'exchange.progress'>;

interface ExchangeState {
  readonly files: readonly ChosenFile[];
  /** The file that is shown. */
  readonly shown: string | null;
  /** Of the file that is being read or imported. */
  readonly progress: ExchangeProgress | null;
}

const EMPTY: ExchangeState = { files: [], shown: null, progress: null };
export const useExchange = create<ExchangeState>()(() => EMPTY);
const { setState: set, getState: get } = useExchange;

/** Called when another project opens. */
export const resetExchange = (): void => set(EMPTY);
export const showFile = (token: string): void => set({ shown: token });
export const setProgress = (progress: ExchangeProgress | null): void => set({ progress });

export function addFile(file: Pick<ChosenFile, 'token' | 'name'>): void {
  set({ files: [...get().files, { ...file, said: NOTHING_SAID, stage: { at: 'waiting' } }], shown: file.token });
}
export const setStage = (token: string, stage: Stage): void =>
  set({ files: get().files.map((file) => (file.token === token ? { ...file, stage } : file)), progress: null });

export const setSaid = (token: string, said: Said): void =>
  set({ files: get().files.map((file) => (file.token === token ? { ...file, said } : file)) });
export const fileOf = (token: string): ChosenFile | null => get().files.find((file) => file.token === token) ?? null;

/** The questions of a file that nobody has answered yet. */
export function openQuestions({ stage, said }: Pick<ChosenFile, 'stage' | 'said'>): readonly ExchangeQuestion[] {
  if (stage.at !== 'preview') return [];
  const { codes, coders } = said.answers;
  return stage.ledger.questions.filter(({ kind, id }) => (kind === 'code' ? codes[id] : coders[id]) === undefined);
}

/** Takes a file off the list. */
export function removeFile(token: string): void {
  const files = get().files.filter((file) => file.token !== token);
  set({ files, shown: get().shown === token ? (files[0]?.token ?? null) : get().shown });
}
export const stageOf = (token: string): Stage | null => fileOf(token)?.stage ?? null;

/** Whether a file is being read or imported now. */
export const isBusy = ({ stage }: ChosenFile): boolean => stage.at === 'reading' || stage.at === 'importing';
