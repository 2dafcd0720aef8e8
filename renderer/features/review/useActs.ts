import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { QueueItem, ReviewDetail } from '../../../shared/contract/review.ts';
import type { PassageId, ReviewState } from '../../../shared/model/index.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { itemDone, useReviewing } from '../../common/review/state.ts';
import { announce } from '../../common/notices/notices.ts';
import { settle } from '../../common/drafts/pending-commits.ts';
import { agreesWith } from './agreement.ts';
import { afterDone } from './order.ts';

export interface Acts {
  /** Why the last act was refused, said where it was asked for; null where it was not. */
  readonly refused: string | null;
  readonly isPending: boolean;
  /** Says why something cannot be done, in place. */
  readonly refuse: (why: string) => void;
  /** Takes a step, and goes on to the next item. Answers whether it was taken. */
  readonly move: (detail: ReviewDetail, to: ReviewState, comment?: string) => Promise<boolean>;
}

/** What one does about the item one is on. */
export function useActs(rows: readonly QueueItem[], current: PassageId | null): Acts {
  const { t } = useTranslation();
  const api = useApi();
  const own = useCall('app.state', {}).data?.person?.id ?? null;
  const [told, setTold] = useState<{ readonly passage: PassageId | null; readonly why: string } | null>(null);
  const [isPending, setPending] = useState(false);
  const latest = useRef(rows);
  const isUnderWay = useRef(false);
  useEffect(() => {
    latest.current = rows;
  });
  const refuse = useCallback((why: string) => setTold({ passage: current, why }), [current]);
  const move = useCallback(
    async (detail: ReviewDetail, to: ReviewState, comment = ''): Promise<boolean> => {
      // A key pressed twice is one step.
      if (isUnderWay.current) return false;
      isUnderWay.current = true;
      setPending(true);
      const { id } = detail.passage;
      try {
        await settle();
        const after = await api.call('review.move', {
          passage: id,
          to,
          comment: comment.trim(),
          base: detail.state,
          ...agreesWith(detail, to, own),
        });
        const item = latest.current.find(({ passage }) => passage === id) ?? null;
        // What was done before this leaves the list now, and is nowhere to go to.
        const { lingering } = useReviewing.getState();
        const left = latest.current.filter(({ passage }) => passage === id || passage !== lingering?.passage);
        itemDone(id, item === null ? null : { ...item, state: after.state }, afterDone(left, id));
        setTold(null);
        announce(t('review.done', { state: t(`review.states.${after.state}`) }));
        return true;
      } catch (thrown) {
        setTold({ passage: id, why: errorDataOf(thrown).message });
        return false;
      } finally {
        isUnderWay.current = false;
        setPending(false);
      }
    },
    [api, own, t],
  );
  return { refused: told !== null && told.passage === current ? told.why : null, isPending, refuse, move };
}
