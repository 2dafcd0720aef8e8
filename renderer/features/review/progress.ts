import type { ReviewDetail, ReviewMove } from '../../../shared/contract/review.ts';
import { rankOf, WAY, type Step, type WayState } from '../../common/review/steps.ts';

export interface Progress {
  readonly state: WayState;
  /** `skipped`: further on without it. */
  readonly is: 'done' | 'skipped' | 'now' | 'ahead';
  /** Who took it last; null where nobody did. */
  readonly move: ReviewMove | null;
}

/** The way of a passage: what is done by whom, the step that is to be taken, and what is ahead. */
export function progressOf(
  { moves, state, passage, translations }: Pick<ReviewDetail, 'moves' | 'state' | 'passage' | 'translations'>,
  main: Step | null,
): Progress[] {
  // Tags and translations are there whether or not somebody said so.
  const isThere = (one: WayState): boolean =>
    (one === 'coded' && passage.tags.length > 0) || (one === 'translated' && translations.length > 0);
  const counted = moves.filter(({ counts }) => counts);
  const inOrder = [...counted].sort((a, b) => a.at - b.at);
  const reached = Math.max(-1, rankOf(state), main === null ? -1 : rankOf(main.to) - 1);
  const back = state === 'returned' || state === 'reopened';
  return WAY.map((one, rank): Progress => {
    const move = inOrder.findLast((made) => made.state === one) ?? null;
    if (main?.to === one) return { state: one, is: 'now', move: null };
    // What was sent back or reopened counts up to the step that is to be taken again.
    if (rank > reached || (back && main !== null && rank > rankOf(main.to)))
      return { state: one, is: 'ahead', move: null };
    return { state: one, is: move === null && !isThere(one) ? 'skipped' : 'done', move };
  });
}
