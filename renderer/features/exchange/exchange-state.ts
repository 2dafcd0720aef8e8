import { create } from 'zustand';
import type { ExchangeLedger } from '../../../shared/contract/exchange.ts';
import type { EventPayload } from '../../../shared/contract/index.ts';
import type { ErrorData } from '../../../shared/errors.ts';

/** How far a file has come. With `preview` nothing has changed yet. */
export type Stage =
  | { readonly at: 'waiting' }
  | { readonly at: 'reading' }
  | { readonly at: 'preview'; readonly ledger: ExchangeLedger }
  | { readonly at: 'importing'; readonly ledger: ExchangeLedger }
  | { readonly at: 'done'; readonly ledger: ExchangeLedger }
  | { readonly at: 'failed'; readonly error: ErrorData };

/** A file of another program that somebody chose. */
export interface ChosenFile {
  readonly token: string;
  readonly name: string;
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
  set({ files: [...get().files, { ...file, stage: { at: 'waiting' } }], shown: file.token });
}
export const setStage = (token: string, stage: Stage): void =>
  set({ files: get().files.map((file) => (file.token === token ? { ...file, stage } : file)), progress: null });

/** Takes a file off the list. */
export function removeFile(token: string): void {
  const files = get().files.filter((file) => file.token !== token);
  set({ files, shown: get().shown === token ? (files[0]?.token ?? null) : get().shown });
}
export const stageOf = (token: string): Stage | null => get().files.find((file) => file.token === token)?.stage ?? null;

/** Whether a file is being read or imported now. */
export const isBusy = ({ stage }: ChosenFile): boolean => stage.at === 'reading' || stage.at === 'importing';
