import type { ReviewDetail, ReviewMove } from '../../../shared/contract/review.ts';

type Draft = ReviewDetail['drafts'][number];

/** Something that happened to a passage. */
export type Happened =
  | { readonly kind: 'move'; readonly at: number; readonly move: ReviewMove }
  | {
      readonly kind: 'draft';
      readonly at: number;
      readonly draft: Draft;
      /** From 1, in its language. */
      readonly number: number;
      /** The wording it replaced; null for the first. */
      readonly before: Draft | null;
    };

/** Each draft with its number and the one before, the newest first; by language. */
export function numbered(drafts: readonly Draft[]): Extract<Happened, { kind: 'draft' }>[] {
  const oldestFirst = [...drafts].sort((a, b) => a.at - b.at);
  const last = new Map<string, { number: number; draft: Draft }>();
  const all = oldestFirst.map((draft) => {
    const before = last.get(draft.language);
    const number = (before?.number ?? 0) + 1;
    last.set(draft.language, { number, draft });
    return { kind: 'draft' as const, at: draft.at, draft, number, before: before?.draft ?? null };
  });
  return all.reverse();
}

/** All that happened, the newest first. */
export function happenedTo({ moves, drafts }: Pick<ReviewDetail, 'moves' | 'drafts'>): readonly Happened[] {
  const moved = moves.map((move): Happened => ({ kind: 'move', at: move.at, move }));
  return [...moved, ...numbered(drafts)].sort((a, b) => b.at - a.at);
}
