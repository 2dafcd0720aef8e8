import { useCallback } from 'react';
import { create } from 'zustand';
import type { EventPayload } from '../../shared/contract/index.ts';
import { useTranslation } from '../common/strings/use-translation.ts';
import { errorDataOf, useApi, useCall } from '../api/index.ts';
import { inOneDirection } from '../common/format.ts';
import { useReadOnly } from '../common/read-only.ts';
import { holdKeys } from '../common/commands/held-keys.ts';
import { runPending } from '../common/drafts/pending-commits.ts';
import { announce, notify, notifyError } from '../common/notices/notices.ts';

export interface UndoRedo {
  /** The label of the edit that would be undone or redone; null: none. */
  readonly undo: string | null;
  readonly redo: string | null;
  readonly run: (what: 'undo' | 'redo') => void;
}

interface Undoing {
  /** How many undos and redos were requested and are not answered. */
  readonly running: number;
  /** The progress of an undo or redo that takes long. */
  readonly progress: EventPayload<'history.progress'> | null;
}
/** Shared by all buttons and keys that undo. */
const useUndoing = create<Undoing>()(() => ({ running: 0, progress: null }));

/** The progress of an undo or redo of many records; null while none takes long. */
export const useUndoProgress = (): Undoing['progress'] => useUndoing(({ progress }) => progress);

/** Ignores events that arrive after the answer. */
export const setUndoProgress = (progress: EventPayload<'history.progress'>): void =>
  useUndoing.setState(({ running }) => (running > 0 ? { progress } : {}));

const begin = (): void => useUndoing.setState(({ running, progress }) => ({ running: running + 1, progress }));
const end = (): void => useUndoing.setState(({ running }) => ({ running: running - 1, progress: null }));

/** Undo and redo of the project, with a notice of what was undone and what was left unchanged. */
export function useUndoRedo(): UndoRedo {
  const { t } = useTranslation();
  const api = useApi();
  const isReadOnly = useReadOnly();
  const state = useCall('history.state', {});

  const run = useCallback(
    (what: 'undo' | 'redo') => {
      // While its progress is shown, another press would undo one more edit once this one is done or stopped.
      if (useUndoing.getState().progress !== null) return;
      begin();
      holdKeys(
        runPending().then(() => api.call(`history.${what}`, {})),
        true,
      )
        .then(
          ({ label, left }) => {
            const text = t(`undo.${what}Done`, { label: inOneDirection(label) });
            if (left.length === 0) notify('plain', text);
            else
              notify('warn', `${text} ${t('undo.left', { count: left.length })}`, [
                ...new Set(left.map(({ why }) => why)),
              ]);
          },
          (thrown: unknown) => {
            const error = errorDataOf(thrown);
            if (error.code === 'NOTHING_TO_UNDO') announce(t('undo.nothingToUndo'));
            else if (error.code === 'NOTHING_TO_REDO') announce(t('undo.nothingToRedo'));
            else if (error.code === 'CANCELLED') notify('plain', error.message);
            else notifyError(error);
          },
        )
        .finally(end);
    },
    [api, t],
  );

  const shown = (label: string | null = null): string | null =>
    label === null || isReadOnly ? null : inOneDirection(label);
  return { undo: shown(state.data?.undo), redo: shown(state.data?.redo), run };
}
