import { create } from 'zustand';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { CategoryId, PassageId, PersonId, ReviewState } from '../../../shared/model/index.ts';

interface Agreeing {
  readonly passage: PassageId | null;
  /** Tags of others that the second coder does not agree with. */
  readonly without: ReadonlySet<CategoryId>;
}

/** What one does not confirm of the passage one is on, as long as one is on it. */
export const useAgreement = create<Agreeing>()(() => ({ passage: null, without: new Set<CategoryId>() }));

export function agree(passage: PassageId, category: CategoryId, agrees: boolean): void {
  const before = useAgreement.getState();
  const without = new Set(before.passage === passage ? before.without : []);
  if (agrees) without.delete(category);
  else without.add(category);
  useAgreement.setState({ passage, without });
}

/** The categories that others gave, each once; none where one has tags of one's own: that is coding, and confirms nothing. */
export function toConfirm({ passage, steps }: ReviewDetail, own: PersonId | null): readonly CategoryId[] {
  const isNext = steps.some(({ to, allowed }) => to === 'second-coded' && allowed);
  if (!isNext || passage.tags.some(({ person }) => person === own)) return [];
  return [...new Set(passage.tags.map(({ category }) => category))];
}

/** As the engine is told with a step. Where nothing was taken out it confirms all there is; who has tags by now confirms nothing. */
export function agreesWith(detail: ReviewDetail, to: ReviewState, own: PersonId | null): { agrees?: CategoryId[] } {
  const { passage, without } = useAgreement.getState();
  if (to !== 'second-coded' || passage !== detail.passage.id || without.size === 0) return {};
  const given = toConfirm(detail, own);
  return given.length === 0 ? {} : { agrees: given.filter((category) => !without.has(category)) };
}
