import type { Disagreement } from '../../../shared/contract/coding.ts';
import type { CategoryId } from '../../../shared/model/index.ts';

/** Names a unit in a list. */
export const keyOf = ({ source, start, end }: Disagreement): string => `${source} ${String(start)} ${String(end)}`;

/** The categories any of the coders gave, and those decided, each once, in the order they were given. */
export const namedIn = ({ coders, decided }: Disagreement): CategoryId[] => [
  ...new Set([...coders.flatMap(({ categories }) => categories), ...(decided?.categories ?? [])]),
];

/** What a decision begins with: the one there is, else what all coders gave. */
export function firstChoice(difference: Disagreement): CategoryId[] {
  const { coders, decided } = difference;
  if (decided !== null) return [...decided.categories];
  return namedIn(difference).filter((id) => coders.every(({ categories }) => categories.includes(id)));
}
