import { useMemo } from 'react';
import type { FigureEdit, FigureInText, FigurePlace } from '../../../shared/contract/figure-cards.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { holdKeys } from '../commands/held-keys.ts';
import { announce, notifyDone, notifyError } from '../notices/notices.ts';
import { useTranslation } from '../strings/use-translation.ts';
import type { MarkedSpan } from '../reader/reading-state.ts';
import { closeFigureQuestion, setFigure, setReading } from './mode.ts';

/** The actions on a figure. Each is one edit; an error is shown as a notice. Resolves to whether it was written. */
export interface FigureActs {
  readonly confirm: (figure: FigureInText, reading: 'first' | 'other') => Promise<boolean>;
  readonly edit: (figure: FigureInText, edit: FigureEdit) => Promise<boolean>;
  /** Makes a figure of the words that a person selected, and makes it the current one. */
  readonly make: (span: MarkedSpan, edit: FigureEdit) => Promise<boolean>;
  readonly dismiss: (figure: FigureInText, reason: string) => Promise<boolean>;
  readonly giveBack: (figure: FigureInText, reason: string) => Promise<boolean>;
  readonly withdraw: (figure: FigureInText) => Promise<boolean>;
}

/** Names a stored figure by its id, since it may be from an older text; one that was only found by the rules, by its position. */
const placeOf = ({ id, checks, edited, outdated, sourceId, layer, start, end }: FigureInText): FigurePlace =>
  checks.length > 0 || edited || outdated ? { id } : { source: sourceId, layer, start, end };

export function useFigureActs(): FigureActs {
  const { t } = useTranslation();
  const api = useApi();
  return useMemo<FigureActs>(() => {
    const act = async (write: () => Promise<unknown>, done: string): Promise<boolean> => {
      try {
        await holdKeys(write());
        setReading('first');
        closeFigureQuestion();
        const { undo } = await api.read('history.state', {});
        // A notice is read out by screen readers anyway: don’t announce it twice.
        if (undo === null) announce(done);
        else notifyDone(done, undo);
        return true;
      } catch (thrown) {
        notifyError(errorDataOf(thrown));
        return false;
      }
    };
    return {
      confirm: (figure, reading) =>
        act(
          () => api.call('figures.confirm', { at: placeOf(figure), reading }),
          t('figureCards.done.confirmed', { text: figure.text }),
        ),
      edit: (figure, edit) =>
        act(
          () => api.call('figures.edit', { at: placeOf(figure), edit }),
          t('figureCards.done.edited', { text: figure.text }),
        ),
      make: async ({ source, layer, marked, exact }, edit) => {
        if (marked.kind !== 'text') return false;
        const { start, end } = marked;
        const make = async (): Promise<void> => {
          const { id } = await api.call('figures.edit', { at: { source, layer, start, end }, edit });
          setFigure(id);
        };
        return act(make, t('figureCards.done.made', { text: exact }));
      },
      dismiss: (figure, reason) =>
        act(
          () => api.call('figures.dismiss', { at: placeOf(figure), reason }),
          t('figureCards.done.dismissed', { text: figure.text }),
        ),
      giveBack: ({ id, text }, reason) =>
        act(() => api.call('figures.return', { id, reason }), t('figureCards.done.returned', { text })),
      withdraw: ({ id, text }) =>
        act(() => api.call('figures.withdraw', { id }), t('figureCards.done.withdrawn', { text })),
    };
  }, [t, api]);
}
