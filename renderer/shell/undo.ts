import { useCallback } from 'react';
import { useTranslation } from '../common/strings/use-translation.ts';
import { errorDataOf, useApi, useCall } from '../api/index.ts';
import { inOneDirection } from '../common/format.ts';
import { useReadOnly } from '../common/read-only.ts';
import { runPending } from '../common/drafts/pending-commits.ts';
import { announce, notify, notifyError } from '../common/notices/notices.ts';

export interface UndoRedo {
  /** The label of the edit that would be undone or redone; null: none. */
  readonly undo: string | null;
  readonly redo: string | null;
  readonly run: (what: 'undo' | 'redo') => void;
}

/** Undo and redo of the project, with a notice of what was undone and what was left unchanged. */
export function useUndoRedo(): UndoRedo {
  const { t } = useTranslation();
  const api = useApi();
  const isReadOnly = useReadOnly();
  const state = useCall('history.state', {});

  const run = useCallback(
    (what: 'undo' | 'redo') => {
      runPending()
        .then(() => api.call(`history.${what}`, {}))
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
            else notifyError(error);
          },
        );
    },
    [api, t],
  );

  const shown = (label: string | null = null): string | null =>
    label === null || isReadOnly ? null : inOneDirection(label);
  return { undo: shown(state.data?.undo), redo: shown(state.data?.redo), run };
}
