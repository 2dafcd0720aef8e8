import { useMemo } from 'react';
import type { Disagreement } from '../../../shared/contract/coding.ts';
import type { CategoryId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';

/** Names a unit in a list. */
export const keyOf = ({ source, start, end }: Disagreement): string => `${source} ${String(start)} ${String(end)}`;

/** The categories any of the coders gave, and those decided, each once, in the order they were given. */
const namedIn = ({ coders, decided }: Disagreement): CategoryId[] => [
  ...new Set([...coders.flatMap(({ categories }) => categories), ...(decided?.categories ?? [])]),
];

/** What a decision begins with: the one there is, else what all coders gave. */
export function firstChoice(difference: Disagreement): CategoryId[] {
  const { coders, decided } = difference;
  if (decided !== null) return [...decided.categories];
  return namedIn(difference).filter((id) => coders.every(({ categories }) => categories.includes(id)));
}

/** The language of each source, where it is known: what is quoted is read and drawn in it. */
export function useLanguages(): ReadonlyMap<SourceId, string> {
  const sources = useCall('sources.list', {}).data?.sources;
  return useMemo(
    () =>
      new Map(
        (sources ?? []).flatMap(({ id, language }): [SourceId, string][] =>
          language === null ? [] : [[id, language]],
        ),
      ),
    [sources],
  );
}
