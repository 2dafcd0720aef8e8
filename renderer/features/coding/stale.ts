import type { StaleTag } from '../../../shared/contract/coding.ts';
import type { CategoryId } from '../../../shared/model/index.ts';

/** Tags of one category that were given under the same earlier definition. */
export interface StaleGroup {
  readonly key: string;
  readonly category: CategoryId;
  /** epoch ms */
  readonly changed: number;
  readonly differences: StaleTag['differences'];
  readonly tags: readonly StaleTag[];
}

/** What changed is said once for all tags it concerns, in the order they came. */
export function grouped(tags: readonly StaleTag[]): StaleGroup[] {
  const groups = Map.groupBy(tags, ({ category, differences }) => `${category} ${JSON.stringify(differences)}`);
  return [...groups].flatMap(([key, own]): StaleGroup[] => {
    const [first] = own;
    if (first === undefined) return [];
    return [{ key, category: first.category, changed: first.changed, differences: first.differences, tags: own }];
  });
}
