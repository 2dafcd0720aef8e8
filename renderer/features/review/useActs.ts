import { useCallback, useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import type { QueueItem, ReviewDetail } from '../../../shared/contract/review.ts';
import type { PassageId, ReviewState, CategoryId, PersonId } from '../../../shared/model/index.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { holdKeys } from '../../common/commands/held-keys.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { announce } from '../../common/notices/notices.ts';
import { itemDone, useReviewing } from '../../common/review/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { afterDone } from './useQueue.ts';
import { VOUCHING } from './useSeen.ts';

export interface Acts {
  /** Why the last action was not possible, shown beside the buttons; null if it was. */
  readonly problem: string | null;
  readonly isPending: boolean;
  /** Shows why something cannot be done. */
  readonly showProblem: (why: string) => void;
  /** Takes a step and makes the next item current. Returns whether the step was taken. */
  readonly move: (detail: ReviewDetail, to: ReviewState, comment?: string) => Promise<boolean>;
}

/** The actions on the current item. */
export function useActs(rows: readonly QueueItem[], current: PassageId | null): Acts {
  const { t } = useTranslation();
  const { mutateAsync: take, isPending } = useWrite('review.move');
  const own = useCall('app.state', {}).data?.person?.id ?? null;
  const [problem, setProblem] = useState<{ readonly passage: PassageId | null; readonly why: string } | null>(null);
  const latest = useRef(rows);
  const isUnderWay = useRef(false);
  useEffect(() => {
    latest.current = rows;
  });
  const showProblem = useCallback((why: string) => setProblem({ passage: current, why }), [current]);
  const move = useCallback(
    async (detail: ReviewDetail, to: ReviewState, comment = ''): Promise<boolean> => {
      // A key that is pressed twice takes one step.
      if (isUnderWay.current) return false;
      isUnderWay.current = true;
      const { id } = detail.passage;
      if (dropsChoices(detail, to, own)) {
        isUnderWay.current = false;
        setProblem({ passage: id, why: t('review.deselected') });
        return false;
      }
      try {
        const step = { passage: id, to, comment: comment.trim(), base: detail.state, ...agreesWith(detail, to, own) };
        // The next key is for the next passage.
        const after = await holdKeys(runPending().then(() => take(step)));
        const item = latest.current.find(({ passage }) => passage === id) ?? null;
        // The item that was done before this one leaves the list now, so it cannot become current.
        const { justDone } = useReviewing.getState();
        const left = latest.current.filter(({ passage }) => passage === id || passage !== justDone?.passage);
        itemDone(id, item === null ? null : { ...item, state: after.state }, afterDone(left, id));
        setProblem(null);
        announce(t('review.done', { state: t(`review.states.${after.state}`) }));
        return true;
      } catch (thrown) {
        setProblem({ passage: id, why: errorDataOf(thrown).message });
        return false;
      } finally {
        isUnderWay.current = false;
      }
    },
    [take, own, t],
  );
  return { problem: problem?.passage === current ? problem.why : null, isPending, showProblem, move };
}

interface Confirmation {
  readonly passage: PassageId | null;
  /** Tags of others that the second coder does not confirm. */
  readonly without: ReadonlySet<CategoryId>;
}

/** The second coder's choices for one passage. They do not apply to any other. */
export const useAgreement = create<Confirmation>()(() => ({ passage: null, without: new Set<CategoryId>() }));

export function agree(passage: PassageId, category: CategoryId, agrees: boolean): void {
  const before = useAgreement.getState();
  const without = new Set(before.passage === passage ? before.without : []);
  if (agrees) without.delete(category);
  else without.add(category);
  useAgreement.setState({ passage, without });
}

/** The categories to confirm: those of others' tags. None if you tagged the passage yourself, which is coding it, not confirming. */
export function toConfirm({ passage, steps }: ReviewDetail, own: PersonId | null): readonly CategoryId[] {
  const isNext = steps.some(({ to, allowed }) => to === 'second-coded' && allowed);
  if (!isNext || passage.tags.some(({ person }) => person === own)) return [];
  return [...new Set(passage.tags.map(({ category }) => category))];
}

/**
 * The part of a step's input that says which tags are confirmed. Left out if all are, and for people with tags of their
 * own.
 */
export function agreesWith(detail: ReviewDetail, to: ReviewState, own: PersonId | null): { agrees?: CategoryId[] } {
  const { passage, without } = useAgreement.getState();
  if (to !== 'second-coded' || passage !== detail.passage.id || without.size === 0) return {};
  const categories = toConfirm(detail, own);
  return categories.length === 0 ? {} : { agrees: categories.filter((category) => !without.has(category)) };
}

/**
 * Whether a step would vouch for tags that its person deselected: only “second-coded” keeps that choice, and only in a return can
 * it be said.
 */
export function dropsChoices(detail: ReviewDetail, to: ReviewState, own: PersonId | null): boolean {
  const { passage, without } = useAgreement.getState();
  if (to === 'second-coded' || !VOUCHING.has(to) || passage !== detail.passage.id) return false;
  return toConfirm(detail, own).some((category) => without.has(category));
}
