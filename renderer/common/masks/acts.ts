import { useMemo } from 'react';
import { errorDataOf, useApi } from '../../api/index.ts';
import { holdKeys } from '../commands/held-keys.ts';
import { announce, notifyDone, notifyError } from '../notices/notices.ts';
import { setSelected, type MarkedSpan } from '../reader/reading-state.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { askReason, closeQuestion, setReason, useMasking } from './mode.ts';

/** The actions on masks. Each is one edit; an error is shown as a notice. */
export interface MaskActs {
  /** Masks words or an area for the last given reason; asks for a reason if there is none. */
  readonly mask: (span: MarkedSpan) => void;
  readonly add: (span: MarkedSpan, reason: string) => Promise<void>;
  readonly addEverywhere: (span: MarkedSpan, reason: string) => Promise<void>;
}

export function useMaskActs(): MaskActs {
  const { t } = useTranslation();
  const api = useApi();
  return useMemo<MaskActs>(() => {
    const act = async (run: () => Promise<string>, reason: string): Promise<void> => {
      try {
        const done = await holdKeys(run());
        setReason(reason);
        setSelected(null);
        closeQuestion();
        const { undo } = await api.read('history.state', {});
        // A notice is read out by screen readers anyway: don’t announce it twice.
        if (undo === null) announce(done);
        else notifyDone(done, undo);
      } catch (thrown) {
        notifyError(errorDataOf(thrown));
      }
    };
    const add: MaskActs['add'] = ({ source, layer, marked }, reason) =>
      act(async () => {
        await api.call('masks.add', { source, layer, marked, reason });
        return t('masks.added', { reason });
      }, reason);
    return {
      add,
      mask: (span) => {
        const { reason } = useMasking.getState();
        if (reason === '') askReason({ kind: 'add', span });
        else void add(span, reason);
      },
      addEverywhere: ({ layer, marked }, reason) =>
        act(async () => {
          if (marked.kind !== 'text') return '';
          const { added, sources } = await api.call('masks.addEverywhere', { layer, marked, reason });
          return t('masks.addedEverywhere', { count: added, sources });
        }, reason),
    };
  }, [t, api]);
}
