import { create } from 'zustand';
import type { ExchangeLedger } from '../../../shared/contract/exchange.ts';
import type { Offer } from '../../../shared/contract/app.ts';
import type { ExchangeAnswers, ExchangeQuestion } from '../../../shared/contract/exchange-questions.ts';
import type { EventPayload } from '../../../shared/contract/index.ts';
import type { ErrorData } from '../../../shared/errors.ts';

/** A person’s answers to the questions about a file, and the files they found for its missing sources, by the source’s ID in the file. */
export interface Said {
  readonly answers: ExchangeAnswers;
  readonly files: Readonly<Record<string, Offer>>;
}
const NOTHING_SAID: Said = { answers: { codes: {}, coders: {} }, files: {} };

/** The step that a file’s import is at. In `preview` the project is unchanged; `isCounting`: the preview is computed again with the new answers. */
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
  /** The progress of the file that is being read or imported. */
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

/** The questions about a file that nobody has answered yet. */
export function openQuestions({ stage, said }: Pick<ChosenFile, 'stage' | 'said'>): readonly ExchangeQuestion[] {
  if (stage.at !== 'preview') return [];
  const { codes, coders } = said.answers;
  return stage.ledger.questions.filter(({ kind, id }) => (kind === 'code' ? codes[id] : coders[id]) === undefined);
}

/** Removes a file from the list. The file itself stays. */
export function removeFile(token: string): void {
  const files = get().files.filter((file) => file.token !== token);
  set({ files, shown: get().shown === token ? (files[0]?.token ?? null) : get().shown });
}
export const stageOf = (token: string): Stage | null => fileOf(token)?.stage ?? null;

/** Whether a file is being read or imported now. */
export const isBusy = ({ stage }: ChosenFile): boolean => stage.at === 'reading' || stage.at === 'importing';
