import { useMemo } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { useApi } from '../../api/index.ts';
import { wantedOf } from '../../common/choices/match.ts';

const NONE: readonly SearchHit[] = [];
/** More than the palette ever shows: a passage may say the words twice. */
const ASKED_FOR = 24;

/** The passages whose quotation says these words, each once: the engine's search, so that 100,000 of them are no burden here. */
export function usePassagesSaying(words: string): readonly SearchHit[] {
  const api = useApi();
  const input = { query: words, in: ['passages' as const], typing: true, limit: ASKED_FOR };
  const isAsked = wantedOf(words) !== '';
  const { data } = useQuery({
    queryKey: ['search.query', input],
    queryFn: () => api.read('search.query', input),
    enabled: isAsked,
    // What was found for one letter less stays until the answer comes, so that the list does not jump.
    placeholderData: keepPreviousData,
  });
  const hits = isAsked ? data?.hits : undefined;
  return useMemo(() => {
    if (hits === undefined) return NONE;
    const byPassage = new Map<string, SearchHit>();
    for (const hit of hits) if (hit.passage !== null && !byPassage.has(hit.passage)) byPassage.set(hit.passage, hit);
    return [...byPassage.values()];
  }, [hits]);
}
